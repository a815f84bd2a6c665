import { isNumericType } from "../../core/results/formatType";
import type { ResultColumn } from "../../core/results/result";
import type { ResultApi } from "../resultCalls";
import { ColumnArrangement } from "./columnArrangement";
import { ColumnLayout, contentWidth } from "./columnLayout";
import { ResultView } from "./resultView";
import type { RowStore } from "./rowStore";
import type { GridSize, Selection } from "./selection";
import { selectCell } from "./selection";

/** One column as the grid shows it. */
export interface GridColumn extends ResultColumn {
  /** Its place in the result, from 0, wherever it is shown. */
  readonly place: number;
  readonly numeric: boolean;
}

/** Everything about one result that survives when another one is shown meanwhile. */
export interface GridModel {
  /** All of the result's columns, as they came. */
  columns: readonly GridColumn[];
  readonly arrangement: ColumnArrangement;
  readonly rows: RowStore;
  readonly view: ResultView;
  /** Says what the rows are, for a screen reader. */
  label: string;
  /** The session's time zone, in which times with a zone are shown; null when it is not known. */
  timeZone: string | null;
  /** Widths by content of all columns; null until they have been measured. */
  contentWidths: readonly number[] | null;
  /** Widths came from rows, not from the header alone. */
  measuredRows: boolean;
  /** The columns shown, in their order, and where they are: made by `layOutColumns`. */
  shown: readonly GridColumn[];
  layout: ColumnLayout | null;
  /** In rows as shown, and positions of columns as shown. */
  selection: Selection | null;
  /** Position of the column whose header the keyboard is on; null when it is among the cells. */
  header: number | null;
  /** Logical position in pixels. */
  top: number;
  left: number;
}

/** A model at its first row. */
export function newGridModel(
  columns: readonly ResultColumn[],
  rows: RowStore,
  label: string,
  api: ResultApi,
): GridModel {
  const model: GridModel = {
    columns: gridColumns(columns),
    arrangement: new ColumnArrangement(columns.length),
    rows,
    view: new ResultView(api, rows),
    label,
    timeZone: null,
    contentWidths: null,
    measuredRows: false,
    shown: [],
    layout: null,
    selection: null,
    header: null,
    top: 0,
    left: 0,
  };
  model.view.onRowsReplaced(() => {
    startOver(model);
  });
  return model;
}

/** Takes what has become known of the result since: what is not exact, and the zone of its times. */
export function describeResult(
  model: GridModel,
  columns: readonly ResultColumn[],
  timeZone: string | null,
): void {
  model.timeZone = timeZone;
  const isSame = columns.every(
    ({ inexact, caution }, place) =>
      model.columns[place]?.inexact === inexact &&
      model.columns[place]?.caution === caution,
  );
  if (isSame) return;
  model.columns = gridColumns(columns);
  if (model.layout !== null) layOutColumns(model);
}

function gridColumns(columns: readonly ResultColumn[]): readonly GridColumn[] {
  return columns.map((column, place) => ({
    ...column,
    place,
    numeric: isNumericType(column.type),
  }));
}

/** Puts the columns shown where their order and widths have them. */
export function layOutColumns(model: GridModel): ColumnLayout {
  const { arrangement, columns, contentWidths } = model;
  const widths = arrangement.shown.map(
    (place) =>
      arrangement.width(place) ??
      contentWidth((contentWidths?.[place] ?? 0) + badgeRoom(columns[place])),
  );
  model.shown = arrangement.shown.flatMap((place) => columns[place] ?? []);
  model.layout = new ColumnLayout(widths);
  return model.layout;
}

/** Pixels for the mark of a column that may not be exact, which becomes known after the first rows. */
function badgeRoom(column: GridColumn | undefined): number {
  return (column?.inexact ?? column?.caution) === undefined ? 0 : 22;
}

/** Changes the arrangement; the keyboard stays at the column where it was, wherever that is now. */
export function arrangeColumns(
  model: GridModel,
  change: (arrangement: ColumnArrangement) => void,
): void {
  const { arrangement, selection } = model;
  const before = arrangement.shown;
  change(arrangement);
  const last = arrangement.shown.length - 1;
  const moved = (position: number): number => {
    const now = arrangement.positionOf(before[position] ?? -1);
    return now >= 0 ? now : Math.min(position, last);
  };
  if (model.header !== null) model.header = moved(model.header);
  if (selection !== null) {
    const { kind, anchor, focus } = selection;
    const isBlock = kind === "cells" && anchor.column !== focus.column;
    const to = { ...focus, column: moved(focus.column) };
    model.selection = isBlock
      ? selectCell(to)
      : {
          kind,
          focus: to,
          anchor: { ...anchor, column: moved(anchor.column) },
        };
  }
  layOutColumns(model);
}

/** Rows and columns that are shown. */
export function sizeOf(model: GridModel): GridSize {
  return { rows: model.rows.rowCount, columns: model.shown.length };
}

/** Other rows: none of those selected is where it was. */
function startOver(model: GridModel): void {
  model.top = 0;
  const { selection } = model;
  if (selection === null) return;
  const { kind, anchor, focus } = selection;
  const first = { row: 0, column: focus.column };
  model.selection =
    kind === "columns" || kind === "all"
      ? { kind, anchor: { ...anchor, row: 0 }, focus: first }
      : selectCell(first);
}
