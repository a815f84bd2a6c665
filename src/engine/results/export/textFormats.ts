import { copiedColumn } from "../../../core/results/copy/copiedColumn";
import { copyFormat } from "../../../core/results/copy/copyFormat";
import type {
  CopyFormatName,
  RowFormat,
} from "../../../core/results/copy/rowFormat";
import {
  delimitedLine,
  delimitedSql,
} from "../../../core/results/export/delimitedSql";
import {
  canBeFormula,
  guardedName,
  isFormulaSql,
} from "../../../core/results/export/formulaGuard";
import type { Cell } from "../../../core/results/result";
import { countRows, type RowMarks } from "./countRows";
import type { Exporting, FileFormat } from "./fileFormat";
import { cellBatches } from "./cellBatches";
import { guardedHeaders, guardNote } from "./guardNotes";
import { rowBatches } from "./rowBatches";
import { TextFile } from "./textFile";

/** CSV and TSV: DuckDB makes the lines. */
export function delimitedFormat(delimiter: "," | "\t"): FileFormat {
  const marks: RowMarks = { quotes: '"', indent: 0 };
  return {
    needsUniqueNames: false,
    write: async (exporting, file) => {
      const { columns, options } = exporting;
      const { headers, guardFormulas } = options;
      const how = { delimiter, guardFormulas };
      const guarded = guardFormulas ? columns.filter(canBeFormula) : [];
      const count = await TextFile.write(file, async (text) => {
        if (headers) {
          const names = columns.map(({ name }) =>
            guardFormulas ? guardedName(name) : name,
          );
          await text.add(`${delimitedLine(names, how)}\n`);
        }
        return addLines(exporting, text, {
          line: delimitedSql(columns, how),
          counted: guarded.map((column) => isFormulaSql(column.text)),
        });
      });
      return guardNote(count + guardedHeaders(exporting));
    },
    count: async ({ options }, file) =>
      (await countRows(file, marks)) - (options.headers ? 1 : 0),
  };
}

/** What DuckDB makes of a row. */
interface LineSql {
  readonly line: string;
  /** Conditions; counted is how often they are true. */
  readonly counted: readonly string[];
}

/** Writes what DuckDB makes of each row, a line each. Answers how often a condition was true. */
export async function addLines(
  { task, ordered, columns, progress }: Exporting,
  text: Pick<TextFile, "add">,
  { line, counted }: LineSql,
): Promise<number> {
  const truths = counted.map((condition) => `(${condition})::INTEGER`);
  const count =
    truths.length === 0 ? "0" : `coalesce(list_sum([${truths.join(", ")}]), 0)`;
  let sum = 0;
  for await (const { from, to } of rowBatches(task, ordered, columns)) {
    const [row] = await task.connection.rows(
      `SELECT string_agg(line, chr(10) ORDER BY pos), sum(n)::VARCHAR FROM ` +
        `(SELECT pos, ${line} AS line, ${count} AS n FROM ${ordered.from} WHERE pos >= ${from} AND pos < ${to})`,
    );
    await text.add(`${row?.[0] ?? ""}\n`);
    sum += Number(row?.[1] ?? 0);
    progress(to);
  }
  return sum;
}

/** What a format of the clipboard's is in a file. */
interface CopyFile {
  readonly format: CopyFormatName;
  readonly needsUniqueNames: boolean;
  readonly marks: RowMarks;
  /** Lines that count and are no rows. */
  readonly others: number;
  /** The end of the file, after the format's own. */
  readonly end: string;
}

/** Formats that cells are copied in, as files. */
export const copyFiles = {
  json: {
    format: "json",
    needsUniqueNames: true,
    marks: { quotes: "", indent: 2 },
    others: 0,
    end: "\n",
  },
  markdown: {
    format: "markdown",
    needsUniqueNames: false,
    marks: { quotes: "", indent: 0 },
    others: 2,
    end: "\n",
  },
  sql: {
    format: "insert",
    needsUniqueNames: true,
    marks: { quotes: `'"`, indent: 2 },
    others: 0,
    end: "",
  },
} as const satisfies Record<string, CopyFile>;

/** JSON, Markdown and INSERT statements: the same text as on the clipboard. */
export function copiedFormat(copied: CopyFile): FileFormat {
  return {
    needsUniqueNames: copied.needsUniqueNames,
    write: (exporting, file) =>
      TextFile.write(file, async (text) => {
        const format = formatOf(exporting, copied.format);
        await text.add(format.head);
        await addRows(exporting, text, copied.format, (cells) =>
          format.row(cells),
        );
        await text.add(`${format.tail()}${copied.end}`);
        return [];
      }),
    count: async (_, file) =>
      (await countRows(file, copied.marks)) - copied.others,
  };
}

/** A JSON value a line, without anything around it. */
export const ndjsonFormat: FileFormat = {
  needsUniqueNames: true,
  write: (exporting, file) =>
    TextFile.write(file, async (text) => {
      const format = formatOf(exporting, "json");
      await addRows(exporting, text, "json", (cells) => {
        const row = format.row(cells);
        return `${row.slice(row.indexOf("\n") + 1).trimStart()}\n`;
      });
      return [];
    }),
  count: (_, file) => countRows(file, { quotes: "", indent: 0 }),
};

function formatOf(
  { columns, names, options }: Exporting,
  format: CopyFormatName,
): RowFormat {
  const named = columns.map((column, index) => ({
    ...copiedColumn(column),
    name: names[index] ?? column.name,
  }));
  return copyFormat(format, named, options);
}

async function addRows(
  { task, ordered, columns, progress }: Exporting,
  text: TextFile,
  format: CopyFormatName,
  write: (cells: readonly Cell[]) => string,
): Promise<void> {
  const batches = cellBatches(task, ordered, columns, format);
  for await (const { rows, to } of batches) {
    await text.add(rows.map(write).join(""));
    progress(to);
  }
}
