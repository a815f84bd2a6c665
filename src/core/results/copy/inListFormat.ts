import type { Cell } from "../result";
import type { CopiedColumn } from "./copiedColumn";
import type { RowFormat } from "./rowFormat";
import { literalWriter } from "./sqlLiteral";

const valuesPerLine = 20;

/**
 * What stands behind `IN`: each value once, as they first come, without NULL, which is in no list and makes `NOT IN`
 * find nothing. Several columns make rows, of which those with a NULL are left out. A list of nothing is `(NULL)`.
 */
export function inListFormat(columns: readonly CopiedColumn[]): RowFormat {
  const writers = columns.map(literalWriter);
  const written = new Set<string>();
  return {
    head: "(",
    row: (cells) => {
      if (writers.some((_, at) => isNull(cells[at]))) {
        return "";
      }
      const literals = writers.map((write, at) => write(cells[at] ?? null));
      const value =
        literals.length === 1 ? literals.join("") : `(${literals.join(", ")})`;
      if (written.has(value)) {
        return "";
      }
      const separator = separatorAfter(written.size);
      written.add(value);
      return `${separator}${value}`;
    },
    tail: () => (written.size === 0 ? "NULL)" : ")"),
  };
}

function separatorAfter(count: number): string {
  if (count === 0) {
    return "";
  }
  return count % valuesPerLine === 0 ? ",\n " : ", ";
}

function isNull(cell: Cell | undefined): boolean {
  return cell === null || cell === undefined;
}
