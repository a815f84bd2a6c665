import assert from "node:assert/strict";
import path from "node:path";
import type { StatementOutcome } from "../../src/protocol/engine";
import { TestEngine } from "../support/engineHarness";
import { admin, testServer, writeEnvFile } from "../support/postgres";
import {
  BreakingNetwork,
  type Breaking,
  type Moment,
} from "../support/breakingNetwork";

const rows = 40_000;
const hybrid = "SELECT a.* FROM pg.public.cut_rows a";
const native = "SELECT a.* FROM cut_rows a";
const byZero = /division by zero/;

/** What a server is asked about a statement's columns. */
const lookUp = "pg_catalog.pg_relation_size";

/** Moments of a run at which a connection breaks, in their order. */
const moments: readonly (readonly [
  what: string,
  moment: Moment,
  how: Breaking,
  ends: "failed" | "either",
])[] = [
  ["when its transaction begins", { statement: "BEGIN" }, "reset", "either"],
  ["when rows are asked for", { statement: "cut_rows" }, "reset", "either"],
  ["before the first row", { bytes: 300 }, "end", "either"],
  ["in the first rows", { bytes: 20_000 }, "reset", "failed"],
  ["in the middle", { bytes: 2_000_000 }, "reset", "failed"],
  ["in the middle", { bytes: 2_000_000 }, "end", "failed"],
  ["shortly before the end", { bytes: 4_500_000 }, "end", "either"],
  ["when its transaction ends", { statement: "COMMIT" }, "reset", "either"],
  ["when its transaction ends", { statement: "COMMIT" }, "end", "either"],
];

/** Whatever happens: rows that are called complete are all of them, and marked as far as the server could be asked. */
function assertHonest(outcome: StatementOutcome): void {
  assert.equal(outcome.complete, outcome.status === "succeeded");
  assert.ok(outcome.rowCount <= rows, String(outcome.rowCount));
  if (outcome.complete) {
    assert.equal(outcome.rowCount, rows);
    return;
  }
  assert.equal(outcome.status, "failed");
  assert.equal(outcome.error?.class, "connectionLost", outcome.error?.message);
}

describe("a result of which a connection breaks", () => {
  let engine: TestEngine;
  let network: BreakingNetwork;
  before(async () => {
    await admin(
      `CREATE TABLE cut_rows AS SELECT i AS id, i::numeric AS n, repeat('x', 90) AS pad FROM generate_series(1, ${rows}) i; ANALYZE cut_rows`,
    );
    network = await BreakingNetwork.open(testServer());
    engine = await TestEngine.start({ connectTimeoutSeconds: 2 });
    await engine.attach("pg", {
      file: await writeEnvFile(path.join(engine.folder, "breaking.env"), {
        PORT: String(network.port),
      }),
    });
  });
  after(async () => {
    await engine.close();
    await network.close();
    await admin("DROP TABLE cut_rows");
  });

  for (const on of [undefined, "pg"]) {
    const where = on === undefined ? "in DuckDB" : "natively";
    for (const [what, moment, how, ends] of moments) {
      it(`${what} (${how}) ${where} is never complete without all of its rows`, async () => {
        network.breakAt(moment, how);
        const outcome = await engine.run(
          on === undefined ? hybrid : native,
          on,
        );
        assertHonest(outcome);
        if (ends === "failed") {
          assert.ok(network.hasBroken);
          assert.equal(outcome.status, "failed");
        }
        if (outcome.complete && on === undefined) {
          const { inexact, caution } = outcome.columns[1] ?? {};
          assert.ok(inexact ?? caution, "nothing is said of the numeric");
        }
        network.heal();
        assert.equal((await engine.succeed(native, "pg")).rowCount, rows);
        assert.equal((await engine.succeed(hybrid)).rowCount, rows);
      });
    }
  }

  it("is asked about anew when the connection breaks on which the server is asked about its columns", async () => {
    network.breakAt({ statement: lookUp }, "reset");
    const { columns } = await engine.succeed(hybrid);
    assert.ok(network.hasBroken);
    assert.match(columns[1]?.inexact ?? "", /numeric without a precision/);
  });

  for (const how of ["reset", "hang"] as const satisfies Breaking[]) {
    it(`is complete, and says that nothing is known of its columns when the server cannot be asked about them (${how})`, async () => {
      network.breakAt({ statement: lookUp }, how, "each");
      const { rowCount, columns } = await engine.succeed(hybrid);
      network.heal();
      assert.ok(network.hasBroken);
      assert.equal(rowCount, rows);
      for (const { inexact, caution } of columns) {
        assert.equal(inexact, undefined);
        assert.match(caution ?? "", /has not said yet|could not be asked/);
      }
    });
  }
});

describe("a result that the server or DuckDB ends early", () => {
  let engine: TestEngine;
  before(async () => {
    await admin(
      `CREATE VIEW cut_late AS SELECT i AS id, 1 / (30000 - i) AS q FROM generate_series(1, ${rows}) i;
       CREATE VIEW cut_plain AS SELECT i AS id FROM generate_series(1, ${rows}) i`,
    );
    engine = await TestEngine.start();
    await engine.attach("pg", { readOnly: false });
    await engine.attach("limited", { readOnly: false });
    await engine.succeed("SET statement_timeout = 2000", "limited");
    await engine.succeed("SET memory_limit = '300MB'");
    await engine.succeed("SET max_temp_directory_size = '1MB'");
  });
  after(async () => {
    await engine.close();
    await admin("DROP VIEW cut_late, cut_plain");
  });

  const cases: readonly (readonly [
    what: string,
    sql: string,
    on: string | undefined,
    error: RegExp,
    leastRows: number,
  ])[] = [
    ["an error of the server's", "FROM pg.cut_late", undefined, byZero, 0],
    [
      "an error in postgres_query",
      "FROM postgres_query('pg', 'SELECT * FROM cut_late')",
      undefined,
      byZero,
      0,
    ],
    ["an error in a native run", "SELECT * FROM cut_late", "pg", byZero, 1],
    [
      "a cast of DuckDB's over a server's rows",
      "SELECT (CASE WHEN id = 39000 THEN 'x' ELSE '1' END)::INTEGER FROM pg.cut_plain",
      undefined,
      /Could not convert string 'x'/,
      0,
    ],
    [
      "memory that runs out",
      "SELECT i FROM range(20000) t(i) UNION ALL SELECT len(list(repeat('x', 1000) || i)) FROM range(10000000) t(i)",
      undefined,
      /memory/i,
      0,
    ],
    [
      "a statement timeout",
      "SELECT i, CASE WHEN i > 5000 THEN pg_sleep(60) END FROM generate_series(1, 10000) i",
      "limited",
      /statement timeout/,
      0,
    ],
    [
      "somebody else's cancel",
      "SELECT i, CASE WHEN i > 5000 THEN pg_cancel_backend(pg_backend_pid()) END FROM generate_series(1, 10000) i",
      "pg",
      /cancel/,
      1,
    ],
    [
      "somebody else's kill",
      "SELECT i, CASE WHEN i > 5000 THEN pg_terminate_backend(pg_backend_pid()) END FROM generate_series(1, 10000) i",
      "pg",
      /terminat/,
      1,
    ],
  ];
  for (const [what, sql, on, error, leastRows] of cases) {
    it(`by ${what} is not complete, keeps the rows that came, and says why`, async () => {
      const outcome = await engine.run(sql, on);
      assert.notEqual(outcome.status, "succeeded");
      assert.equal(outcome.complete, false);
      assert.match(outcome.error?.message ?? "", error);
      const { resultId, rowCount } = outcome;
      assert.ok(rowCount >= leastRows && rowCount < rows, String(rowCount));
      if (resultId !== null) {
        const page = await engine.handlers.page({
          resultId,
          offset: rowCount - 1,
          limit: 10,
        });
        assert.equal(page.rows.length, 1);
      }
      assert.deepEqual(await engine.rows("SELECT 1", on), [["1"]]);
    });
  }
});
