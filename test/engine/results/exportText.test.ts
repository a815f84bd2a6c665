import assert from "node:assert/strict";
import { stat } from "node:fs/promises";
import { TestEngine } from "../../support/engineHarness";
import { exportRows, textOf } from "./exports";

const awkward = `SELECT * FROM (VALUES
  (1, NULL, ''), (2, ' lead ', 'a,b'), (3, 'q"q', e'l\\nf'), (4, e'c\\rr', e't\\tt'),
  (5, '=1+1', '-5'), (6, '''', '@x'), (7, 'n' || chr(0) || 'n', 'é😀'), (8, '|p*<b>', '\\N')
) t(n, "a,""b", "c")`;

describe("export as text", function () {
  this.timeout(60_000);
  let engine: TestEngine;
  before(async () => {
    engine = await TestEngine.start();
  });
  after(() => engine.close());

  it("writes CSV in which NULL is not the empty text, and whatever is in a cell comes back", async () => {
    const { file, rows, bytes, verified } = await exportRows(engine, awkward, {
      format: "csv",
      options: { guardFormulas: false },
    });
    assert.deepEqual(
      [rows, verified, bytes],
      [8, true, (await stat(file)).size],
    );
    assert.equal(
      await textOf(file),
      'n,"a,""b",c\n1,,""\n2, lead ,"a,b"\n3,"q""q","l\nf"\n4,"c\rr",t\tt\n5,=1+1,-5\n6,\',@x\n7,n\0n,é😀\n8,|p*<b>,\\N\n',
    );
    const back = await engine.rows(
      `SELECT COLUMNS(*)::VARCHAR FROM read_csv('${file}', all_varchar = true, header = true, delim = ',', quote = '"', escape = '"', nullstr = '', allow_quoted_nulls = false, strict_mode = true, comment = '')`,
    );
    const shown = await engine.rows(awkward);
    assert.deepEqual(back, shown);
  });

  it("guards what a spreadsheet takes for a formula, in names too, leaves numbers alone and says how many", async () => {
    const { file, notes } = await exportRows(
      engine,
      `SELECT '=1+1' AS "=x", e'\\t=2' AS b, '+3' AS c, '@4' AS d, e'\\r5' AS e, -6 AS f, '-7' AS g, ' =8' AS h, -9.5::DECIMAL(4,1) AS i, INTERVAL '-1 day' AS j`,
      { format: "csv" },
    );
    assert.equal(
      await textOf(file),
      `'=x,b,c,d,e,f,g,h,i,j\n'=1+1,'\t=2,'+3,'@4,"'\r5",-6,'-7, =8,-9.5,-1 day\n`,
    );
    assert.deepEqual(notes, [
      "7 texts that a spreadsheet would take for formulas have a ' before them.",
    ]);
  });

  it("guards full-width forms of the same characters, and a line break before them", async () => {
    const { file, notes } = await exportRows(
      engine,
      `SELECT unnest(['＝1', '＋1', '－1', '＠x', e'\\n=1', 'a＝1', '']) AS t`,
      { format: "csv", options: { headers: false } },
    );
    assert.equal(
      await textOf(file),
      `'＝1\n'＋1\n'－1\n'＠x\n"'\n=1"\na＝1\n""\n`,
    );
    assert.match(notes.join(), /^5 texts/);
  });

  it("writes TSV with quotes only where a tab, a quote or a line break needs them", async () => {
    const { file } = await exportRows(engine, awkward, {
      format: "tsv",
      columns: [2, 0],
      fromRow: 0,
      toRow: 4,
    });
    assert.equal(
      await textOf(file),
      'c\tn\n""\t1\na,b\t2\n"l\nf"\t3\n"t\tt"\t4\n',
    );
  });

  it("writes JSON with exact numbers, NULL, and a name for each column", async () => {
    const { file, notes } = await exportRows(
      engine,
      `SELECT 9223372036854775807 AS a, 12345678901234567890.123456789::DECIMAL(38,9) AS "A", 0.1::FLOAT AS b,
         'NaN'::DOUBLE AS a, NULL AS "__proto__", true AS t, '{"x": [1, 2.50]}'::JSON AS j, [1, NULL] AS l,
         chr(0) || '"' || chr(10) AS s, {'f': 0.1::FLOAT} AS st`,
      { format: "json" },
    );
    const text = await textOf(file);
    assert.match(text, /"a": 9223372036854775807,/);
    assert.match(text, /"A_1": 12345678901234567890\.123456789,/);
    assert.match(text, /"b": 0\.1,/);
    assert.match(text, /"j": \{"x": \[1, 2\.50\]\}/);
    const [row] = JSON.parse(text) as Record<string, unknown>[];
    assert.ok(row);
    assert.deepEqual(Object.keys(row), [
      "a",
      "A_1",
      "b",
      "a_2",
      "__proto__",
      "t",
      "j",
      "l",
      "s",
      "st",
    ]);
    assert.equal(row["a_2"], "nan");
    assert.equal(Object.entries(row)[4]?.[1], null);
    assert.deepEqual(row["l"], [1, null]);
    assert.equal(row["s"], '\0"\n');
    assert.deepEqual(notes, [
      'Columns without a name, or with the name of another, are called "A_1", "a_2".',
    ]);
  });

  it("writes NDJSON with a row a line, whatever line breaks are in its values", async () => {
    const { file, rows } = await exportRows(
      engine,
      `SELECT e'a\\nb' AS s, e'{"x":\\n1}'::JSON AS j, e'c\\n' AS "l\nm" FROM range(3)`,
      { format: "ndjson" },
    );
    const lines = (await textOf(file)).split("\n");
    assert.equal(rows, 3);
    assert.equal(lines.length, 4);
    assert.deepEqual(JSON.parse(lines[2] ?? ""), {
      s: "a\nb",
      j: { x: 1 },
      "l\nm": "c\n",
    });
  });

  it("writes INSERT statements that make the same rows again", async () => {
    const source = `SELECT 1 AS id, 'it''s' || chr(10) || '  (x' AS "T ""q'", NULL::INT AS n, DATE '2020-02-29' AS d, '\\xAA'::BLOB AS b, 0.30000000000000004::DOUBLE AS f FROM range(600)`;
    const { file, rows } = await exportRows(engine, source, {
      format: "sql",
      options: { table: "again" },
    });
    assert.equal(rows, 600);
    const text = await textOf(file);
    assert.equal(text.split("INSERT INTO again").length, 3);
    await engine.succeed(`CREATE TABLE again AS ${source} LIMIT 0`);
    for (const statement of text.split(";\n").slice(0, -1)) {
      await engine.succeed(statement);
    }
    assert.deepEqual(
      await engine.rows(
        `SELECT count(*)::VARCHAR FROM ((FROM again) INTERSECT ALL (${source}))`,
      ),
      [["600"]],
    );
  });

  it("writes a Markdown table in which nothing breaks out of its cell", async () => {
    const { file } = await exportRows(
      engine,
      `SELECT 1 AS n, e'a|b\\nc' AS t UNION ALL SELECT 2, NULL`,
      { format: "markdown" },
    );
    assert.equal(
      await textOf(file),
      "| n | t |\n| --: | --- |\n| 1 | a\\|b<br>c |\n| 2 | NULL |\n",
    );
  });

  for (const format of [
    "csv",
    "tsv",
    "json",
    "ndjson",
    "markdown",
    "sql",
    "xlsx",
    "parquet",
  ] as const) {
    it(`writes and counts no rows at all as ${format}`, async () => {
      const { rows, verified } = await exportRows(
        engine,
        "SELECT 1 AS a, 'x' AS b WHERE false",
        { format },
      );
      assert.deepEqual([rows, verified], [0, true]);
    });
    it(`counts 40,000 rows of awkward texts as ${format}`, async () => {
      const { rows, verified } = await exportRows(
        engine,
        `SELECT range AS i, chr((range % 127 + 1)::INT) || e'\\n  {"(' || range AS t, NULL AS n FROM range(40000)`,
        { format },
      );
      assert.deepEqual([rows, verified], [40_000, true]);
    });
  }
});
