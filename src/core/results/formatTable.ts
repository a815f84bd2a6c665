import { displayWidth, fitWidth } from "./displayWidth";
import { visibleText } from "./formatText";
import { isNumericType } from "./formatType";
import type { Cell, ResultColumn } from "./result";

/** Places that a column takes at most; the last one, with nothing after it to keep in line, may take more. */
const maxWidth = 60;
const maxLastWidth = 200;
/** Lines of one cell that are shown. */
const maxLines = 200;

/**
 * A result as a table like psql's, row by row: widths come from the first rows, so that later rows need not be known.
 * Control characters become visible signs; a cell of several lines goes over several lines.
 */
export class TextTable {
  readonly #columns: readonly {
    readonly width: number;
    readonly limit: number;
    readonly numeric: boolean;
  }[];

  constructor(
    private readonly columns: readonly ResultColumn[],
    sample: readonly (readonly Cell[])[],
  ) {
    this.#columns = columns.map(({ name, type }, index) => {
      const limit = index === columns.length - 1 ? maxLastWidth : maxWidth;
      const texts = sample.flatMap((cells) =>
        linesOf(cells[index] ?? null, limit),
      );
      texts.push(fitWidth(visibleText(name, limit * 2), limit));
      const width = texts.reduce(
        (widest, text) => Math.max(widest, displayWidth(text)),
        0,
      );
      return { width, limit, numeric: isNumericType(type) };
    });
  }

  /** The header and the line below it. */
  header(): string {
    const names = this.columns.map(({ name }, index) => {
      const { width = 0, limit = maxWidth } = this.#columns[index] ?? {};
      const text = fitWidth(visibleText(name, limit * 2), limit);
      const left = Math.floor((width - displayWidth(text)) / 2);
      return pad(`${" ".repeat(Math.max(0, left))}${text}`, width, false);
    });
    const rules = this.#columns.map(({ width }) => "-".repeat(width + 2));
    return `${line(names)}${rules.join("+")}\n`;
  }

  /** One row: one line, or as many as its longest cell has. */
  row(cells: readonly Cell[]): string {
    const parts = this.#columns.map(({ limit }, index) =>
      linesOf(cells[index] ?? null, limit),
    );
    const height = Math.max(1, ...parts.map(({ length }) => length));
    let text = "";
    for (let at = 0; at < height; at += 1) {
      text += line(
        this.#columns.map(({ width, numeric }, index) =>
          pad(parts[index]?.[at] ?? "", width, numeric),
        ),
      );
    }
    return text;
  }
}

function linesOf(cell: Cell, limit: number): string[] {
  if (cell === null) return ["NULL"];
  if (!cell.includes("\n"))
    return [fitWidth(visibleText(cell, limit * 2), limit)];
  const lines = cell.slice(0, maxLines * maxLastWidth).split(/\r?\n/);
  const shown = lines
    .slice(0, maxLines)
    .map((each) => fitWidth(visibleText(each, limit * 2), limit));
  return lines.length > maxLines ? [...shown, "…"] : shown;
}

function pad(text: string, width: number, right: boolean): string {
  const space = " ".repeat(Math.max(0, width - displayWidth(text)));
  return right ? `${space}${text}` : `${text}${space}`;
}

function line(cells: readonly string[]): string {
  return `${cells
    .map((cell) => ` ${cell} `)
    .join("|")
    .trimEnd()}\n`;
}
