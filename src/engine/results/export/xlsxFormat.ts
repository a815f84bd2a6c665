// eslint-disable-next-line @typescript-eslint/triple-slash-reference -- yazl has no types of its own, and other programs of the repository read this file, too
/// <reference path="./yazl.d.ts" />
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { open } from "node:fs/promises";
import { PassThrough, Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createInflateRaw } from "node:zlib";
import { ZipFile } from "yazl";
import { viaductError } from "../../../core/errors/makeError";
import { guardedName } from "../../../core/results/export/formulaGuard";
import {
  sheetCells,
  sheetColumn,
  sheetLimits,
  xmlText,
  type SheetColumn,
} from "../../../core/results/export/sheetSql";
import {
  sheetEnd,
  sheetHead,
  workbookParts,
} from "../../../core/results/export/workbook";
import { toldBytes } from "./countRows";
import { countWhere } from "./examine";
import type { Exporting, FileFormat } from "./fileFormat";
import { guardedHeaders, guardNote } from "./guardNotes";
import { addLines, inParts } from "./textFormats";

/** The part of a workbook that has the rows; it is the first in the file. */
const sheetPart = "xl/worksheets/sheet1.xml";

/** Excel: a workbook with one sheet. DuckDB makes the cells; texts stay texts, exact numbers and times are such. */
export const xlsxFormat: FileFormat = {
  needsUniqueNames: false,
  examining: 1,
  examine: async (exporting) => {
    refuseSize(exporting);
    const odd = await countOdd(exporting);
    refuseLongTexts(odd);
    const sumOf = (wanted: OddCells["kind"]): number =>
      odd.reduce(
        (sum, { kind, count }) => sum + (kind === wanted ? count : 0),
        0,
      );
    const guarded = sumOf("guarded") + guardedHeaders(exporting);
    const rounded = sumOf("rounded");
    const untimed = sumOf("untimed");
    return {
      notes: [
        ...guardNote(guarded),
        ...(rounded === 0
          ? []
          : [
              `${rounded} numbers are written as text: Excel keeps 15 digits, and neither NaN nor infinities.`,
            ]),
        ...(untimed === 0
          ? []
          : [
              `${untimed} dates and times are written as text: Excel has none before March 1900 or after 9999, and no microseconds.`,
            ]),
      ],
      write: writeWorkbook,
    };
  },
  count: async ({ task, options }, file) =>
    (await countSheetRows(task, file)) - (options.headers ? 1 : 0),
};

async function writeWorkbook(
  exporting: Exporting,
  file: string,
): Promise<readonly string[]> {
  const zip = new ZipFile();
  const rows = new PassThrough();
  // An error of a part is one of `rows` or of `written`: said once is enough.
  zip.on("error", () => undefined);
  rows.on("error", () => undefined);
  zip.addReadStream(rows, sheetPart);
  for (const [name, text] of workbookParts) {
    zip.addBuffer(Buffer.from(text), name);
  }
  zip.end();
  const written = pipeline(
    zip.outputStream,
    createWriteStream(file, { flags: "wx" }),
  );
  // One that ends early ends the other: neither may wait for it.
  written.catch((error: unknown) => rows.destroy(asError(error)));
  await addSheet(exporting, rows).catch((error: unknown) => {
    zip.outputStream.destroy(asError(error));
    throw error;
  });
  await written;
  return [];
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

/** Writes the sheet, a row a line. */
async function addSheet(
  exporting: Exporting,
  rows: PassThrough,
): Promise<void> {
  const { names, options } = exporting;
  const add = async (text: string): Promise<void> => {
    // Nobody will ever drain what has ended.
    if (rows.errored !== null) {
      throw rows.errored;
    }
    if (!rows.write(text)) {
      await once(rows, "drain");
    }
  };
  await add(sheetHead(options.headers));
  if (options.headers) {
    const cells = names.map((name) => {
      const shown = options.guardFormulas ? guardedName(name) : name;
      return `<c t="inlineStr"><is><t xml:space="preserve">${xmlText(shown)}</t></is></c>`;
    });
    await add(`<row>${cells.join("")}</row>\n`);
  }
  const parts = inParts(sheetColumns(exporting)).map((some) => ({
    sql: sheetCells(some.map(({ cell }) => cell)),
    counted: [],
  }));
  await addLines(
    exporting,
    { add },
    { parts, start: "<row>", between: "", end: "</row>" },
  );
  await add(sheetEnd);
  rows.end();
}

function sheetColumns({ columns, options }: Exporting): SheetColumn[] {
  return columns.map((column) => sheetColumn(column, options.guardFormulas));
}

function refuseSize({ ordered, columns, options }: Exporting): void {
  const { from, to } = ordered.range;
  const rows = to - from + (options.headers ? 1 : 0);
  if (rows > sheetLimits.rows || columns.length > sheetLimits.columns) {
    throw tooMuch(
      `A sheet of Excel has ${sheetLimits.rows} rows and ${sheetLimits.columns} columns, and this would need ${rows} rows and ${columns.length} columns.`,
    );
  }
}

/** Cells of a column that are not written as they are, or not at all. */
interface OddCells {
  readonly kind: keyof typeof oddSql;
  readonly name: string;
  readonly count: number;
}

const oddSql = {
  long: ({ longSql }: SheetColumn) =>
    longSql === null ? null : isTooLong(longSql),
  guarded: ({ guardedSql }: SheetColumn) => guardedSql,
  rounded: ({ roundedSql }: SheetColumn) => roundedSql,
  untimed: ({ untimedSql }: SheetColumn) => untimedSql,
} as const;

/** All that is to be counted before, at once: each time costs another look at every row. */
async function countOdd(exporting: Exporting): Promise<OddCells[]> {
  const asked = sheetColumns(exporting).flatMap((column, index) =>
    (Object.keys(oddSql) as (keyof typeof oddSql)[]).flatMap((kind) => {
      const condition = oddSql[kind](column);
      const name = exporting.names[index] ?? "";
      return condition === null ? [] : [{ kind, name, condition }];
    }),
  );
  const counts = await countWhere(
    exporting,
    asked.map(({ condition }) => condition),
  );
  return asked.map(({ kind, name }, at) => ({
    kind,
    name,
    count: counts[at] ?? 0,
  }));
}

function refuseLongTexts(cells: readonly OddCells[]): void {
  const found = cells.find(({ kind, count }) => kind === "long" && count > 0);
  if (found !== undefined) {
    throw tooMuch(
      `A cell of Excel has ${sheetLimits.text} characters, and "${found.name}" has longer texts: ${found.count} of them.`,
    );
  }
}

/** Excel counts UTF-16 units: two for what is beyond the basic plane. */
function isTooLong(text: string): string {
  const pairs = `length(regexp_replace(${text}, '[^\\x{10000}-\\x{10FFFF}]', '', 'g'))`;
  return `CASE WHEN strlen(${text}) > ${sheetLimits.text} THEN length(${text}) + ${pairs} > ${sheetLimits.text} ELSE false END`;
}

function tooMuch(message: string): Error {
  return viaductError("conversion", `${message} Nothing was written.`, {
    hint: "Export to Parquet or CSV, or export fewer rows or columns.",
    actions: [],
  });
}

/** Counts the rows in the sheet of a finished file, as far as can be without its directory: the sheet comes first. */
async function countSheetRows(
  task: Exporting["task"],
  file: string,
): Promise<number> {
  const start = await sheetStart(file);
  const marker = "<row>";
  let rest = "";
  let count = 0;
  const sheet = createInflateRaw();
  const packed = Readable.from(toldBytes(task, file, start));
  packed.on("error", (error) => sheet.destroy(error));
  packed.pipe(sheet);
  for await (const chunk of sheet as AsyncIterable<Buffer>) {
    const text = rest + chunk.toString("latin1");
    count += text.split(marker).length - 1;
    rest = text.slice(-(marker.length - 1));
  }
  return count;
}

/** Where the first part's content begins: behind a header of 30 bytes, its name and what a packer adds. */
async function sheetStart(file: string): Promise<number> {
  const handle = await open(file);
  try {
    const { buffer } = await handle.read(Buffer.alloc(30), 0, 30, 0);
    return 30 + buffer.readUInt16LE(26) + buffer.readUInt16LE(28);
  } finally {
    await handle.close();
  }
}
