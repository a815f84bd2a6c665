import type { PageRows } from "../../protocol/panel";
import type { CellArea } from "../../protocol/results";
import type { GridModel } from "../grid/gridModel";

/** Tells the host which rows are shown and selected, when that has changed: it is asked while rows are scrolled, too. */
export class PageRowsTold {
  #last: PageRows | null = null;

  constructor(private readonly post: (rows: PageRows | null) => void) {}

  /** These rows are shown now, and this of them is selected. */
  tell(model: GridModel | null, selection: CellArea | null): void {
    const rows = model === null ? null : pageRows(model, selection);
    if (isSame(rows, this.#last)) return;
    this.#last = rows;
    this.post(rows);
  }
}

function pageRows(
  { rows, arrangement }: GridModel,
  selection: CellArea | null,
): PageRows {
  const { resultId, viewId, rowCount } = rows;
  return {
    resultId,
    viewId,
    viewRows: viewId === null ? null : rowCount,
    columns: arrangement.shown,
    selection,
  };
}

function isSame(a: PageRows | null, b: PageRows | null): boolean {
  if (a === null || b === null) return a === b;
  return (
    a.resultId === b.resultId &&
    a.viewId === b.viewId &&
    a.viewRows === b.viewRows &&
    areSame(a.columns, b.columns) &&
    isSameArea(a.selection, b.selection)
  );
}

function isSameArea(a: CellArea | null, b: CellArea | null): boolean {
  if (a === null || b === null) return a === b;
  return (
    a.fromRow === b.fromRow &&
    a.toRow === b.toRow &&
    areSame(a.columns, b.columns)
  );
}

function areSame(a: readonly number[], b: readonly number[]): boolean {
  return (
    a === b || (a.length === b.length && a.every((each, at) => each === b[at]))
  );
}
