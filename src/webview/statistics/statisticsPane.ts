import { visibleText } from "../../core/results/formatText";
import type { ResultColumn } from "../../core/results/result";
import type { ColumnStatistics, RowsRef } from "../../protocol/results";
import { button, make, setText } from "../dom";
import { columnName, valueText } from "../filter/filterTexts";
import { LatestTask, whyFailed } from "../latestTask";
import type { ResultApi } from "../resultCalls";
import { count, counted } from "../texts";
import "./statistics.css";

/** A column of rows that are shown. */
export interface StatisticsSubject {
  readonly rows: RowsRef;
  readonly columns: readonly ResultColumn[];
  readonly column: number;
}

/** Facts about a column's values, asked of the engine over all rows, and what they look like. */
export class StatisticsPane {
  readonly element = make("aside", "statistics-pane");
  readonly #title = make("h2", "cell-title");
  readonly #state = make("p", "statistics-state dim");
  readonly #body = make("div", "statistics-body");
  readonly #task: LatestTask;
  #subject: StatisticsSubject | null = null;

  constructor(
    private readonly api: ResultApi,
    onClose: () => void,
  ) {
    this.#task = new LatestTask(api);
    this.element.setAttribute("aria-label", "Column statistics");
    this.#state.setAttribute("role", "status");
    this.#body.tabIndex = 0;
    this.element.append(
      make(
        "header",
        "cell-header",
        this.#title,
        button("button secondary", "Close", onClose),
      ),
      this.#state,
      this.#body,
    );
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") onClose();
    });
  }

  /** Asks for a column and shows it; what is still counted for another one is given up. */
  async show(subject: StatisticsSubject): Promise<void> {
    const { rows, columns, column } = subject;
    this.dispose();
    this.#subject = subject;
    const type = columns[column]?.type ?? "";
    setText(this.#title, `${columnName(columns, column)} · ${type}`);
    this.#body.replaceChildren();
    setText(this.#state, "Counting…");
    try {
      const found = await this.#task.ask(
        (taskId) =>
          this.api.call("columnStatistics", { taskId, ...rows, column }),
        {
          onProgress: ({ rows: done }) => {
            setText(this.#state, `Counting, ${counted(done, "row")} so far…`);
          },
        },
      );
      if (found === undefined) return;
      setText(this.#state, `Over ${counted(found.rows, "row")}`);
      this.#body.replaceChildren(...views(found));
    } catch (error) {
      const why = whyFailed(error);
      setText(this.#state, `The statistics could not be made. ${why}`);
    }
  }

  /** Other rows are shown than before: the facts are of those. */
  rowsReplaced(rows: RowsRef): void {
    if (!this.element.isConnected || this.#subject === null) return;
    void this.show({ ...this.#subject, rows });
  }

  /** Puts the keyboard onto the facts. */
  focus(): void {
    this.#body.focus();
  }

  /** Ends what it waits for. */
  dispose(): void {
    this.#task.end();
  }
}

function views(found: ColumnStatistics): HTMLElement[] {
  return [facts(found), ...histogram(found), ...top(found)];
}

function facts(found: ColumnStatistics): HTMLElement {
  const share = (part: number): string =>
    found.rows === 0 ? "" : ` (${((100 * part) / found.rows).toFixed(1)} %)`;
  const list: (readonly [string, string | null])[] = [
    ["NULL", `${count(found.nulls)}${share(found.nulls)}`],
    ["Different values", count(found.distinct)],
    ["Least", found.min],
    ...found.quantiles.map(
      ({ at, value }) =>
        [at === 0.5 ? "Median" : `${100 * at} %`, value] as const,
    ),
    ["Greatest", found.max],
    ["Mean", found.mean],
    ["Standard deviation", found.deviation],
  ];
  const entries = list.flatMap(([name, value]) => {
    if (value === null) return [];
    const shown = make("dd", "", visibleText(value, 200));
    shown.title = visibleText(value, 4_000);
    return [make("dt", "dim", name), shown];
  });
  return make("dl", "statistics-facts", ...entries);
}

function histogram({
  histogram: bins,
  outside,
}: ColumnStatistics): HTMLElement[] {
  if (bins.length === 0) return [];
  const most = Math.max(...bins.map((bin) => bin.count));
  const rows = bins.map((bin, index) => {
    const last = index === bins.length - 1;
    const range = `${bin.from} to ${last ? "" : "under "}${bin.to}`;
    return bar(bin.from, bin.count, most, range);
  });
  const note =
    outside === 0
      ? []
      : [
          make(
            "p",
            "dim",
            `${counted(outside, "value")} not in any range (NaN, infinity).`,
          ),
        ];
  return [section("Distribution", rows), ...note];
}

function top({ top: values }: ColumnStatistics): HTMLElement[] {
  if (values.length === 0) return [];
  const most = Math.max(...values.map((value) => value.count));
  const rows = values.map(({ value, count: times }) =>
    bar(valueText(value), times, most, valueText(value)),
  );
  return [section("Most frequent", rows)];
}

function section(title: string, rows: readonly HTMLElement[]): HTMLElement {
  return make(
    "section",
    "",
    make("h3", "statistics-heading", title),
    make("ul", "statistics-bars", ...rows),
  );
}

/** A bar is decoration: the number beside it says the same. */
function bar(
  label: string,
  value: number,
  most: number,
  title: string,
): HTMLElement {
  const fill = make("span", "statistics-fill");
  fill.style.width = `${most === 0 ? 0 : (100 * value) / most}%`;
  const track = make("span", "statistics-track", fill);
  track.setAttribute("aria-hidden", "true");
  const row = make(
    "li",
    "",
    make("span", "statistics-label", visibleText(label, 100)),
    track,
    make("span", "statistics-count", count(value)),
  );
  row.title = visibleText(title, 400);
  return row;
}
