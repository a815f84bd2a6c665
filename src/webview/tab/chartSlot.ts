import { chooseChart } from "../../core/results/chartChoice";
import { ChartPane } from "../chart/chartPane";
import { loadDrawing } from "../chart/loadDrawing";
import { make } from "../dom";
import type { GridModel } from "../grid/gridModel";
import type { ChartSpec } from "../../protocol/results";
import type { RowsServices } from "./rowsServices";

/** The place of the rows, in which a chart of them can stand. */
export class ChartSlot {
  readonly element = make("div", "chart-slot");
  #pane: ChartPane | null = null;
  #model: GridModel | null = null;
  /** What charts were made of, by result: they are so when they are opened again. */
  readonly #specs = new WeakMap<GridModel, ChartSpec>();

  constructor(
    private readonly services: RowsServices,
    private readonly rows: HTMLElement,
    private readonly leave: () => void,
  ) {
    this.element.hidden = true;
  }

  /** Another result is shown, or none: its rows, until a chart is asked for. */
  show(model: GridModel | null): void {
    this.#close();
    this.#model = model;
  }

  /** Other rows than before: the chart is of those. */
  rowsReplaced(): void {
    if (this.#pane !== null) this.#draw(null);
  }

  /** Draws a chart and puts the keyboard into it; `column` is the one that it has to be about. */
  open(column: number | null): void {
    this.#draw(column);
    this.#pane?.focus();
  }

  #draw(column: number | null): void {
    const model = this.#model;
    if (model === null) return;
    const kept = column === null ? this.#specs.get(model) : undefined;
    const spec = kept ?? chartOf(model, column);
    this.#close();
    const { resultId, viewId } = model.rows;
    const rows = { resultId, viewId };
    const pane = new ChartPane(
      this.services.api,
      { rows, columns: model.columns, spec },
      loadDrawing,
      {
        save: (picture) => {
          this.services.savePicture(picture);
        },
        close: () => {
          this.#close();
          this.leave();
        },
      },
    );
    this.#pane = pane;
    this.element.append(pane.element);
    this.#show(true);
  }

  #close(): void {
    if (this.#pane !== null && this.#model !== null) {
      this.#specs.set(this.#model, this.#pane.spec);
    }
    this.#pane?.dispose();
    this.#pane = null;
    this.#show(false);
  }

  /** The rows keep their place behind the chart: what they measured stays right. */
  #show(isChart: boolean): void {
    this.element.hidden = !isChart;
    this.rows.classList.toggle("behind-chart", isChart);
  }
}

/** Rows that tell what the values of a column are like. */
const someRows = 256;

/** The chart that is sensible for these columns, or for one of them. */
function chartOf(
  { columns, rows }: Pick<GridModel, "columns" | "rows">,
  column: number | null,
): ChartSpec {
  const known = Array.from({ length: someRows }, (_, row) => rows.row(row));
  const whole = chooseChart(
    columns,
    known.filter((row) => row !== null),
  );
  const isAbout =
    column === null || whole?.x === column || whole?.y.includes(column);
  if (whole !== null && isAbout === true) return whole;
  const x = column ?? 0;
  const only = chooseChart(columns.slice(x, x + 1));
  return { ...(only ?? countedValues), x };
}

/** Any values can be counted. */
const countedValues: ChartSpec = {
  kind: "bar",
  x: 0,
  y: [],
  aggregate: "count",
  series: null,
  limit: 5_000,
};
