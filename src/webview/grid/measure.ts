import { visibleText } from "../../core/results/formatText";
import type { GridColumn } from "./gridModel";
import type { RowStore } from "./rowStore";
import { typeText } from "./typeText";

/** Rows that decide a column's width, at most, and cells looked at in all. */
const sampleRows = 256;
const sampleCells = 40_000;
/** Padding, border and the grip at the right, in pixels. */
const extraWidth = 22;
/** Room for the mark of a sort beside a column's name. */
const markWidth = 18;
/** Letters of which one is a font's widest. */
const wideLetters = ["W", "M", "@", "%", "m", "w", "#", "&"];
/** Text beyond this is wider than any column by content. */
const longEnough = 80;
/** Text beyond this is wider than any column may be. */
const fitCharacters = 600;

/** Fonts of the cells and of the names of columns, as CSS writes them. */
export interface GridFonts {
  readonly cell: string;
  readonly header: string;
}

/** Widths of texts in the grid's two fonts. */
export class TextMeasure {
  readonly #context = document.createElement("canvas").getContext("2d");

  /** Content widths of the columns by their header and the rows that are here. */
  columnWidths(
    columns: readonly GridColumn[],
    rows: RowStore,
    fonts: GridFonts,
    timeZone: string | null,
  ): number[] {
    const count = Math.min(
      rows.rowCount,
      sampleRows,
      Math.max(8, Math.floor(sampleCells / Math.max(1, columns.length))),
    );
    return columns.map((column) => {
      const longest = longestText(rows, column.place, 0, count, longEnough);
      return this.#widest(column, longest, fonts, timeZone);
    });
  }

  /** Width of one column by its header and the rows around those in sight. */
  fit(
    column: GridColumn,
    rows: RowStore,
    fromRow: number,
    fonts: GridFonts,
    timeZone: string | null,
  ): number {
    const from = Math.max(0, fromRow - sampleRows / 2);
    const to = Math.min(rows.rowCount, from + sampleRows);
    const longest = longestText(rows, column.place, from, to, fitCharacters);
    return Math.ceil(this.#widest(column, longest, fonts, timeZone));
  }

  /** Width of a font's widest letter; without a canvas no text is known to fit. */
  widestLetter(font: string): number {
    if (this.#context === null) return Infinity;
    return Math.max(...wideLetters.map((letter) => this.#width(letter, font)));
  }

  #widest(
    { name, type }: GridColumn,
    longest: string,
    fonts: GridFonts,
    timeZone: string | null,
  ): number {
    const header = Math.max(
      this.#width(name, fonts.header) + markWidth,
      this.#width(typeText(type, timeZone), fonts.header) * 0.9,
    );
    return Math.max(header, this.#width(longest, fonts.cell)) + extraWidth;
  }

  #width(text: string, font: string): number {
    if (this.#context === null) return text.length * 8;
    this.#context.font = font;
    return this.#context.measureText(text).width;
  }
}

function longestText(
  rows: RowStore,
  column: number,
  from: number,
  to: number,
  limit: number,
): string {
  let longest = "NULL";
  for (let index = from; index < to; index += 1) {
    const cell = rows.row(index)?.[column];
    if (typeof cell === "string" && cell.length > longest.length)
      longest = cell;
    if (longest.length > limit) break;
  }
  return visibleText(longest, limit);
}
