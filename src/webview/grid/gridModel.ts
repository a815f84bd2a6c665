import { isNumericType } from "../../core/results/formatType";
import type { ResultColumn } from "../../core/results/result";
import type { ColumnLayout } from "./columnLayout";
import type { RowStore } from "./rowStore";
import type { Selection } from "./selection";

/** One column as the grid shows it. */
export interface GridColumn extends ResultColumn {
  readonly numeric: boolean;
}

/** Everything about one result that survives when another one is shown meanwhile. */
export interface GridModel {
  readonly columns: readonly GridColumn[];
  readonly rows: RowStore;
  /** Says what the rows are, for a screen reader. */
  label: string;
  /** Null until the first rows gave the widths. */
  layout: ColumnLayout | null;
  /** Widths came from rows, not from the header alone. */
  measuredRows: boolean;
  selection: Selection | null;
  /** Logical position in pixels. */
  top: number;
  left: number;
}

/** A model at its first row. */
export function newGridModel(
  columns: readonly ResultColumn[],
  rows: RowStore,
  label: string,
): GridModel {
  return {
    columns: columns.map(({ name, type }) => ({
      name,
      type,
      numeric: isNumericType(type),
    })),
    rows,
    label,
    layout: null,
    measuredRows: false,
    selection: null,
    top: 0,
    left: 0,
  };
}
