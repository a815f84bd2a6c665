import assert from "node:assert/strict";
import { TestEngine } from "../../support/engineHarness";
import { exportRows } from "./exports";

/** What must come back from Parquet with the same text, and its type there. */
const exact: readonly (readonly [string, string])[] = [
  ["170141183460469231731687303715884105727::HUGEINT", "VARCHAR"],
  ["12345678901234567890123::HUGEINT", "DECIMAL(38,0)"],
  ["340282366920938463463374607431768211455::UHUGEINT", "VARCHAR"],
  ["[170141183460469231731687303715884105727::HUGEINT]", "VARCHAR[]"],
  ["18446744073709551615::UBIGINT", "UBIGINT"],
  ["99999999999999999999999999999999999999::DECIMAL(38,0)", "DECIMAL(38,0)"],
  ["0.1::FLOAT", "FLOAT"],
  ["'-0'::DOUBLE", "DOUBLE"],
  ["'NaN'::DOUBLE", "DOUBLE"],
  ["INTERVAL '-3 months 1 day 1.000001 seconds'", "VARCHAR"],
  ["{'a': [INTERVAL '-1 day']}", "STRUCT(a VARCHAR[])"],
  ["'12:00:00.123456+02:30'::TIMETZ", "VARCHAR"],
  ["'12:00:00.123456789'::TIME_NS", "VARCHAR"],
  ["'24:00:00'::TIME", "TIME"],
  ["union_value(a := 1)::UNION(a INT, b VARCHAR)", "VARCHAR"],
  ["[{'x': 1}::VARIANT]", "VARCHAR"],
  ["'10101'::BIT", "VARCHAR"],
  ["'123456789012345678901234567890123456789012345678'::BIGNUM", "VARCHAR"],
  ["'2020-01-01 01:02:03'::TIMESTAMP_S", "TIMESTAMP"],
  ["'infinity'::TIMESTAMP_S", "TIMESTAMP"],
  ["'2020-01-01 01:02:03.123'::TIMESTAMP_MS", "TIMESTAMP"],
  ["'2020-01-01 01:02:03.123456789'::TIMESTAMP_NS", "TIMESTAMP_NS"],
  ["'2020-01-01 01:02:03.123456+05'::TIMESTAMPTZ", "TIMESTAMP WITH TIME ZONE"],
  ["'-infinity'::TIMESTAMP", "TIMESTAMP"],
  ["'0044-03-15 (BC)'::DATE", "DATE"],
  ["'INTERVAL'::ENUM('INTERVAL', 'b''B')", "VARCHAR"],
  [
    "{'BIT': 1, 'b': [1.50::DECIMAL(5,2)]}",
    'STRUCT("BIT" INTEGER, b DECIMAL(5,2)[])',
  ],
  ["MAP {'a': 1::HUGEINT}", "MAP(VARCHAR, VARCHAR)"],
  ["[1, 2]::INT[2]", "INTEGER[]"],
  ["'00000000-0000-0000-0000-000000000001'::UUID", "UUID"],
  ["'\\xAA\\x00'::BLOB", "BLOB"],
  [`'{"a": 1.50}'::JSON`, "JSON"],
  ["chr(0) || 'a'", "VARCHAR"],
  ["true", "BOOLEAN"],
];

/** PostgreSQL's values of a native run, and their types in Parquet. */
const native: readonly (readonly [string, string, string])[] = [
  ["9223372036854775807", "BIGINT", "9223372036854775807"],
  ["12.30::numeric(10,2)", "DECIMAL(10,2)", "12.30"],
  ["'NaN'::numeric(10,2)", "VARCHAR", "NaN"],
  [
    "12345678901234567890.12345678901234567890123::numeric",
    "VARCHAR",
    "12345678901234567890.12345678901234567890123",
  ],
  ["true", "BOOLEAN", "true"],
  ["date '0044-03-15 BC'", "DATE", "0044-03-15 (BC)"],
  [
    "timestamp '2020-01-01 01:02:03.000001'",
    "TIMESTAMP",
    "2020-01-01 01:02:03.000001",
  ],
  ["'\\xdeadbeef'::bytea", "BLOB", "\\xDE\\xAD\\xBE\\xEF"],
  ["interval '1 mon -1 day'", "VARCHAR", "1 mon -1 days"],
  ["array[1,2]", "VARCHAR", "{1,2}"],
  ["'a'::text", "VARCHAR", "a"],
];

describe("export to Parquet", function () {
  this.timeout(60_000);
  let engine: TestEngine;
  before(async () => {
    engine = await TestEngine.start();
    await engine.attach("pg");
  });
  after(() => engine.close());

  async function readBack(
    file: string,
  ): Promise<readonly (string | null | undefined)[]> {
    const [row] = await engine.rows(
      `SELECT typeof(v), v::VARCHAR FROM read_parquet('${file}') LIMIT 1`,
    );
    return row ?? [];
  }

  for (const [value, type] of exact) {
    it(`keeps ${value} as ${type} with the same text`, async () => {
      const sql = `SELECT ${value} AS v UNION ALL SELECT NULL`;
      const { file, rows, notes } = await exportRows(engine, sql, {
        format: "parquet",
      });
      const [shown] = await engine.rows(sql);
      assert.deepEqual(await readBack(file), [type, shown?.[0]]);
      assert.equal(rows, 2);
      if (type === "VARCHAR" && !value.startsWith("chr(")) {
        assert.match(notes.join(), /"v": .*written as text/);
      }
    });
  }

  for (const [value, type, text] of native) {
    it(`keeps PostgreSQL's ${value} as ${type}`, async () => {
      const { file } = await exportRows(engine, `SELECT ${value} AS v`, {
        format: "parquet",
        on: "pg",
      });
      assert.deepEqual(await readBack(file), [type, text]);
    });
  }

  it("gives each column a name of its own, says so, and keeps order and selection", async () => {
    const { file, notes } = await exportRows(
      engine,
      "SELECT range AS a, -range AS a, 'x' AS b FROM range(100000)",
      { format: "parquet", columns: [1, 0], fromRow: 10, toRow: 70_010 },
    );
    assert.match(notes.join(), /"a_1"/);
    assert.deepEqual(
      await engine.rows(
        `SELECT count(*)::VARCHAR, (count(*) FILTER (WHERE a = -(file_row_number + 10) AND a_1 = file_row_number + 10))::VARCHAR
         FROM read_parquet('${file}', file_row_number = true)`,
      ),
      [["70000", "70000"]],
    );
  });

  it("writes a view in its order", async () => {
    const { resultId, columns } = await engine.succeed(
      "SELECT range AS a FROM range(50000)",
    );
    assert.ok(resultId);
    const view = await engine.handlers.openView({
      taskId: "view",
      resultId,
      sort: [{ column: 0, descending: true }],
      filters: [],
    });
    const file = `${engine.folder}/view.parquet`;
    const common = {
      resultId,
      viewId: view.viewId,
      columns: columns.map((_, at) => at),
      options: { headers: true, guardFormulas: true, table: "t" },
    };
    await engine.handlers.exportResult({
      ...common,
      taskId: "x",
      fromRow: 5,
      toRow: 40_005,
      format: "parquet",
      file,
    });
    assert.deepEqual(
      await engine.rows(
        `SELECT count(*)::VARCHAR FROM read_parquet('${file}', file_row_number = true) WHERE a = 49994 - file_row_number`,
      ),
      [["40000"]],
    );
    await engine.handlers.exportResult({
      ...common,
      taskId: "y",
      fromRow: 0,
      toRow: 3,
      format: "csv",
      file: `${file}.csv`,
    });
    assert.deepEqual(
      await engine.rows(`SELECT a::VARCHAR FROM read_csv('${file}.csv')`),
      [["49999"], ["49998"], ["49997"]],
    );
  });
});
