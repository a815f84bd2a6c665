import assert from "node:assert/strict";
import type { ExportFormat } from "../../../src/protocol/results";
import type { StatementOutcome } from "../../../src/protocol/engine";
import { quoteLiteral } from "../../../src/core/sql/quote";
import { faultOf, TestEngine } from "../../support/engineHarness";
import {
  cellsOf,
  exportFormats,
  exportResult,
  sheetOf,
  textOf,
} from "./exports";

const width = 2_000;
const rows = 10;

/** Numbers and texts in turn; each cell says where it is. */
const wide = `SELECT ${Array.from({ length: width }, (_, at) =>
  at % 2 === 0 ? `i * ${width} + ${at}` : `'r' || i || '," c${at}'`,
)
  .map((cell, at) => `${cell} AS c${at}`)
  .join(", ")} FROM range(${rows}) t(i)`;

/** A megabyte and more, with all that a format has to write otherwise. */
const long = `SELECT i AS n, repeat('0123456789,"x''\t|é😀&<' || chr(10), 40000) || i AS t FROM range(2) t(i)`;

/** What DuckDB makes of a file; null for what it does not read. */
function reading(format: ExportFormat, file: string): string | null {
  const name = quoteLiteral(file);
  switch (format) {
    case "csv":
    case "tsv":
      return `read_csv(${name}, header = true, all_varchar = true, delim = ${format === "csv" ? "','" : "'\t'"}, quote = '"', escape = '"', comment = '', max_line_size = 100000000)`;
    case "json":
    case "ndjson":
      return `read_json(${name}, format = '${format === "json" ? "array" : "newline_delimited"}', maximum_object_size = 100000000)`;
    case "parquet":
      return `read_parquet(${name})`;
    case "sql":
      return "exported";
    default:
      return null;
  }
}

describe("an export that is large in an unusual way", function () {
  this.timeout(120_000);
  let engine: TestEngine;
  const kept = new Map<string, StatementOutcome>();
  before(async () => {
    engine = await TestEngine.startAlone();
    for (const sql of [wide, long]) {
      kept.set(sql, await engine.succeed(sql));
    }
  });
  after(() => engine.close());

  async function written(sql: string, format: ExportFormat): Promise<string> {
    const outcome = kept.get(sql);
    assert.ok(outcome?.resultId);
    const { resultId, columns, rowCount } = outcome;
    const exported = await exportResult(
      engine,
      { resultId, columns, rowCount },
      { format, options: { guardFormulas: false } },
    );
    assert.deepEqual([exported.rows, exported.verified], [rowCount, true]);
    return exported.file;
  }

  /** The first and the last columns of all rows, and how many columns there are. */
  async function content(from: string): Promise<unknown> {
    const { columns } = await engine.succeed(`FROM ${from} LIMIT 0`);
    const shown = [
      columns.at(0),
      columns.at(1),
      columns.at(-2),
      columns.at(-1),
    ];
    const texts = shown.map((column) => `${column?.name ?? ""}::VARCHAR`);
    // A long cell of a page is cut.
    const cells = await engine.rows(
      `SELECT md5(concat_ws('|', ${texts.join(", ")})) FROM ${from} ORDER BY 1`,
    );
    return { count: columns.length, cells };
  }

  for (const format of exportFormats) {
    for (const [what, sql] of [
      ["2,000 columns", wide],
      ["cells of a megabyte", long],
    ] as const) {
      // TSV is CSV with another delimiter: what is long is the same.
      if (["markdown", "xlsx", "tsv"].includes(format)) continue;
      it(`has ${what} as they are: ${format}`, async () => {
        const file = await written(sql, format);
        if (format === "sql") {
          await engine.succeed(
            `CREATE OR REPLACE TABLE exported AS FROM (${sql}) LIMIT 0`,
          );
          await engine.succeed(await textOf(file));
        }
        assert.deepEqual(
          await content(reading(format, file) ?? ""),
          await content(`(${sql})`),
        );
      });
    }
  }

  it("has 2,000 columns as they are: xlsx", async () => {
    const cells = cellsOf(await sheetOf(await written(wide, "xlsx")));
    assert.equal(cells.length, rows + 1);
    assert.ok(cells.every((row) => row.length === width));
    assert.deepEqual(
      [cells.at(-1)?.[0], cells.at(-1)?.at(-1)],
      [
        `<c><v>${(rows - 1) * width}</v></c>`,
        `<c t="inlineStr"><is><t xml:space="preserve">r${rows - 1}," c${width - 1}</t></is></c>`,
      ],
    );
  });

  it("is refused in words where Excel has no such cells", async () => {
    const { class: errorClass, message } = await faultOf(written(long, "xlsx"));
    assert.equal(errorClass, "conversion");
    assert.match(message, /^A cell of Excel has 32767 characters, and "t" has/);
  });

  it("has all cells in a line for each row: markdown", async () => {
    const lines = (await textOf(await written(wide, "markdown")))
      .trimEnd()
      .split("\n");
    assert.equal(lines.length, rows + 2);
    const cells = lines.at(-1)?.split(" | ") ?? [];
    assert.equal(cells.length, width);
    assert.equal(cells.at(-1), `r${rows - 1}," c${width - 1} |`);
    const text = await textOf(await written(long, "markdown"));
    const [, , first = ""] = text.split("\n");
    assert.equal(first.split("&").length - 1 >= 40_000, true);
    assert.ok(first.endsWith("0 |"), first.slice(-40));
  });
});
