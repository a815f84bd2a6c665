/** Extension host or results panel ⇄ engine process: what differs between two results. Rows and columns count from 0. */

/** One of two results that are compared. */
export type ComparedSide = "left" | "right";

/** Columns of two results that belong together, by their places. */
export interface ColumnPair {
  readonly left: number;
  readonly right: number;
  /** The types differ, or their values have no equality of their own: the shown texts are compared. */
  readonly asText: boolean;
}

/** What differs between two results, over all rows meant. */
export interface Comparison {
  readonly compareId: string;
  /** Columns that were compared; others are in one of the results only. */
  readonly columns: readonly ColumnPair[];
  /** Of these, the columns by which rows were paired; null for by their places. */
  readonly key: readonly ColumnPair[] | null;
  /** Rows that were compared. */
  readonly leftRows: number;
  readonly rightRows: number;
  readonly onlyLeft: number;
  readonly onlyRight: number;
  /** Rows that are in both and have other values. */
  readonly different: number;
  /** Rows with the key of a row before them in the same result: such ones are paired in their order. */
  readonly repeated: number;
}

/** A place at which results differ: a row of one of them or both, and in both the cells that differ. */
export interface Difference {
  readonly left: number | null;
  readonly right: number | null;
  /** Null where the row is in one of the results only. */
  readonly cell: ColumnPair | null;
  /** Which of the differing rows it is, from 1. */
  readonly ordinal: number;
}

/** Requests about a comparison that was made. */
export interface DifferenceRequests {
  /** Host → engine: the nearest difference after or before a place of one side, around the end; null without any. */
  nextDifference: {
    params: {
      readonly compareId: string;
      readonly side: ComparedSide;
      /** A row of that side, or where it is null of the other. */
      readonly row: number | null;
      readonly other: number | null;
      /** A column of that side; -1 for before the first. */
      readonly column: number;
      readonly forward: boolean;
    };
    result: Difference | null;
  };
  /** Host → engine: what differs in some rows of one side; null columns for a row that only this side has. */
  differencesIn: {
    params: {
      readonly compareId: string;
      readonly side: ComparedSide;
      readonly fromRow: number;
      readonly toRow: number;
    };
    result: readonly {
      readonly row: number;
      readonly columns: readonly number[] | null;
    }[];
  };
  /** Host → engine: a comparison is over. */
  closeComparison: { params: { readonly compareId: string }; result: null };
}
