import assert from "node:assert/strict";
import type { Cell } from "../../../src/core/results/result";
import { quoteLiteral } from "../../../src/core/sql/quote";
import type { StatementOutcome } from "../../../src/protocol/engine";
import {
  refusedValues,
  scannedRareValues,
} from "../fixtures/scannedRareValues";
import { scannedValues } from "../fixtures/scannedValues";
import { TestEngine } from "../../support/engineHarness";
import { admin } from "../../support/postgres";
import { cellsOf, sameEverywhere } from "./outlets";

const values = [...scannedValues, ...scannedRareValues];
const labels = Array.from({ length: 300 }, (_, index) => `'l${index}'`);

/** A table with a column for each value. */
function tableOf(
  name: string,
  columns: readonly (readonly [type: string, value: string, ...unknown[]])[],
): string {
  const definitions = columns.map(([type], index) => `c${index} ${type}`);
  const row = columns.map(([, value]) => quoteLiteral(value));
  return `CREATE TABLE ${name} (${definitions.join(", ")}); INSERT INTO ${name} VALUES (${row.join(", ")});`;
}

/** A type and a value as a title. */
function titled([type, value]: readonly [
  string,
  string,
  ...unknown[],
]): string {
  const shown = value.length > 40 ? `${value.slice(0, 40)}…` : value;
  return `${type} ${JSON.stringify(shown)}`;
}

describe("every type of PostgreSQL's", () => {
  let engine: TestEngine;
  let scanned: StatementOutcome;
  let cells: readonly Cell[];
  /** As psql prints them. */
  let server: readonly unknown[];
  before(async () => {
    await admin(
      `CREATE SCHEMA matrix; CREATE EXTENSION hstore SCHEMA matrix; CREATE EXTENSION citext SCHEMA matrix;
       CREATE EXTENSION ltree SCHEMA matrix; CREATE EXTENSION cube SCHEMA matrix;
       SET search_path = matrix, public;
       CREATE TYPE matrix_mood AS ENUM ('sad', 'it''s rain');
       CREATE TYPE matrix_many AS ENUM (${labels.join(", ")});
       CREATE TYPE matrix_pair AS (a int, b text);
       CREATE TYPE matrix_nest AS (p matrix_pair, l int[], n numeric);
       CREATE TYPE matrix_late AS (t timestamp);
       CREATE TYPE matrix_ranges AS (r int4range);
       CREATE TYPE matrix_text_range AS RANGE (subtype = text);
       CREATE DOMAIN matrix_percent AS numeric(5,2);
       CREATE DOMAIN matrix_big AS numeric;
       CREATE DOMAIN matrix_int AS int; CREATE DOMAIN matrix_int_of_int AS matrix_int;
       CREATE DOMAIN matrix_list AS int[]; CREATE DOMAIN matrix_of_pair AS matrix_pair;
       CREATE DOMAIN matrix_json AS jsonb; CREATE DOMAIN matrix_time AS timestamp;
       ${tableOf("matrix.matrix", values)} ${tableOf("matrix.refused", refusedValues)}
       CREATE TABLE matrix.empty AS SELECT * FROM matrix.matrix LIMIT 0;
       INSERT INTO matrix.empty DEFAULT VALUES`,
    );
    const texts = values.map((_, at) => `format('%s', c${at}) AS c${at}`);
    const [row = {}] = await admin(
      `SELECT ${texts.join(", ")} FROM matrix.matrix`,
    );
    server = values.map((_, at) => row[`c${at}`]);
    engine = await TestEngine.start();
    await engine.attach("pg");
    await engine.succeed("SET TimeZone = 'UTC'");
    await engine.succeed("SET TimeZone = 'UTC'", "pg");
    scanned = await engine.succeed("SELECT * FROM pg.matrix.matrix");
    cells = await cellsOf(engine, scanned);
  });
  after(async () => {
    await engine.close();
    await admin("DROP SCHEMA matrix CASCADE");
  });

  for (const [index, one] of values.entries()) {
    const [, , text, verdict] = one;
    it(`${titled(one)} is ${verdict} through DuckDB's scanner, and said to be`, () => {
      assert.equal(cells[index], text);
      const inexact = scanned.columns[index]?.inexact;
      assert.equal(
        inexact === undefined ? "same" : "changed",
        verdict,
        inexact,
      );
    });
  }

  it("is the server's own text in a native run, wherever it is shown", async () => {
    const row = await sameEverywhere(
      engine,
      await engine.succeed("SELECT * FROM matrix.matrix", "pg"),
    );
    for (const [index, one] of values.entries()) {
      assert.equal(row[index], server[index], titled(one));
    }
  });

  it("is one and the same text wherever what the scanner has read is shown", async () => {
    assert.deepEqual(await sameEverywhere(engine, scanned), cells);
  });

  it("is the server's own or said to be changed through postgres_query, which reads in other ways", async () => {
    // More dimensions than one are an error there.
    const read = values.flatMap((one, index) =>
      one[0].endsWith("[][]") ? [] : [{ one, index }],
    );
    const columns = read.map(({ index }) => `c${index}`).join(", ");
    const outcome = await engine.succeed(
      `FROM postgres_query('pg', 'SELECT ${columns} FROM matrix.matrix')`,
    );
    const row = await cellsOf(engine, outcome);
    for (const [at, { one, index }] of read.entries()) {
      const [, , text, verdict] = one;
      const isSame =
        row[at] === server[index] || (verdict === "same" && row[at] === text);
      const { inexact, caution } = outcome.columns[at] ?? {};
      assert.ok(
        isSame || inexact !== undefined || caution !== undefined,
        `${titled(one)}: ${row[at]?.slice(0, 100)}`,
      );
    }
  });

  it("is NULL where it is NULL", async () => {
    for (const on of [undefined, "pg"]) {
      const from = on === undefined ? "pg.matrix.empty" : "matrix.empty";
      const [row] = await engine.rows(`SELECT * FROM ${from}`, on);
      assert.ok(row);
      assert.deepEqual(new Set(row), new Set([null]));
    }
  });

  for (const [index, one] of refusedValues.entries()) {
    it(`${titled(one)} is refused by the scanner in words, and read on the server`, async () => {
      const { error } = await engine.fail(
        `SELECT c${index} FROM pg.matrix.refused`,
      );
      assert.equal(error.class, "conversion", error.message);
      assert.match(error.hint, /run the statement on the attached database/);
      const sql = `SELECT c${index} FROM matrix.refused`;
      assert.deepEqual(await engine.rows(sql, "pg"), [[one[1]]]);
    });
  }
});
