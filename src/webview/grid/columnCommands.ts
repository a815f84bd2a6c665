import type { GridModel } from "./gridModel";
import { arrangeColumns, layOutColumns } from "./gridModel";
import type { GridViewport } from "./gridViewport";
import { cycleSort, setKey } from "./resultView";
import { rangeOf } from "./selection";

/** Consecutive positions; `to` is exclusive. */
export interface ColumnBlock {
  readonly from: number;
  readonly to: number;
}

/** What can be done with columns, by their positions among those shown. */
export class ColumnCommands {
  constructor(
    private readonly viewport: GridViewport,
    /** The selection or the columns changed. */
    private readonly onChanged: () => void,
  ) {}

  /** The columns that are selected as a whole with this one, or it alone. */
  block(position: number): ColumnBlock {
    const selection = this.viewport.model?.selection;
    if (selection?.kind === "columns") {
      const size = { rows: 0, columns: Infinity };
      const { fromColumn, toColumn } = rangeOf(selection, size);
      if (position >= fromColumn && position < toColumn) {
        return { from: fromColumn, to: toColumn };
      }
    }
    return { from: position, to: position + 1 };
  }

  /** Sorts by a column in turn ascending, descending and not; `add` keeps the other keys. */
  cycleSort(position: number, add: boolean): void {
    this.#withColumn(position, ({ view }, place) => {
      view.setSort(cycleSort(view.wanted.sort, place, add));
    });
  }

  /** Sorts by a column in a direction; null takes it out of the keys. */
  sort(position: number, descending: boolean | null, add: boolean): void {
    this.#withColumn(position, ({ view }, place) => {
      view.setSort(setKey(view.wanted.sort, place, descending, add));
    });
  }

  /** The rows as they came. */
  clearSort(): void {
    this.viewport.model?.view.setSort([]);
  }

  /** Moves columns in front of a position. */
  move({ from, to }: ColumnBlock, gap: number): void {
    this.#arrange((model) => {
      arrangeColumns(model, (columns) => {
        columns.move(from, to, gap);
      });
    });
  }

  /** Moves columns by one place. */
  shift(position: number, by: -1 | 1): void {
    const block = this.block(position);
    const last = this.viewport.model?.shown.length ?? 0;
    if (by < 0 ? block.from === 0 : block.to >= last) return;
    this.move(block, by < 0 ? block.from - 1 : block.to + 1);
    this.viewport.reveal(null, by < 0 ? block.from - 1 : block.to);
  }

  /** Makes a column so many pixels wide. */
  resize(position: number, width: number): void {
    this.#withColumn(position, (model, place) => {
      model.arrangement.resize(place, width);
      layOutColumns(model);
      this.viewport.refresh();
      this.onChanged();
    });
  }

  /** Makes a column wider by so many pixels. */
  widen(position: number, by: number): void {
    const width = this.viewport.model?.layout?.width(position) ?? 0;
    this.resize(position, width + by);
    this.viewport.reveal(null, position);
  }

  /** Makes a column as wide as what is in it. */
  fit(position: number): void {
    this.viewport.fitColumn(position);
    this.onChanged();
  }

  /** Takes columns out of sight. */
  hide({ from, to }: ColumnBlock): void {
    this.#arrange((model) => {
      arrangeColumns(model, (columns) => {
        columns.hide(columns.shown.slice(from, to));
      });
    });
  }

  /** Shows one hidden column by its place in the result, or all of them. */
  show(place?: number): void {
    this.#arrange((model) => {
      arrangeColumns(model, (columns) => {
        columns.show(place);
      });
    });
  }

  /** Keeps the columns up to a position at the left; 0 lets all of them pass. */
  freeze(count: number): void {
    this.#arrange((model) => {
      model.arrangement.freeze(count);
    });
  }

  /** All columns as they came. */
  reset(): void {
    this.#arrange((model) => {
      arrangeColumns(model, (columns) => {
        columns.reset();
      });
    });
  }

  #arrange(change: (model: GridModel) => void): void {
    const { model } = this.viewport;
    if (model === null) return;
    change(model);
    this.viewport.refresh();
    this.onChanged();
  }

  #withColumn(
    position: number,
    use: (model: GridModel, place: number) => void,
  ): void {
    const { model } = this.viewport;
    const place = model?.shown[position]?.place;
    if (model !== null && place !== undefined) use(model, place);
  }
}
