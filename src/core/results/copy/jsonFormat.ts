import type { Cell } from "../result";
import { hasExactJson, type CopiedColumn } from "./copiedColumn";
import type { CopyOptions, RowFormat } from "./rowFormat";
import { uniqueNames } from "../uniqueNames";

/**
 * An array with an object for each row, or without headers an array for each. Numbers keep their digits and stay bare,
 * whatever their size; NaN and infinities, which JSON does not have, are their texts. JSON stays JSON; values of other
 * types are the texts that are shown. Cells of columns with `hasExactJson` are expected as JSON. A row a line.
 */
export function jsonFormat(
  columns: readonly CopiedColumn[],
  { headers }: CopyOptions,
): RowFormat {
  const { names } = uniqueNames(columns.map(({ name }) => name));
  const keys = names.map((name) => JSON.stringify(name));
  const writers = columns.map(valueWriter);
  let isFirst = true;
  return {
    head: "[",
    row: (cells) => {
      const separator = isFirst ? "\n  " : ",\n  ";
      isFirst = false;
      const values = writers.map((write, at) => write(cells[at] ?? null));
      return headers
        ? `${separator}{${values.map((value, at) => `${keys[at] ?? ""}: ${value}`).join(", ")}}`
        : `${separator}[${values.join(", ")}]`;
    },
    tail: () => (isFirst ? "]" : "\n]"),
  };
}

function valueWriter(column: CopiedColumn): (cell: Cell) => string {
  const write = writerOf(column);
  return (cell) => (cell === null ? "null" : write(cell));
}

function writerOf(column: CopiedColumn): (text: string) => string {
  switch (column.kind) {
    case "number":
      return (text) => jsonNumber(text) ?? JSON.stringify(text);
    case "boolean":
      return (text) => booleans.get(text.toLowerCase()) ?? JSON.stringify(text);
    case "json":
      return jsonOrText;
    case "other":
      return hasExactJson(column) ? jsonOrText : JSON.stringify;
    default:
      return JSON.stringify;
  }
}

const booleans = new Map([
  ["t", "true"],
  ["true", "true"],
  ["f", "false"],
  ["false", "false"],
]);

/** A number as JSON writes it, digit for digit; undefined for what is none there. */
function jsonNumber(text: string): string | undefined {
  // DuckDB writes no zero before the point where a DECIMAL has no place for one.
  const whole = text.replace(/^(-?)\./, "$10.");
  return /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(whole)
    ? whole
    : undefined;
}

/** JSON as it stands, on one line; what cannot be read as JSON is a text. */
function jsonOrText(text: string): string {
  try {
    JSON.parse(text);
  } catch {
    return JSON.stringify(text);
  }
  // A line break in valid JSON is between its parts: in a text it would be escaped.
  return text.replace(/[\r\n]+/g, " ").trim();
}
