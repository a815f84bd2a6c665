import type { CellPosition, GridSize, Selection } from "./selection";

/** What is done with the column that the keyboard is on. */
export type ColumnKey =
  | "menu"
  | "moveLeft"
  | "moveRight"
  | "narrower"
  | "wider"
  | "sort"
  | "addSort"
  | "clearSort";

/** What a key asks of the grid. */
export type GridAction =
  | { readonly kind: "select"; readonly selection: Selection }
  | { readonly kind: "copy"; readonly headers: boolean }
  /** The keyboard goes to a column's header; `selection` is what is selected then. */
  | {
      readonly kind: "header";
      readonly column: number;
      readonly selection: Selection | null;
    }
  /** The keyboard comes back from the header. */
  | { readonly kind: "cells" }
  | { readonly kind: "column"; readonly key: ColumnKey }
  | { readonly kind: "open" }
  | { readonly kind: "jump" };

/** The parts of a keyboard event that count. */
export interface GridKey {
  readonly key: string;
  readonly shiftKey: boolean;
  /** Control, or Command on a Mac. */
  readonly modKey: boolean;
  readonly altKey: boolean;
}

/** Where the keyboard stands. */
export interface GridSituation {
  readonly size: GridSize;
  readonly selection: Selection | null;
  /** Column whose header the keyboard is on; null when it is among the cells. */
  readonly header: number | null;
  /** Rows that fit the view: what PageUp and PageDown move by. */
  readonly pageRows: number;
  /** First visible cell: where the keyboard starts without a selection. */
  readonly origin: CellPosition;
}
