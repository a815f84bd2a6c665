import assert from "node:assert/strict";
import { changeOf } from "../../../src/core/results/exactness/changes";
import type {
  Reading,
  ServerType,
} from "../../../src/core/results/exactness/serverTypes";

const base = (name: string, element = 0): ServerType => ({
  name,
  kind: "b",
  element,
  base: 0,
  baseModifier: -1,
  members: [],
});

/** Numbers as PostgreSQL has them, and some types of a user's. */
const types = new Map<number, ServerType>([
  [1700, base("numeric")],
  [1231, base("_numeric", 1700)],
  [23, base("int4")],
  [1007, base("_int4", 23)],
  [114, base("json")],
  [3802, base("jsonb")],
  [3807, base("_jsonb", 3802)],
  [1114, base("timestamp")],
  [602, base("path")],
  [869, base("inet")],
  [1041, base("_inet", 869)],
  [3906, { ...base("numrange"), kind: "r" }],
  [90_001, { ...base("money_domain"), kind: "d", base: 1700 }],
  [
    90_002,
    {
      ...base("pair"),
      kind: "c",
      members: [
        { name: "a", type: 23, modifier: -1 },
        { name: "b", type: 1700, modifier: (10 << 16) + 2 + 4 },
      ],
    },
  ],
  [90_003, base("_pair", 90_002)],
  [90_004, { ...base("nested"), kind: "c", members: [] }],
]);

const numeric = (precision: number, scale: number): number =>
  (precision << 16) + (scale & 0x7ff) + 4;

/** Type, modifier, how it is read, and what becomes of it: `always`, `some` (values), `text` or nothing. */
const cases: readonly (readonly [
  number,
  number,
  Reading,
  "always" | "some" | "text" | null,
])[] = [
  [1700, -1, "relation", "always"],
  [1700, numeric(10, 2), "relation", "some"],
  [1700, numeric(38, 38), "relation", "some"],
  [1700, numeric(39, 2), "relation", "always"],
  [1700, numeric(5, -2), "relation", "always"],
  [1700, numeric(3, 5), "relation", "some"],
  [1700, numeric(3, 40), "relation", "always"],
  [1231, -1, "relation", "always"],
  [1231, numeric(10, 2), "relation", "some"],
  [23, -1, "relation", null],
  [1007, -1, "relation", "some"],
  [114, -1, "query", "text"],
  [3802, -1, "relation", "text"],
  [3807, -1, "relation", "some"],
  [1114, 0, "relation", "some"],
  [602, -1, "relation", "always"],
  [869, -1, "relation", null],
  [1041, -1, "query", null],
  [3906, -1, "relation", null],
  // A relation's domain is read as text, that of a query as what it is of.
  [90_001, -1, "relation", null],
  [90_001, -1, "query", "always"],
  // A member has no precision in DuckDB; of a query, the whole is text.
  [90_002, -1, "relation", "always"],
  [90_002, -1, "query", null],
  [90_003, -1, "relation", "always"],
  [90_003, -1, "query", null],
  [90_004, -1, "relation", null],
  [12_345, -1, "relation", null],
];

describe("what DuckDB's scanner changes", () => {
  for (const [type, modifier, reading, expected] of cases) {
    const name = types.get(type)?.name ?? "an unknown type";
    it(`${name} with the modifier ${modifier} in a ${reading}: ${expected ?? "nothing"}`, () => {
      const change = changeOf({ name: "c", type, modifier }, types, reading);
      const found =
        change === null
          ? null
          : change.isText && change.always
            ? "text"
            : change.always
              ? "always"
              : "some";
      assert.equal(found, expected);
      assert.equal((change?.risk ?? null) !== null, found === "some");
    });
  }

  it("says the type as the server does", () => {
    const typeOf = (type: number, modifier: number): string | undefined =>
      changeOf({ name: "c", type, modifier }, types, "relation")?.type;
    assert.equal(typeOf(1700, -1), "numeric without a precision");
    assert.equal(typeOf(1700, numeric(60, 10)), "numeric(60,10)");
    assert.equal(typeOf(1700, numeric(5, -2)), "numeric(5,-2)");
    assert.equal(typeOf(1231, numeric(10, 2)), "numeric(10,2)[]");
  });

  it("asks the server for single values, of elements and members, too", () => {
    const risk = (type: number, modifier: number): string | undefined =>
      changeOf({ name: "c", type, modifier }, types, "relation")?.risk?.("c");
    assert.equal(risk(1700, numeric(10, 2)), "c = 'NaN'");
    assert.equal(risk(1007, -1), "c::text LIKE '[%'");
    assert.equal(
      risk(1231, numeric(10, 2)),
      "c::text LIKE '[%' OR EXISTS (SELECT FROM (SELECT unnest(c) AS v) e WHERE e.v = 'NaN')",
    );
  });
});
