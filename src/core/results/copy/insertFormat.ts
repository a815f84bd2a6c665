import { identifierText } from "../../sql/identifierText";
import { literalWriter } from "./sqlLiteral";
import type { CopiedColumn } from "./copiedColumn";
import type { CopyOptions, RowFormat } from "./rowFormat";
import { uniqueNames } from "../uniqueNames";

/** Rows of one statement: servers and editors do not like much longer ones. */
const rowsPerStatement = 500;

/** `INSERT` statements with several rows each, a row a line; without headers they have no list of columns. */
export function insertFormat(
  columns: readonly CopiedColumn[],
  { headers, table }: CopyOptions,
): RowFormat {
  const { names } = uniqueNames(columns.map(({ name }) => name));
  const list = headers ? ` (${names.map(identifierText).join(", ")})` : "";
  const begin = `INSERT INTO ${tableText(table)}${list} VALUES\n  `;
  const writers = columns.map(literalWriter);
  let count = 0;
  return {
    head: "",
    row: (cells) => {
      const values = writers.map((write, at) => write(cells[at] ?? null));
      const isNew = count % rowsPerStatement === 0;
      const before = !isNew ? ",\n  " : count === 0 ? begin : `;\n${begin}`;
      count += 1;
      return `${before}(${values.join(", ")})`;
    },
    tail: () => (count === 0 ? "" : ";\n"),
  };
}

/** A table's name as it was given, when it is SQL already (`schema.table`, `"A b"`); else as an identifier. */
function tableText(table: string): string {
  const part = String.raw`(?:[A-Za-z_][A-Za-z0-9_]*|"(?:[^"]|"")+")`;
  const isSql = new RegExp(String.raw`^${part}(?:\.${part})*$`).test(table);
  const isPlain = /^\w*$/.test(table);
  if (table === "") {
    return "table_name";
  }
  return isSql && !isPlain ? table : identifierText(table);
}
