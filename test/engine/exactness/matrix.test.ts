import assert from "node:assert/strict";
import { quoteLiteral } from "../../../src/core/sql/quote";
import { scannedValues } from "../fixtures/scannedValues";
import { TestEngine } from "../../support/engineHarness";
import { admin } from "../../support/postgres";

describe("every type of PostgreSQL's", () => {
  let engine: TestEngine;
  before(async () => {
    const columns = scannedValues.map(([type], index) => `c${index} ${type}`);
    const values = scannedValues.map(([, value]) => quoteLiteral(value));
    await admin(
      `CREATE TYPE matrix_mood AS ENUM ('sad', 'it''s rain');
       CREATE TYPE matrix_pair AS (a int, b text);
       CREATE TYPE matrix_nest AS (p matrix_pair, l int[], n numeric);
       CREATE DOMAIN matrix_percent AS numeric(5,2);
       CREATE DOMAIN matrix_big AS numeric;
       CREATE TABLE matrix (${columns.join(", ")});
       INSERT INTO matrix VALUES (${values.join(", ")});
       CREATE TABLE matrix_null AS SELECT * FROM matrix LIMIT 0;
       INSERT INTO matrix_null DEFAULT VALUES`,
    );
    engine = await TestEngine.start();
    await engine.attach("pg");
    await engine.succeed("SET TimeZone = 'UTC'");
    await engine.succeed("SET TimeZone = 'UTC'", "pg");
  });
  after(async () => {
    await engine.close();
    await admin(
      "DROP TABLE matrix, matrix_null; DROP DOMAIN matrix_percent, matrix_big; DROP TYPE matrix_nest, matrix_pair, matrix_mood",
    );
  });

  for (const [index, [type, value, text, verdict]] of scannedValues.entries()) {
    const shown = value.length > 40 ? `${value.slice(0, 40)}…` : value;
    it(`${type} ${JSON.stringify(shown)} is ${verdict} through DuckDB's scanner, and said to be`, async () => {
      const sql = `SELECT c${index} FROM pg.matrix`;
      const outcome = await engine.succeed(sql);
      assert.deepEqual(await engine.rows(sql), [[text]]);
      const inexact = outcome.columns[0]?.inexact;
      assert.equal(
        inexact === undefined ? "same" : "changed",
        verdict,
        inexact,
      );
    });
  }

  it("is the server's own text in a native run", async () => {
    const asked = scannedValues.map(
      (_, index) => `format('%s', c${index}) AS c${index}`,
    );
    const [expected] = await admin(`SELECT ${asked.join(", ")} FROM matrix`);
    const [row] = await engine.rows("SELECT * FROM matrix", "pg");
    for (const [index, [type, value]] of scannedValues.entries()) {
      assert.equal(row?.[index], expected?.[`c${index}`], `${type} ${value}`);
    }
  });

  it("is NULL where it is NULL", async () => {
    for (const on of [undefined, "pg"]) {
      const from = on === undefined ? "pg.matrix_null" : "matrix_null";
      const [row] = await engine.rows(`SELECT * FROM ${from}`, on);
      assert.ok(row);
      assert.deepEqual(new Set(row), new Set([null]));
    }
  });
});
