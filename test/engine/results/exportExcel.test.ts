import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { faultOf, TestEngine } from "../../support/engineHarness";
import { namesInZip } from "../../support/setup/unzip.mjs";
import { cellsOf, exportRows, sheetOf } from "./exports";

function text(value: string): string {
  return `<c t="inlineStr"><is><t xml:space="preserve">${value}</t></is></c>`;
}

describe("export to Excel", function () {
  this.timeout(60_000);
  let engine: TestEngine;
  before(async () => {
    engine = await TestEngine.start();
    await engine.attach("pg");
  });
  after(() => engine.close());

  it("is a workbook with one sheet, and an archive that others can read", async () => {
    const { file } = await exportRows(engine, "SELECT 1 AS a", {
      format: "xlsx",
    });
    const archive = await readFile(file);
    assert.deepEqual(namesInZip(archive).sort(), [
      "[Content_Types].xml",
      "_rels/.rels",
      "xl/_rels/workbook.xml.rels",
      "xl/styles.xml",
      "xl/workbook.xml",
      "xl/worksheets/sheet1.xml",
    ]);
    if (existsSync("/usr/bin/python3")) {
      execFileSync("/usr/bin/python3", ["-m", "zipfile", "-t", file]);
    }
  });

  it("writes numbers, booleans, dates and times as such where Excel has them exactly", async () => {
    const { file, notes } = await exportRows(
      engine,
      `SELECT 123456789012345 AS a, -0.00012::DECIMAL(10,5) AS b, 0.1::FLOAT AS c, true AS d, DATE '2020-02-29' AS e,
        TIMESTAMP '2020-02-29 12:00:00' AS f, TIME '06:00:00' AS g, NULL AS h, '' AS i, TIMESTAMP_S '1999-12-31 00:00:00' AS j`,
      { format: "xlsx", options: { headers: false } },
    );
    assert.deepEqual(cellsOf(await sheetOf(file)), [
      [
        "<c><v>123456789012345</v></c>",
        "<c><v>-0.00012</v></c>",
        "<c><v>0.1</v></c>",
        '<c t="b"><v>1</v></c>',
        '<c s="1"><v>43890</v></c>',
        '<c s="2"><v>43890.5</v></c>',
        '<c s="4"><v>0.25</v></c>',
        "<c/>",
        text(""),
        '<c s="2"><v>36525.0</v></c>',
      ],
    ]);
    assert.deepEqual(notes, []);
  });

  it("writes as text what Excel would round or has not, and says so", async () => {
    const { file, notes } = await exportRows(
      engine,
      `SELECT 1234567890123456 AS a, 'NaN'::DOUBLE AS b, DATE '1900-02-28' AS c, TIMESTAMP '2020-01-01 00:00:00.000001' AS d,
        'infinity'::TIMESTAMP AS e, TIMESTAMPTZ '2020-01-01 00:00:00+00' AS f, INTERVAL 1 DAY AS g`,
      { format: "xlsx", options: { headers: false } },
    );
    const [row] = cellsOf(await sheetOf(file));
    const [shown] = await engine.rows(
      `SELECT '1234567890123456', 'nan', '1900-02-28', '2020-01-01 00:00:00.000001', 'infinity', (TIMESTAMPTZ '2020-01-01 00:00:00+00')::VARCHAR, '1 day'`,
    );
    assert.deepEqual(
      row,
      (shown ?? []).map((value) => text(value ?? "")),
    );
    assert.match(notes.join("\n"), /^2 numbers .*\n3 dates and times /);
  });

  it("writes a native run's numbers and dates as such", async () => {
    const { file } = await exportRows(
      engine,
      `SELECT 5::bigint, 1.50::numeric, 12345678901234567890.5::numeric, true, date '2020-02-29', 'x'::text, date 'infinity'`,
      { format: "xlsx", on: "pg", options: { headers: false } },
    );
    assert.deepEqual(cellsOf(await sheetOf(file)), [
      [
        "<c><v>5</v></c>",
        "<c><v>1.50</v></c>",
        text("12345678901234567890.5"),
        '<c t="b"><v>1</v></c>',
        '<c s="1"><v>43890</v></c>',
        text("x"),
        text("infinity"),
      ],
    ]);
  });

  it("keeps texts texts: markup, control characters, formulas, spaces, names", async () => {
    const { file, notes } = await exportRows(
      engine,
      `SELECT '<b>&"' AS "<&\u0001", e'\\x01\\r\\n\\t_x0041_' AS b, '=cmd()' AS "=c", ' s ' AS d, 'é😀' AS d`,
      { format: "xlsx" },
    );
    assert.deepEqual(cellsOf(await sheetOf(file)), [
      [text("&lt;&amp;_x0001_"), text("b"), text("'=c"), text("d"), text("d")],
      [
        text('&lt;b&gt;&amp;"'),
        text("_x0001__x000D_\n\t_x005F_x0041_"),
        text("'=cmd()"),
        text(" s "),
        text("é😀"),
      ],
    ]);
    assert.match(notes.join(), /^2 texts that a spreadsheet/);
  });

  it("refuses what no sheet can hold before anything is written", async () => {
    const file = `${engine.folder}/large.xlsx`;
    const rows = await faultOf(
      exportRows(engine, "SELECT 1 AS a FROM range(1048576)", {
        format: "xlsx",
        file,
      }),
    );
    assert.match(rows.message, /1048577 rows/);
    const long = await faultOf(
      exportRows(engine, "SELECT repeat('😀', 16384) AS long", {
        format: "xlsx",
        file,
      }),
    );
    assert.match(long.message, /"long" has longer texts: 1/);
    assert.equal(existsSync(file), false);
    const fits = await exportRows(engine, "SELECT repeat('é', 32767) AS a", {
      format: "xlsx",
    });
    assert.equal(fits.rows, 1);
  });
});
