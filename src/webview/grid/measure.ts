import { visibleText } from "../../core/results/formatText";
import type { GridColumn } from "./gridModel";
import type { RowStore } from "./rowStore";

/** Rows that decide a column's width, at most, and cells looked at in all. */
const sampleRows = 256;
const sampleCells = 40_000;
/** Padding, border and the grip at the right, in pixels. */
const extraWidth = 22;
/** Text beyond this is wider than any column by content. */
const longEnough = 80;

/** Widths of texts in the grid's two fonts. */
export class TextMeasure {
  readonly #context = document.createElement("canvas").getContext("2d");

  /** Content widths of the columns by their header and the rows that are here. */
  columnWidths(
    columns: readonly GridColumn[],
    rows: RowStore,
    cellFont: string,
    headerFont: string,
  ): number[] {
    const count = Math.min(
      rows.rowCount,
      sampleRows,
      Math.max(8, Math.floor(sampleCells / Math.max(1, columns.length))),
    );
    return columns.map((column, index) => {
      const header = Math.max(
        this.#width(column.name, headerFont),
        this.#width(column.type, headerFont) * 0.9,
      );
      const longest = longestText(rows, index, count);
      return Math.max(header, this.#width(longest, cellFont)) + extraWidth;
    });
  }

  #width(text: string, font: string): number {
    if (this.#context === null) return text.length * 8;
    this.#context.font = font;
    return this.#context.measureText(text).width;
  }
}

function longestText(rows: RowStore, column: number, count: number): string {
  let longest = "NULL";
  for (let index = 0; index < count; index += 1) {
    const cell = rows.row(index)?.[column];
    if (typeof cell === "string" && cell.length > longest.length)
      longest = cell;
    if (longest.length > longEnough) break;
  }
  return visibleText(longest, longEnough);
}
