import assert from "node:assert/strict";
import type { ExactWay } from "../../../src/protocol/engine";
import { TestEngine } from "../../support/engineHarness";
import { admin } from "../../support/postgres";

const digits = "12345678901234567890.123456789";

describe("the exact way of a statement whose values DuckDB's scanner changes", () => {
  let engine: TestEngine;
  before(async () => {
    await admin(
      `CREATE TABLE way_t (id int, "A m" numeric, n numeric, d numeric(10,2), j jsonb);
       INSERT INTO way_t VALUES (1, 'NaN', ${digits}, 'NaN', '{}');
       CREATE TABLE way_other AS SELECT 1 AS id`,
    );
    engine = await TestEngine.start();
    await engine.attach("pg");
    await engine.succeed("CREATE TABLE way_local AS SELECT 1 AS id");
  });
  after(async () => {
    await engine.close();
    await admin("DROP TABLE way_t, way_other");
  });

  const waysOf = async (sql: string): Promise<readonly ExactWay[]> =>
    (await engine.succeed(sql)).exactWays ?? [];
  /** The rows by a way, as the panel runs it. */
  const rowsBy = ({ kind, alias, sql }: ExactWay) =>
    engine.rows(sql, kind === "server" ? alias : undefined);

  for (const [sql, expected] of [
    ["SELECT n FROM pg.public.way_t WHERE id = 1", digits],
    ["FROM (SELECT t.n FROM pg.way_t t)", digits],
    ['SELECT "A m" FROM PG.Way_T', "NaN"],
    ["SELECT d FROM pg.way_t", "NaN"],
    ["SELECT pg.public.way_t.n FROM pg.public.way_t", digits],
    ["SELECT o.n FROM pg.way_other, pg.way_t AS o", digits],
    ["FROM postgres_query('pg', 'SELECT n FROM way_t')", digits],
  ] as const) {
    it(`gives the server's own value on the server and as text: ${sql}`, async () => {
      const ways = await waysOf(sql);
      assert.deepEqual(
        ways.map(({ kind }) => kind),
        ["server", "text"],
      );
      for (const way of ways) {
        assert.deepEqual(await rowsBy(way), [[expected]], way.sql);
      }
      const again = await engine.succeed(ways[1]?.sql ?? "");
      assert.equal(again.columns[0]?.inexact, undefined);
    });
  }

  it("joins as text with a table of DuckDB's own, which the server does not have", async () => {
    const ways = await waysOf(
      "SELECT n FROM way_local JOIN pg.way_t AS w USING (id)",
    );
    assert.deepEqual(
      ways.map(({ kind }) => kind),
      ["text"],
    );
    assert.deepEqual(await rowsBy(ways[0] ?? assert.fail()), [[digits]]);
  });

  it("is not offered where the server or DuckDB would not understand it", async () => {
    // A text has no sum, and PostgreSQL no list_sum.
    assert.deepEqual(
      await waysOf("SELECT list_sum([n, 1]) AS s FROM pg.way_t"),
      [],
    );
    assert.deepEqual(
      (await waysOf("SELECT sum(n) AS s FROM pg.way_t")).map(
        ({ kind }) => kind,
      ),
      ["server"],
    );
  });

  it("says nothing about it where nothing is changed", async () => {
    assert.equal(
      (await engine.succeed("SELECT id FROM pg.way_t")).exactWays?.length ?? 0,
      0,
    );
    assert.equal((await engine.succeed("SELECT 1")).exactWays, undefined);
  });
});
