import type { Cell } from "../../core/results/result";

/** What the rows that the page holds may take, over all results: far less than what would be felt in the editor. */
const defaultBytes = 8_000_000;
/** A text's own bytes beside its characters, and those of its place in the row. */
const textBytes = 16;
const placeBytes = 4;

/** Rows that are held until room is needed. */
export interface HeldPage {
  readonly bytes: number;
  /** Whether these rows are to stay whatever they take: they are shown. */
  isWanted(): boolean;
  /** Gives the rows up. */
  drop(): void;
}

/** Keeps the rows of all results, also of those in tabs behind, within one budget: the least recently wanted ones go. */
export class PageBudget {
  readonly #held = new Set<HeldPage>();
  #bytes = 0;

  constructor(private readonly limit = defaultBytes) {}

  /** Takes a page in, and gives up others for it. */
  hold(page: HeldPage): void {
    this.#held.add(page);
    this.#bytes += page.bytes;
    for (const old of this.#held) {
      if (this.#bytes <= this.limit) return;
      if (old === page || old.isWanted()) continue;
      this.release(old);
      old.drop();
    }
  }

  /** The page was wanted again. */
  touch(page: HeldPage): void {
    if (this.#held.delete(page)) this.#held.add(page);
  }

  /** The page's rows are not held any more. */
  release(page: HeldPage): void {
    if (this.#held.delete(page)) this.#bytes -= page.bytes;
  }
}

/** What rows take in memory, roughly; a character counts as two bytes. */
export function bytesOf(rows: readonly (readonly Cell[])[]): number {
  let bytes = 0;
  for (const row of rows) {
    bytes += row.length * placeBytes;
    for (const cell of row) {
      if (cell !== null) bytes += textBytes + 2 * cell.length;
    }
  }
  return bytes;
}
