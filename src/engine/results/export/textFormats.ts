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
import { tellRows, type Exporting, type FileFormat } from "./fileFormat";
import { cellBatches } from "./cellBatches";
import { guardedHeaders, guardNote } from "./guardNotes";
import { rowBatches, type RowRange } from "./rowBatches";
import { TextFile } from "./textFile";

/** CSV and TSV: DuckDB makes the lines. */
export function delimitedFormat(delimiter: "," | "\t"): FileFormat {
  const marks: RowMarks = { quotes: '"', indent: 0 };
  return {
    needsUniqueNames: false,
    ...withoutLook(async (exporting, file) => {
      const { columns, options } = exporting;
      const { headers, guardFormulas } = options;
      const how = { delimiter, guardFormulas };
      const count = await TextFile.write(file, async (text) => {
        if (headers) {
          const names = columns.map(({ name }) =>
            guardFormulas ? guardedName(name) : name,
          );
          await text.add(`${delimitedLine(names, how)}\n`);
        }
        const parts = inParts(columns).map((some) => ({
          sql: delimitedSql(some, how),
          counted: guardFormulas
            ? some.filter(canBeFormula).map((one) => isFormulaSql(one.text))
            : [],
        }));
        return addLines(exporting, text, {
          parts,
          start: "",
          between: delimiter,
          end: "",
        });
      });
      return guardNote(count + guardedHeaders(exporting));
    }),
    count: async ({ task, options }, file) =>
      (await countRows(task, file, marks)) - (options.headers ? 1 : 0),
  };
}

/** A format that holds whatever there is. */
function withoutLook(
  write: (exporting: Exporting, file: string) => Promise<readonly string[]>,
): Pick<FileFormat, "examining" | "examine"> {
  return {
    examining: 0,
    examine: () => Promise.resolve({ notes: [], write }),
  };
}

/** A row's line in parts, with what is around them and between. */
interface LineParts {
  readonly parts: readonly LinePart[];
  readonly start: string;
  readonly between: string;
  readonly end: string;
}

/** What DuckDB makes of some columns of a row. */
interface LinePart {
  readonly sql: string;
  /** Conditions; counted is how often they are true. */
  readonly counted: readonly string[];
}

/** Columns that a statement makes lines of: how long DuckDB thinks about one grows with their square (measured). */
const columnsTogether = 32;

/** Columns in the parts in which lines are made of them. */
export function inParts<T>(columns: readonly T[]): T[][] {
  const parts: T[][] = [];
  for (let at = 0; at < columns.length; at += columnsTogether) {
    parts.push(columns.slice(at, at + columnsTogether));
  }
  return parts;
}

/** Writes what DuckDB makes of each row, a line each. Answers how often a condition was true. */
export async function addLines(
  exporting: Exporting,
  text: Pick<TextFile, "add">,
  line: LineParts,
): Promise<number> {
  const { task, ordered, columns } = exporting;
  const { parts } = line;
  const [first] = parts;
  let sum = 0;
  for await (const range of rowBatches(task, ordered, columns, parts.length)) {
    const made =
      first !== undefined && parts.length === 1
        ? await wholeLines(exporting, range, { ...line, part: first })
        : await joinedLines(exporting, range, line);
    await text.add(made.text);
    sum += made.count;
    tellRows(exporting, range.to);
  }
  return sum;
}

/** Lines of some rows, and how often conditions are true in them. */
interface Lines {
  readonly text: string;
  readonly count: number;
}

/** DuckDB puts the lines together, too. */
async function wholeLines(
  { task, ordered }: Exporting,
  { from, to }: RowRange,
  { part, start, end }: Omit<LineParts, "parts"> & { readonly part: LinePart },
): Promise<Lines> {
  const [row] = await task.connection.rows(
    `SELECT string_agg(line, chr(10) ORDER BY pos), sum(n)::VARCHAR FROM ` +
      `(SELECT pos, concat('${start}', ${part.sql}, '${end}') AS line, ${countSql(part)} AS n FROM ${ordered.from} WHERE pos >= ${from} AND pos < ${to})`,
  );
  return { text: `${row?.[0] ?? ""}\n`, count: Number(row?.[1] ?? 0) };
}

async function joinedLines(
  { task, ordered }: Exporting,
  { from, to }: RowRange,
  { parts, start, between, end }: LineParts,
): Promise<Lines> {
  const lines = Array.from({ length: to - from }, (): string[] => []);
  let count = 0;
  for (const part of parts) {
    const made = await task.connection.rows(
      `SELECT ${part.sql}, (${countSql(part)})::VARCHAR FROM ${ordered.from} WHERE pos >= ${from} AND pos < ${to} ORDER BY pos`,
    );
    made.forEach(([text, n], row) => {
      lines[row]?.push(text ?? "");
      count += Number(n);
    });
    task.check();
  }
  const text = lines
    .map((cells) => `${start}${cells.join(between)}${end}\n`)
    .join("");
  return { text, count };
}

function countSql({ counted }: LinePart): string {
  const truths = counted.map((condition) => `(${condition})::INTEGER`);
  return truths.length === 0
    ? "0"
    : `coalesce(list_sum([${truths.join(", ")}]), 0)`;
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
    ...withoutLook((exporting, file) =>
      TextFile.write(file, async (text) => {
        const format = formatOf(exporting, copied.format);
        await text.add(format.head);
        await addRows(exporting, text, copied.format, (cells) =>
          format.row(cells),
        );
        await text.add(`${format.tail()}${copied.end}`);
        return [];
      }),
    ),
    count: async ({ task }, file) =>
      (await countRows(task, file, copied.marks)) - copied.others,
  };
}

/** A JSON value a line, without anything around it. */
export const ndjsonFormat: FileFormat = {
  needsUniqueNames: true,
  ...withoutLook((exporting, file) =>
    TextFile.write(file, async (text) => {
      const format = formatOf(exporting, "json");
      await addRows(exporting, text, "json", (cells) => {
        const row = format.row(cells);
        return `${row.slice(row.indexOf("\n") + 1).trimStart()}\n`;
      });
      return [];
    }),
  ),
  count: ({ task }, file) => countRows(task, file, { quotes: "", indent: 0 }),
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
  exporting: Exporting,
  text: TextFile,
  format: CopyFormatName,
  write: (cells: readonly Cell[]) => string,
): Promise<void> {
  const { task, ordered, columns } = exporting;
  const batches = cellBatches(task, ordered, columns, format);
  for await (const { rows, to } of batches) {
    await text.add(rows.map(write).join(""));
    tellRows(exporting, to);
  }
}
