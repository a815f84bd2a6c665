import assert from "node:assert/strict";
import type { Cell } from "../../../src/core/results/result";
import type { CopyFormat } from "../../../src/protocol/results";
import { faultOf, TestEngine } from "../../support/engineHarness";

/** Values that are easily changed on the way, one column each. */
const duckdbValues: readonly (readonly [type: string, ...values: string[]])[] =
  [
    ["BIGINT", "9223372036854775807", "-9223372036854775808"],
    ["HUGEINT", "170141183460469231731687303715884105727", "-1"],
    ["UHUGEINT", "340282366920938463463374607431768211455", "0"],
    ["DECIMAL(38,10)", "1234567890123456789012345678.0000000001", "-0.5"],
    ["DECIMAL(2,2)", "0.05", "-0.05"],
    ["DOUBLE", "0.30000000000000004", "1e-320", "nan", "-inf", "-0.0", "1e308"],
    ["FLOAT", "0.1", "3.4e38", "inf"],
    ["BOOLEAN", "true", "false"],
    ["VARCHAR", "it''s", "", "a\nb\r\n\tc", "\\n", "ä 🦆", "NULL"],
    ["BLOB", "\\x00\\xFFa''", ""],
    ["DATE", "0044-03-15 (BC)", "infinity", "2024-02-29"],
    ["TIME", "23:59:59.999999", "00:00:00"],
    ["TIME WITH TIME ZONE", "12:00:00+05:30"],
    ["TIMESTAMP", "2024-01-02 03:04:05.678901", "-infinity"],
    ["TIMESTAMP_NS", "2024-01-02 03:04:05.678901234"],
    ["TIMESTAMP WITH TIME ZONE", "2024-01-02 03:04:05.6+01"],
    ["INTERVAL", "1 year 2 months -3 days 04:05:06.5", "-00:00:01"],
    ["UUID", "00000000-0000-0000-0000-000000000001"],
    ["JSON", `{"a": [1, 2.50, null], "b''": "x"}`, "null"],
    ["INTEGER[]", "[1, NULL, 3]", "[]"],
    ["VARCHAR[]", String.raw`[''it\''s'', ''a, b'', NULL, '''']`],
    [
      "STRUCT(a INTEGER, b VARCHAR)",
      "{'a': 1, 'b': 'x, y'}".replaceAll("'", "''"),
    ],
    ["MAP(VARCHAR, INTEGER)", "{a=1, b=2}"],
    ["BIT", "0101"],
  ];

const serverValues: readonly (readonly [type: string, ...values: string[]])[] =
  [
    ["bigint", "9223372036854775807"],
    [
      "numeric",
      "123456789012345678901234567890123456789012345678901234567890.5",
      "NaN",
      "0.10",
      "Infinity",
    ],
    ["double precision", "0.30000000000000004", "NaN", "-Infinity", "-0"],
    ["real", "0.1"],
    ["boolean", "t", "f"],
    ["text", "it''s", "", "a\nb", "\\n"],
    ["bytea", "\\x00ff27", "\\x"],
    ["date", "0044-03-15 BC", "infinity"],
    ["timestamp", "2024-01-02 03:04:05.678901", "0044-03-15 01:00:00 BC"],
    ["timestamptz", "2024-01-02 03:04:05.6+01"],
    ["timetz", "12:00:00+05:30"],
    ["interval", "1 year 2 mons -3 days 04:05:06.5"],
    ["jsonb", `{"a": "it''s"}`],
    ["int[]", "{1,NULL,3}"],
    ["int4range", "[1,5)"],
    ["inet", "10.0.0.1/8"],
    ["money", "$1,234.50"],
    ["bit(4)", "0101"],
  ];

describe("copying cells of a kept result", () => {
  let engine: TestEngine;
  let copies = 0;

  before(async () => {
    engine = await TestEngine.start();
    await engine.attach("pg", { readOnly: false });
  });
  after(() => engine.close());

  async function kept(sql: string, on?: string): Promise<string> {
    const { resultId } = await engine.succeed(sql, on);
    assert.ok(resultId);
    return resultId;
  }

  function copy(
    resultId: string,
    format: CopyFormat,
    {
      columns = [0],
      fromRow = 0,
      toRow = 1_000_000,
      viewId = null,
      headers = false,
      table = "t",
    }: {
      columns?: readonly number[];
      fromRow?: number;
      toRow?: number;
      viewId?: string | null;
      headers?: boolean;
      table?: string;
    } = {},
  ): Promise<{ text: string; rows: number }> {
    copies += 1;
    return engine.handlers.copyText({
      taskId: `copy-${copies}`,
      resultId,
      viewId,
      fromRow,
      toRow,
      columns,
      format,
      headers,
      table,
    });
  }

  function values(literals: readonly string[], type: string): string {
    return [...literals.map((value) => `('${value}'::${type})`), "(NULL)"].join(
      ", ",
    );
  }

  for (const [type, ...literals] of duckdbValues) {
    it(`writes INSERT statements that give DuckDB the same ${type}`, async () => {
      const select = `SELECT * FROM (VALUES ${values(literals, type)}) t(v)`;
      const resultId = await kept(select);
      await engine.succeed(`CREATE OR REPLACE TABLE same (v ${type})`);
      const { text, rows } = await copy(resultId, "insert", {
        headers: true,
        table: "same",
      });
      assert.equal(rows, literals.length + 1);
      await engine.succeed(text);
      assert.deepEqual(
        await engine.rows("SELECT v FROM same"),
        await engine.rows(select),
      );
    });
  }

  for (const [type, ...literals] of serverValues) {
    it(`writes INSERT statements that give PostgreSQL the same ${type}`, async () => {
      const select = `SELECT * FROM (VALUES ${values(literals, type)}) t(v)`;
      const resultId = await kept(select, "pg");
      await engine.succeed("DROP TABLE IF EXISTS public.copied_same", "pg");
      await engine.succeed(`CREATE TABLE public.copied_same (v ${type})`, "pg");
      const { text } = await copy(resultId, "insert", {
        table: "public.copied_same",
      });
      await engine.succeed(text, "pg");
      assert.deepEqual(
        await engine.rows("SELECT v FROM public.copied_same", "pg"),
        await engine.rows(select, "pg"),
      );
      await engine.succeed("DROP TABLE public.copied_same", "pg");
    });
  }

  it("copies exactly the rows and columns that are asked for, in the order given", async () => {
    const resultId = await kept(
      "SELECT i AS a, 'x' || i AS b, NULL AS c FROM range(10) t(i)",
    );
    assert.deepEqual(
      await copy(resultId, "tsv", {
        columns: [1, 0],
        fromRow: 8,
        toRow: 99,
        headers: true,
      }),
      { text: "b\ta\nx8\t8\nx9\t9", rows: 2 },
    );
    assert.deepEqual(
      await copy(resultId, "csv", { columns: [2, 2], fromRow: 3, toRow: 4 }),
      { text: ",", rows: 1 },
    );
    assert.deepEqual(await copy(resultId, "tsv", { columns: [] }), {
      text: "",
      rows: 0,
    });
    assert.deepEqual(await copy(resultId, "inList", { fromRow: 4, toRow: 2 }), {
      text: "(NULL)",
      rows: 0,
    });
    const fault = await faultOf(copy(resultId, "tsv", { columns: [3] }));
    assert.match(fault.message, /no column/);
  });

  it("copies a view in the view's order, beyond one page", async () => {
    const resultId = await kept("SELECT i AS a FROM range(40000) t(i)");
    const { viewId } = await engine.handlers.openView({
      taskId: "view",
      resultId,
      sort: [{ column: 0, descending: true }],
      filters: [],
    });
    const { text, rows } = await copy(resultId, "tsv", {
      viewId,
      fromRow: 1,
      toRow: 40_000,
    });
    assert.equal(rows, 39_999);
    assert.deepEqual(
      text.split("\n"),
      Array.from({ length: 39_999 }, (_, index) => String(39_998 - index)),
    );
  });

  it("writes nested values as JSON, and duplicate names with a number", async () => {
    const resultId = await kept(
      "SELECT {'x': 1.10::DECIMAL(38,2), 'y': [NULL, 'a\"b']} AS s, 123456789012345678901234567890::HUGEINT AS s, 'NaN'::DOUBLE AS d",
    );
    const { text } = await copy(resultId, "json", {
      columns: [0, 1, 2],
      headers: true,
    });
    assert.equal(
      text,
      '[\n  {"s": {"x":1.10,"y":[null,"a\\"b"]}, "s_1": 123456789012345678901234567890, "d": "nan"}\n]',
    );
  });

  it("copies long values page by page", async () => {
    const resultId = await kept(
      "SELECT repeat(chr(97 + (i % 26)::INTEGER), 1000000) AS long FROM range(40) t(i)",
    );
    const { text, rows } = await copy(resultId, "tsv");
    assert.equal(rows, 40);
    const expected: Cell[] = Array.from({ length: 40 }, (_, index) =>
      String.fromCharCode(97 + (index % 26)).repeat(1_000_000),
    );
    assert.ok(text === expected.join("\n"));
  });

  it("says how many rows there was place for", async () => {
    const resultId = await kept(
      "SELECT repeat('x', 999999) AS long FROM range(120) t(i)",
    );
    const { text, rows } = await copy(resultId, "tsv");
    assert.equal(rows, 100);
    assert.equal(text.length, 99_999_999);
  });

  it("ends when it is cancelled", async () => {
    const resultId = await kept(
      "SELECT i, md5(i::VARCHAR) FROM range(1000000) t(i)",
    );
    const copying = copy(resultId, "insert", { columns: [0, 1] });
    await engine.handlers.cancelTask({ taskId: `copy-${copies}` });
    assert.equal((await faultOf(copying)).class, "cancelled");
  });
});
