import assert from "node:assert/strict";
import type { StatementOutcome } from "../../../src/protocol/engine";
import { TestEngine } from "../../support/engineHarness";
import { admin } from "../../support/postgres";

/** Which columns carry a badge, by name: `!` for the value itself, `~` for what is computed from it, `?` for "may". */
function badges({ columns }: StatementOutcome): string {
  return columns
    .map(({ name, inexact }) => {
      if (inexact === undefined) {
        return name;
      }
      if (inexact.startsWith("Computed from ")) {
        return `${name}~`;
      }
      return inexact.startsWith("This may come from ")
        ? `${name}?`
        : `${name}!`;
    })
    .join(" ");
}

/** The relations: `badge_t (id, n numeric, d numeric(10,2) with a NaN, g numeric(10,2), f float8, j jsonb)`. */
const cases: readonly (readonly [sql: string, badges: string])[] = [
  ["SELECT * FROM pg.public.badge_t", "id n! d! g f j!"],
  ["FROM pg.badge_t", "id n! d! g f j!"],
  ["SELECT id, f FROM pg.public.badge_t", "id f"],
  ["SELECT n AS id, id AS n FROM pg.public.badge_t", "id! n"],
  ['SELECT t."n" AS "__proto__", t.id FROM pg.badge_t t', "__proto__! id"],
  ["SELECT n, n FROM pg.badge_t", "n! n!"],
  ["SELECT a FROM pg.badge_t AS t(b, a)", "a!"],
  [
    "SELECT count(*) AS c, count(n) AS k, sum(n) AS s, max(g) AS m FROM pg.badge_t",
    "c k s~ m",
  ],
  [
    "SELECT n IS NULL AS a, n::INT AS b, j->>'x' AS c FROM pg.badge_t",
    "a b~ c",
  ],
  ["SELECT CASE WHEN n > 1 THEN 1 END AS a, [n] AS l FROM pg.badge_t", "a~ l~"],
  ["SELECT x + 1 AS y, id FROM (SELECT n AS x, id FROM pg.badge_t)", "y~ id"],
  ["WITH c(a, b) AS (SELECT id, n FROM pg.badge_t) SELECT b, a FROM c", "b! a"],
  [
    "SELECT id, 1.5::DOUBLE AS v FROM pg.badge_t UNION ALL SELECT id, n FROM pg.badge_t",
    "id v!",
  ],
  ["SELECT id FROM pg.badge_t EXCEPT SELECT n::INT FROM pg.badge_t", "id"],
  ["SELECT 1 AS a UNION BY NAME SELECT n AS b FROM pg.badge_t", "a b!"],
  [
    "SELECT * FROM badge_local JOIN pg.badge_t USING (id)",
    "id name n! d! g f j!",
  ],
  [
    "SELECT l.*, f FROM badge_local l, pg.badge_t t WHERE l.id = t.id",
    "id name f",
  ],
  [
    "SELECT t.* EXCLUDE (n, d, j) REPLACE (f * n AS f) FROM pg.badge_t t",
    "id g f~",
  ],
  ["SELECT * RENAME (n AS x) FROM pg.badge_t", "id x! d! g f j!"],
  ["SELECT COLUMNS('^[nf]$') FROM pg.badge_t", "n! f"],
  ["SELECT * FROM badge_view", "id amount!"],
  ["SELECT amount * 2 AS x FROM badge_view_of_view", "x~"],
  ["SELECT * FROM pg.badge_pg_view", "id m!"],
  ["SELECT (SELECT max(n) FROM pg.badge_t) AS m, 1 AS one", "m~ one"],
  [
    "SELECT id, (SELECT max(i.n) FROM pg.badge_t i WHERE i.id = o.id) AS m FROM pg.badge_t o",
    "id m~",
  ],
  [
    "SELECT id, EXISTS (FROM pg.badge_t WHERE n > 1) AS e FROM badge_local",
    "id e",
  ],
  ["SELECT u.v, id FROM pg.badge_t, unnest([n]) u(v)", "v~ id"],
  ["SELECT id, sum(n) OVER (ORDER BY id) AS s FROM pg.badge_t", "id s~"],
  [
    "SELECT list_transform([1], lambda x: x + n) AS l, id FROM pg.badge_t",
    "l~ id",
  ],
  [
    "SELECT n AS a, a + 1 AS b, id AS c, c + 1 AS e FROM pg.badge_t",
    "a! b~ c e",
  ],
  [
    "WITH RECURSIVE r AS (SELECT 1 AS k, n AS v FROM pg.badge_t UNION ALL SELECT k + 1, v FROM r WHERE k < 2) FROM r",
    "k v!",
  ],
  [
    "FROM postgres_query('pg', 'SELECT n, id, n::text AS t, j FROM badge_t')",
    "n! id t j!",
  ],
  [
    "SELECT q.a FROM postgres_query('pg', 'SELECT id, n FROM badge_t') q(b, a)",
    "a!",
  ],
  ["SELECT n FROM pg.information_schema.columns, pg.badge_t LIMIT 1", "n!"],
  ["SELECT badge_macro() AS m", "m?"],
  ["SELECT x FROM badge_table_macro()", "x?"],
  ["FROM query('SELECT n FROM pg.badge_t')", "n!"],
  ["SELECT * FROM pg.badge_other.badge_t", "id n"],
  ["SELECT * FROM pg.badge_plain", "id f s"],
  ["SELECT amount, f FROM badge_copy", "amount! f"],
  ["SELECT 1 AS a, 'pg.badge_t' AS b", "a b"],
  ["DESCRIBE pg.badge_t", "column_name column_type null key default extra"],
];

describe("badges of what DuckDB's scanner changes", () => {
  let engine: TestEngine;
  before(async () => {
    await admin(
      `CREATE TABLE badge_t (id int, n numeric, d numeric(10,2), g numeric(10,2), f float8, j jsonb);
       INSERT INTO badge_t VALUES (1, 1.5, 'NaN', 1, 2, '{}');
       CREATE TABLE badge_plain (id int, f float8, s text);
       CREATE VIEW badge_pg_view AS SELECT id, n * 2 AS m FROM badge_t;
       CREATE SCHEMA badge_other; CREATE TABLE badge_other.badge_t (id int, n int)`,
    );
    engine = await TestEngine.start();
    await engine.attach("pg");
    for (const sql of [
      "CREATE TABLE badge_local AS SELECT 1 AS id, 'x' AS name",
      "CREATE VIEW badge_view AS SELECT id, n AS amount FROM pg.badge_t",
      "CREATE VIEW badge_view_of_view(a, amount) AS SELECT * FROM badge_view",
      "CREATE MACRO badge_macro() AS (SELECT max(n) FROM pg.badge_t)",
      "CREATE MACRO badge_table_macro() AS TABLE SELECT n AS x FROM pg.badge_t",
      "CREATE TABLE badge_copy AS SELECT n AS amount, f FROM pg.badge_t",
    ]) {
      await engine.succeed(sql);
    }
  });
  after(async () => {
    await engine.close();
    await admin(
      "DROP VIEW badge_pg_view; DROP TABLE badge_t, badge_plain; DROP SCHEMA badge_other CASCADE",
    );
  });

  for (const [sql, expected] of cases) {
    it(`marks what has to be marked: ${sql}`, async () => {
      const outcome = await engine.succeed(sql);
      assert.equal(badges(outcome), expected);
      const opened = engine.events.findLast(
        ({ event }) => event === "resultOpened",
      );
      assert.ok(opened?.event === "resultOpened");
      assert.deepEqual(opened.payload.columns, outcome.columns);
    });
  }

  it("says what was changed, of which column", async () => {
    const { columns } = await engine.succeed(
      "SELECT n, d, n + 1 AS m, j FROM pg.badge_t",
    );
    assert.deepEqual(
      columns.map(({ inexact }) => inexact),
      [
        '"n" of pg.public.badge_t is numeric without a precision: DuckDB reads it as DOUBLE, which keeps about 15 digits and turns NaN and infinities into 0.',
        '"d" of pg.public.badge_t, numeric(10,2), with values that DuckDB changes: DuckDB reads NaN as 0.',
        'Computed from "n" of pg.public.badge_t, which is numeric without a precision: DuckDB reads it as DOUBLE, which keeps about 15 digits and turns NaN and infinities into 0.',
        '"j" of pg.public.badge_t is jsonb: DuckDB reads it as text (VARCHAR), not as JSON: cast it to JSON to look into it.',
      ],
    );
  });

  it("says when such a column decides which rows there are, and is not shown", async () => {
    const { notices, columns } = await engine.succeed(
      "SELECT count(*) AS c FROM pg.badge_t WHERE n > 1",
    );
    assert.equal(columns[0]?.inexact, undefined);
    assert.match(
      notices[0]?.message ?? "",
      /^The statement compares, joins or counts by "n" of pg\.public\.badge_t/,
    );
    assert.deepEqual(
      (await engine.succeed("SELECT id FROM pg.badge_t WHERE f > 1")).notices,
      [],
    );
  });

  it("marks a statement that DuckDB takes apart, wherever its columns may come from", async () => {
    const { columns } = await engine.succeed(
      "PIVOT pg.badge_t ON id USING sum(n)",
    );
    assert.match(columns.at(-1)?.inexact ?? "", /^This may come from "n"/);
  });

  it("sees a column whose type was changed since", async () => {
    await admin("CREATE TABLE badge_alter (v int)");
    try {
      const sql = "SELECT v FROM pg.badge_alter";
      assert.equal(badges(await engine.succeed(sql)), "v");
      await admin("ALTER TABLE badge_alter ALTER v TYPE numeric");
      assert.equal(badges(await engine.succeed(sql)), "v!");
      await admin("ALTER TABLE badge_alter ALTER v TYPE bigint");
      assert.equal(badges(await engine.succeed(sql)), "v");
    } finally {
      await admin("DROP TABLE badge_alter");
    }
  });

  it("follows what was added to a table, and forgets a table that is made anew", async () => {
    await engine.succeed("CREATE TABLE badge_more (a INTEGER, b DOUBLE)");
    await engine.succeed("INSERT INTO badge_more (b) SELECT n FROM pg.badge_t");
    const sql = "SELECT * FROM badge_more";
    assert.equal(badges(await engine.succeed(sql)), "a b!");
    await engine.succeed("CREATE OR REPLACE TABLE badge_more AS SELECT 1 AS b");
    assert.equal(badges(await engine.succeed(sql)), "b");
  });

  it("keeps two databases apart that have tables of one name", async () => {
    await engine.attach("other");
    try {
      assert.equal(
        badges(await engine.succeed("SELECT n FROM other.badge_other.badge_t")),
        "n",
      );
      const { columns } = await engine.succeed("SELECT n FROM other.badge_t");
      assert.match(columns[0]?.inexact ?? "", /^"n" of other\.public\.badge_t/);
    } finally {
      await engine.handlers.detach({ alias: "other" });
    }
  });

  it("knows a database that a statement has attached, and the current one", async () => {
    await engine.succeed("USE pg");
    try {
      assert.equal(badges(await engine.succeed("SELECT n FROM badge_t")), "n!");
      assert.equal(
        badges(await engine.succeed("SELECT n FROM public.badge_t")),
        "n!",
      );
    } finally {
      await engine.succeed("USE memory");
    }
  });
});
