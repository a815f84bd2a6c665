import type { Cell } from "../result";
import type { RowFormat } from "./rowFormat";

/** Collects whole rows until the text would be longer than a limit. */
export class CopyText {
  readonly #parts: string[] = [];
  #length: number;
  #rows = 0;
  #isFull = false;

  constructor(
    private readonly format: RowFormat,
    private readonly limit: number,
  ) {
    this.#parts.push(format.head);
    this.#length = format.head.length;
  }

  /** True when a row had no more place: no later one is taken either. */
  get isFull(): boolean {
    return this.#isFull;
  }

  /** Adds the rows that there is place for. */
  add(rows: readonly (readonly Cell[])[]): void {
    let part = "";
    for (const row of this.#isFull ? [] : rows) {
      const text = this.format.row(row);
      if (this.#length + text.length > this.limit) {
        this.#isFull = true;
        break;
      }
      part += text;
      this.#length += text.length;
      this.#rows += 1;
    }
    this.#parts.push(part);
  }

  /** The text, and how many rows it has. */
  finish(): { readonly text: string; readonly rows: number } {
    return {
      text: `${this.#parts.join("")}${this.format.tail()}`,
      rows: this.#rows,
    };
  }
}
