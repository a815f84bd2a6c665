import type { ColumnLayout } from "./columnLayout";
import type { GridModel } from "./gridModel";
import { layOutColumns } from "./gridModel";
import type { GridFonts } from "./measure";
import { TextMeasure } from "./measure";

/** Gives columns the widths of what is in them. */
export class ColumnFit {
  readonly #measure = new TextMeasure();

  /** `cells` is an element in the cells' font. */
  constructor(private readonly cells: HTMLElement) {}

  /** The model's layout, measured when it has not been, and once more by the first rows. */
  layoutOf(model: GridModel): ColumnLayout {
    const { columns, rows } = model;
    const hasRows = rows.row(0) !== null;
    const done = model.measuredRows || !hasRows;
    if (model.layout !== null && done) return model.layout;
    model.contentWidths = this.#measure.columnWidths(
      columns,
      rows,
      this.#fonts(),
      zoneOf(model),
    );
    model.measuredRows = hasRows;
    return layOutColumns(model);
  }

  /** Makes a column as wide as its name and the rows from `fromRow` on need. */
  fit(model: GridModel, position: number, fromRow: number): void {
    const column = model.shown[position];
    if (column === undefined) return;
    const fonts = this.#fonts();
    const zone = zoneOf(model);
    const width = this.#measure.fit(column, model.rows, fromRow, fonts, zone);
    model.arrangement.resize(column.place, width);
    layOutColumns(model);
  }

  /** Width of the widest letter of the cells. */
  get letterWidth(): number {
    return this.#measure.widestLetter(this.#fonts().cell);
  }

  #fonts(): GridFonts {
    return {
      cell: getComputedStyle(this.cells).font,
      header: `600 ${getComputedStyle(document.body).font}`,
    };
  }
}

/** The zone in which the header says that times are shown. */
function zoneOf({ rows, timeZone }: GridModel): string | null {
  return rows.timeZone ?? timeZone;
}
