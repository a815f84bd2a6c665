import type { ResultColumn } from "../../core/results/result";
import type { ChartData, ChartSpec, RowsRef } from "../../protocol/results";
import { button, make, setText } from "../dom";
import { LatestTask, whyFailed } from "../latestTask";
import type { ResultApi } from "../resultCalls";
import "./chart.css";
import { chartColors } from "./chartColors";
import { ChartControls } from "./chartControls";
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
    this.element.append(
      make("div", "chart-bar", this.#controls.element, this.#buttons()),
      this.#state,
      this.#area,
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

  #buttons(): HTMLElement {
    const save = (format: ChartPicture["format"]) => () => {
      const chart = this.#chart;
      if (chart === null) return;
      const content = format === "png" ? chart.png() : chart.svg();
      this.listener.save({ format, content });
    };
    return make(
      "div",
      "chart-buttons",
      button("button secondary", "Save as PNG", save("png")),
      button("button secondary", "Save as SVG", save("svg")),
      button("button secondary", "Show Rows", () => {
        this.listener.close();
      }),
    );
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
    const isEmpty = made.data.series.every(({ points }) => points.length === 0);
    setText(this.#state, isEmpty ? "There is nothing to draw." : "");
    setText(this.#notes, made.data.notes.join(" "));
    this.#area.hidden = isEmpty;
    this.#area.setAttribute("aria-label", summary(made));
    if (this.#chart === null) this.#chart = drawing.openChart(this.#area, made);
    else this.#chart.draw(made);
    this.#chart.resize();
  }

  #draw(): void {
    const made = this.#drawing();
    if (made !== null) this.#chart?.draw(made);
  }

  #drawing(): ChartDrawing | null {
    if (this.#data === null) return null;
    const { spec } = this.#controls;
    const name = (column: number | undefined): string =>
      this.subject.columns[column ?? -1]?.name ?? "";
    const counts = spec.kind === "histogram" || spec.aggregate === "count";
    return {
      spec,
      data: this.#data,
      xName: name(spec.x),
      yName: counts ? "rows" : spec.y.map(name).join(", "),
      colors: chartColors(this.element),
    };
  }

  #fail(error: unknown): void {
    this.#area.hidden = true;
    const why = whyFailed(error);
    setText(this.#state, `The chart could not be made. ${why}`);
  }
}

/** What the picture shows, for who cannot see it. */
function summary({ spec, data, xName, yName }: ChartDrawing): string {
  const points = data.series.reduce((sum, each) => sum + each.points.length, 0);
  const series =
    data.series.length > 1 ? ` in ${data.series.length} series` : "";
  return `${spec.kind} chart of ${yName} by ${xName}: ${points} points${series}`;
}
