import assert from "node:assert/strict";
import {
  nativeStatement,
  textStatement,
  type NamedRelation,
} from "../../../src/core/results/exactness/exactWays";

const relation = (...path: string[]): NamedRelation => ({
  mention: { path, query: null },
  alias: "pg",
  relation: { schema: "public", name: "orders" },
  columns: [
    { name: "id", asText: false },
    { name: "amount", asText: true },
  ],
});
const three = relation("pg", "public", "orders");
const two = relation("PG", "Orders");
const asked: NamedRelation = {
  ...three,
  mention: { path: [], query: ["pg", "SELECT amount FROM o WHERE x = 'y'"] },
  relation: null,
  columns: [{ name: "amount", asText: true }],
};
const call = `postgres_query('pg', 'SELECT "id", "amount"::text AS "amount" FROM "public"."orders"')`;

describe("the exact way on the server", () => {
  const cases: readonly (readonly [string, NamedRelation, string])[] = [
    [
      "SELECT amount FROM pg.public.orders o",
      three,
      "SELECT amount FROM public.orders o",
    ],
    [
      'SELECT "PG".public.orders.amount FROM /* pg.x */ "pg" . "public".orders -- pg.',
      three,
      'SELECT public.orders.amount FROM /* pg.x */  "public".orders -- pg.',
    ],
    [
      "SELECT 'pg.public.orders', x FROM PG.Orders",
      two,
      `SELECT 'pg.public.orders', x FROM "public"."orders"`,
    ],
    ["FROM pg.public.orders", three, "SELECT * FROM public.orders"],
    [
      "SELECT * FROM postgres_query('pg', 'SELECT amount FROM o WHERE x = ''y''')",
      asked,
      "SELECT amount FROM o WHERE x = 'y'",
    ],
  ];
  for (const [sql, named, expected] of cases) {
    it(sql, () => {
      assert.equal(nativeStatement(sql, [named])?.trim(), expected);
    });
  }

  it("is none for relations of two databases, or for more than a lone question", () => {
    const other = { ...three, alias: "other" };
    assert.equal(nativeStatement("SELECT 1", [three, other]), null);
    assert.equal(nativeStatement("SELECT 1", []), null);
    assert.equal(
      nativeStatement(
        "SELECT 1 FROM postgres_query('pg', 'SELECT amount FROM o WHERE x = ''y''')",
        [asked],
      ),
      null,
    );
  });
});

describe("the exact way with columns as text", () => {
  const cases: readonly (readonly [string, NamedRelation, string | null])[] = [
    [
      "SELECT amount FROM pg.public.orders",
      three,
      `SELECT amount FROM ${call} AS "orders"`,
    ],
    [
      "SELECT 'é', o.amount FROM pg.orders AS o JOIN x USING (id) WHERE o.id > 1",
      { ...two, mention: { path: ["pg", "orders"], query: null } },
      `SELECT 'é', o.amount FROM ${call} AS o JOIN x USING (id) WHERE o.id > 1`,
    ],
    [
      "FROM pg.public.orders WHERE id = 1",
      three,
      `FROM ${call} AS "orders" WHERE id = 1`,
    ],
    [
      'SELECT pg.public.orders.amount, PUBLIC."orders".id FROM pg.public.orders',
      three,
      `SELECT "orders".amount, "orders".id FROM ${call} AS "orders"`,
    ],
    [
      "SELECT pg.public.orders.amount FROM pg.public.orders, pg.sales.orders",
      three,
      null,
    ],
    [
      "SELECT pg.public.orders.amount FROM pg.public.orders JOIN x AS orders ON 1",
      three,
      null,
    ],
    [
      "SELECT 1 FROM a JOIN b ON f(a.x, [b.y, 1]) = 1, pg.public.orders, LATERAL (SELECT x, amount) WHERE amount > 1",
      three,
      `SELECT 1 FROM a JOIN b ON f(a.x, [b.y, 1]) = 1, ${call} AS "orders", LATERAL (SELECT x, amount) WHERE amount > 1`,
    ],
    [
      "SELECT * FROM (pg.public.orders o JOIN x USING (id, n)), y WHERE o.id IN (SELECT id FROM z, pg.public.orders)",
      three,
      `SELECT * FROM (${call} o JOIN x USING (id, n)), y WHERE o.id IN (SELECT id FROM z, ${call} AS "orders")`,
    ],
    ["SELECT 1, pg.public.orders FROM pg.public.orders", three, null],
    ["FROM f(1, pg.public.orders), pg.public.orders", three, null],
    [
      "SELECT 1 IS DISTINCT FROM pg.public.orders FROM pg.public.orders",
      three,
      null,
    ],
    ["SELECT 1 FROM a ORDER BY b, pg.public.orders", three, null],
    [
      "FROM postgres_query('pg', 'SELECT amount FROM o WHERE x = ''y''')",
      asked,
      `FROM postgres_query('pg', 'SELECT "amount"::text AS "amount" FROM (SELECT amount FROM o WHERE x = ''y''\n) AS as_asked')`,
    ],
  ];
  for (const [sql, named, expected] of cases) {
    it(sql, () => {
      assert.equal(textStatement(sql, [named]), expected);
    });
  }

  it("is none where no column needs it", () => {
    assert.equal(
      textStatement("FROM pg.public.orders", [
        { ...three, columns: [{ name: "id", asText: false }] },
      ]),
      null,
    );
  });
});
