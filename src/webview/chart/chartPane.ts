import type { ResultColumn } from "../../core/results/result";
import type { ChartData, ChartSpec, RowsRef } from "../../protocol/results";
import { button, make, setAttributes, setText } from "../dom";
import { columnName } from "../filter/filterTexts";
import { LatestTask, whyFailed } from "../latestTask";
import type { ResultApi } from "../resultCalls";
import "./chart.css";
import { chartColors } from "./chartColors";
import { ChartControls } from "./chartControls";
import { chartTable } from "./chartTable";
import type { DrawnChart } from "./chartDrawing";
import type { ChartDrawing } from "./chartOption";

/** A picture that the user wants to keep. */
export interface ChartPicture {
  readonly format: "png" | "svg";
  /** Base64 of a PNG, or the text of an SVG. */
  readonly content: string;
}

/** What the pane asks of the page. */
export interface ChartListener {
  save(picture: ChartPicture): void;
  close(): void;
}

/** Reads the code that draws: a bundle of its own. */
export type LoadDrawing = () => Promise<typeof import("./chartDrawing")>;

/** What is drawn, and of which rows. */
export interface ChartSubject {
  readonly rows: RowsRef;
  readonly columns: readonly ResultColumn[];
  readonly spec: ChartSpec;
}

/** A chart of a result in place of its rows, with the fields that it is made of. */
export class ChartPane {
  readonly element = make("section", "chart-pane");
  readonly #controls: ChartControls;
  readonly #area = make("div", "chart-area");
  readonly #table = make("div", "chart-data");
  readonly #saves: readonly HTMLButtonElement[];
  readonly #asTable: HTMLButtonElement;
  readonly #notes = make("p", "chart-notes dim");
  readonly #state = make("p", "chart-state");
  readonly #resized = new ResizeObserver(() => this.#chart?.resize());
  readonly #themed = new MutationObserver(() => {
    this.#draw();
  });
  #chart: DrawnChart | null = null;
  #data: ChartData | null = null;
  readonly #task: LatestTask;

  constructor(
    private readonly api: ResultApi,
    private readonly subject: ChartSubject,
    private readonly load: LoadDrawing,
    private readonly listener: ChartListener,
  ) {
    this.#controls = new ChartControls(subject.columns, subject.spec, () => {
      void this.#ask();
    });
    this.#task = new LatestTask(api);
    this.element.setAttribute("aria-label", "Chart");
    this.#state.setAttribute("role", "status");
    this.#area.setAttribute("role", "img");
    this.#table.tabIndex = 0;
    this.#table.setAttribute("role", "region");
    this.#table.setAttribute("aria-label", "Data of the chart");
    this.#table.hidden = true;
    this.#saves = [this.#saving("png"), this.#saving("svg")];
    this.#asTable = button("button secondary", "Show Data", () => {
      this.#toggleTable();
    });
    const rows = button("button secondary", "Show Rows", () => {
      listener.close();
    });
    const buttons = make(
      "div",
      "chart-buttons",
      ...this.#saves,
      this.#asTable,
      rows,
    );
    this.element.append(
      make("div", "chart-bar", this.#controls.element, buttons),
      this.#state,
      this.#area,
      this.#table,
      this.#notes,
    );
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") listener.close();
    });
    this.#resized.observe(this.#area);
    this.#themed.observe(document.body, {
      attributes: true,
      attributeFilter: ["class"],
    });
    void this.#ask();
  }

  /** What it is made of now. */
  get spec(): ChartSpec {
    return this.#controls.spec;
  }

  /** Puts the focus into the first field. */
  focus(): void {
    this.#controls.element.querySelector("select")?.focus();
  }

  /** Ends what it waits for and lets go of the picture. */
  dispose(): void {
    this.#task.end();
    this.#resized.disconnect();
    this.#themed.disconnect();
    this.#chart?.dispose();
    this.element.remove();
  }

  #saving(format: ChartPicture["format"]): HTMLButtonElement {
    return button("button secondary", `Save as ${format.toUpperCase()}`, () => {
      const chart = this.#chart;
      if (chart === null) return;
      const content = format === "png" ? chart.png() : chart.svg();
      this.listener.save({ format, content });
    });
  }

  /** The picture, or the numbers that it is drawn from. */
  #toggleTable(): void {
    const isTable = this.#table.hidden;
    this.#table.hidden = !isTable;
    this.#asTable.setAttribute("aria-pressed", String(isTable));
    this.#refresh();
    if (isTable) this.#table.focus();
  }

  /** Asks the engine for what is drawn; only the newest answer counts. */
  async #ask(): Promise<void> {
    setText(this.#state, "Asking the engine for the chart…");
    const { rows } = this.subject;
    const chart = this.#controls.spec;
    try {
      const asked = await this.#task.ask((taskId) =>
        Promise.all([
          this.api.call("chartData", { taskId, ...rows, chart }),
          this.load(),
        ]),
      );
      if (asked === undefined) return;
      const [data, drawing] = asked;
      this.#data = data;
      this.#show(drawing);
    } catch (error) {
      this.#fail(error);
    }
  }

  #show(drawing: typeof import("./chartDrawing")): void {
    const made = this.#drawing();
    if (made === null) return;
    this.#refresh();
    this.#chart ??= drawing.openChart(this.#area, made);
    this.#draw();
    this.#chart.resize();
  }

  /** Shows what there is: the picture or its numbers, or that there is none. */
  #refresh(): void {
    const made = this.#drawing();
    const isEmpty =
      made?.data.series.every(({ points }) => points.length === 0) ?? true;
    for (const save of this.#saves) save.disabled = isEmpty;
    this.#asTable.disabled = isEmpty;
    this.#area.hidden = isEmpty || !this.#table.hidden;
    if (made === null) return;
    setText(this.#state, isEmpty ? nothing : "");
    setText(this.#notes, made.data.notes.join(" "));
    setAttributes(this.#area, { "aria-label": summary(made) });
    this.#table.replaceChildren(
      ...(isEmpty || this.#table.hidden ? [] : chartTable(made)),
    );
  }

  #draw(): void {
    const made = this.#drawing();
    if (made !== null) this.#chart?.draw(made);
  }

  #drawing(): ChartDrawing | null {
    if (this.#data === null) return null;
    const { spec } = this.#controls;
    const name = (column: number | undefined): string =>
      columnName(this.subject.columns, column ?? -1);
    return {
      spec,
      data: this.#data,
      xName: name(spec.x),
      yName: valueName(spec, name),
      colors: chartColors(this.element),
    };
  }

  #fail(error: unknown): void {
    this.#data = null;
    this.#table.replaceChildren();
    this.#refresh();
    const why = whyFailed(error);
    setText(this.#state, `The chart could not be made. ${why}`);
  }
}

const nothing =
  "There is nothing to draw: the columns have no values in these rows. Choose others above.";

/** What the vertical axis measures: not the column alone, when its values were put together. */
function valueName(spec: ChartSpec, name: (column: number) => string): string {
  if (spec.kind === "histogram" || spec.aggregate === "count") return "rows";
  const names = spec.y.map(name).join(", ");
  return spec.aggregate === "none" || spec.kind === "scatter"
    ? names
    : `${aggregateWords[spec.aggregate]} ${names}`;
}

const aggregateWords = {
  sum: "sum of",
  avg: "average of",
  min: "least",
  max: "greatest",
} as const;

/** What the picture shows, for who cannot see it. */
function summary({ spec, data, xName, yName }: ChartDrawing): string {
  const points = data.series.reduce((sum, each) => sum + each.points.length, 0);
  const series =
    data.series.length > 1 ? ` in ${data.series.length} series` : "";
  return `${spec.kind} chart of ${yName} by ${xName}: ${points} points${series}`;
}
