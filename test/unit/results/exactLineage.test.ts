import assert from "node:assert/strict";
import { traceColumns } from "../../../src/core/results/exactness/lineage";
import {
  Untraced,
  type Column,
} from "../../../src/core/results/exactness/lineageTypes";
import { scansOf } from "../../../src/core/results/exactness/scans";
import {
  mentionKey,
  mentionsIn,
  queryOf,
  type Node,
} from "../../../src/core/results/exactness/syntax";
import {
  verdictOn,
  verdictWithoutTrace,
  type Source,
} from "../../../src/core/results/exactness/verdict";

const table = { type: "BASE_TABLE", table_name: "T", alias: "t" };
const column = (...path: string[]): Node => ({
  class: "COLUMN_REF",
  column_names: path,
});
const select = (list: readonly Node[], from: Node = table): Node => ({
  type: "SELECT_NODE",
  select_list: list,
  from_table: from,
});
const columns: readonly Column[] = [
  { name: "id", flows: [] },
  { name: "n", flows: [{ source: "n", direct: true }] },
];
const relations = new Map([
  [mentionKey({ path: ["t"], query: null }), columns],
]);
const flowsOf = (query: Node, names: readonly string[]): string[] =>
  traceColumns(query, relations, names).map(({ flows }) =>
    flows.map(({ source, direct }) => (direct ? source : `~${source}`)).join(),
  );

describe("where a result column comes from", () => {
  it("follows names in any case, with their tables and fields", () => {
    assert.deepEqual(
      flowsOf(select([column("N"), column("T", "n"), column("n", "field")]), [
        "a",
        "b",
        "c",
      ]),
      ["n", "n", "~n"],
    );
  });

  it("throws for what it does not understand, and for another number of columns", () => {
    for (const query of [
      select([column("unknown")]),
      select([column("n")], { type: "PIVOT" }),
      select([{ class: "POSITIONAL_REFERENCE", index: 1 }]),
      select([column("n")], { ...table, table_name: "other" }),
      { type: "SOMETHING_NEW" },
      {},
    ]) {
      assert.throws(() => flowsOf(query, ["a"]), Untraced);
    }
    assert.throws(() => flowsOf(select([column("n")]), ["a", "b"]), Untraced);
  });

  it("takes anything inside an expression it does not know for what the value is computed from", () => {
    const strange = { class: "NEW", parts: [[{ deep: column("n") }]] };
    assert.deepEqual(flowsOf(select([strange]), ["a"]), ["~n"]);
  });

  it("reads a tree only when it is one statement's", () => {
    for (const text of ["", "{", "null", "[]", '{"error":true}']) {
      assert.equal(queryOf(text), null, text);
    }
    assert.equal(queryOf('{"statements":[{},{}]}'), null);
  });

  it("finds every relation that is named, once", () => {
    const mentions = mentionsIn(select([], { left: table, right: [table] }));
    assert.deepEqual(mentions, [{ path: ["T"], query: null }]);
  });
});

describe("what a plan reads", () => {
  it("is every scan with its columns, however the plan writes them", () => {
    const plan = JSON.stringify([
      {
        name: "HASH_JOIN",
        children: [
          {
            name: "POSTGRES_SCAN ",
            children: [],
            extra_info: { Table: "a", Projections: "x" },
          },
          {
            name: "SEQ_SCAN",
            extra_info: { Table: "m.main.b", Projections: ["y", "z"] },
          },
          { name: "POSTGRES_SCAN", extra_info: { Table: "c" } },
        ],
      },
    ]);
    assert.deepEqual(scansOf(plan), [
      { kind: "relation", name: "a", columns: ["x"] },
      { kind: "table", name: "m.main.b", columns: ["y", "z"] },
      { kind: "relation", name: "c", columns: [] },
    ]);
    assert.equal(scansOf("no plan"), null);
    assert.equal(scansOf("{}"), null);
  });
});

describe("what is said of a result column", () => {
  const source = (
    change: Partial<Source["change"]>,
    isFound: boolean | null,
  ): Source => ({
    column: "n",
    of: "pg.public.t",
    isFound,
    change: {
      type: "numeric",
      what: "it is changed",
      always: true,
      risk: null,
      isText: false,
      ...change,
    },
  });
  const direct = [{ source: "s", direct: true }];
  const derived = [{ source: "s", direct: false }];

  it("is nothing for a text that something is computed from", () => {
    const sources = new Map([["s", source({ isText: true }, true)]]);
    assert.deepEqual(verdictOn(derived, sources), {});
    assert.ok(verdictOn(direct, sources).inexact);
    assert.deepEqual(verdictWithoutTrace("other", sources), {});
    assert.ok(verdictWithoutTrace("N", sources).inexact);
  });

  it("is a caution where nobody has looked for single values", () => {
    const sources = new Map([["s", source({ always: false }, null)]]);
    const { inexact, caution } = verdictOn(direct, sources);
    assert.equal(inexact, undefined);
    assert.match(caution ?? "", /^"n" of pg\.public\.t \(numeric\) was not/);
    assert.ok(verdictWithoutTrace("other", sources).caution);
  });
});
