import type { ResultColumn } from "../../core/results/result";
import type { ChartSpec } from "../../protocol/results";
import { make, setText } from "../dom";

const kinds: Readonly<Record<ChartSpec["kind"], string>> = {
  bar: "Bar",
  line: "Line",
  area: "Area",
  scatter: "Scatter",
  histogram: "Histogram",
};

const aggregates: Readonly<Record<ChartSpec["aggregate"], string>> = {
  count: "Number of rows",
  sum: "Sum",
  avg: "Average",
  min: "Least",
  max: "Greatest",
  none: "Each row",
};

/** What a chart is made of, as fields that the user changes. */
export class ChartControls {
  readonly element = make("div", "chart-controls");
  readonly #kind = choice(kinds);
  readonly #x = document.createElement("select");
  readonly #y = make("details", "chart-columns");
  readonly #aggregate = choice(aggregates);
  readonly #series = document.createElement("select");
  #spec: ChartSpec;

  constructor(
    private readonly columns: readonly ResultColumn[],
    spec: ChartSpec,
    private readonly onChange: (spec: ChartSpec) => void,
  ) {
    this.#spec = spec;
    const options = columns.map((_, index) =>
      option(String(index), this.#name(index)),
    );
    this.#x.append(...options);
    this.#series.append(
      option("", "None"),
      ...columns.map((_, index) => option(String(index), this.#name(index))),
    );
    this.element.append(
      field("Chart", this.#kind),
      field("X axis", this.#x),
      this.#y,
      field("Aggregate", this.#aggregate),
      field("Series", this.#series),
    );
    this.#listen();
    this.#show();
  }

  get spec(): ChartSpec {
    return this.#spec;
  }

  /** The name of a column as it is offered: an unnamed one by its place. */
  #name(index: number): string {
    const name = this.columns[index]?.name ?? "";
    return name === "" ? `Column ${index + 1}` : name;
  }

  #listen(): void {
    this.#kind.addEventListener("change", () => {
      const kind = this.#kind.value as ChartSpec["kind"];
      this.#change({ kind, ...(kind === "histogram" ? { series: null } : {}) });
    });
    this.#x.addEventListener("change", () => {
      this.#change({ x: Number(this.#x.value) });
    });
    this.#aggregate.addEventListener("change", () => {
      this.#change({
        aggregate: this.#aggregate.value as ChartSpec["aggregate"],
      });
    });
    this.#series.addEventListener("change", () => {
      const { value } = this.#series;
      this.#change({ series: value === "" ? null : Number(value) });
    });
    this.#y.addEventListener("change", () => {
      const checked =
        this.#y.querySelectorAll<HTMLInputElement>("input:checked");
      this.#change({ y: Array.from(checked, ({ value }) => Number(value)) });
    });
    this.#y.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.#y.open) return;
      event.stopPropagation();
      this.#y.open = false;
      this.#y.querySelector("summary")?.focus();
    });
  }

  #change(change: Partial<ChartSpec>): void {
    this.#spec = { ...this.#spec, ...change };
    this.#show();
    this.onChange(this.#spec);
  }

  #show(): void {
    const { kind, x, y, aggregate, series } = this.#spec;
    const counts = kind === "histogram" || aggregate === "count";
    this.#kind.value = kind;
    this.#x.value = String(x);
    this.#aggregate.value = aggregate;
    this.#aggregate.disabled = kind === "histogram" || kind === "scatter";
    this.#series.value = series === null ? "" : String(series);
    this.#series.disabled = kind === "histogram";
    this.#y.hidden = counts;
    const names = y.map((index) => this.#name(index)).join(", ");
    const summary = make(
      "summary",
      "",
      `Y axis: ${names === "" ? "none" : names}`,
    );
    const list = make("div", "chart-column-list");
    for (const index of this.columns.keys()) {
      const box = document.createElement("input");
      box.type = "checkbox";
      box.value = String(index);
      box.checked = y.includes(index);
      list.append(make("label", "", box, this.#name(index)));
    }
    this.#keepFocus(() => {
      this.#y.replaceChildren(summary, list);
    });
  }

  /** The list is built anew while one of its boxes has the focus. */
  #keepFocus(build: () => void): void {
    const active = document.activeElement;
    const value =
      active instanceof HTMLInputElement && this.#y.contains(active)
        ? active.value
        : null;
    build();
    if (value === null) return;
    this.#y.querySelector<HTMLInputElement>(`input[value="${value}"]`)?.focus();
  }
}

function choice(names: Readonly<Record<string, string>>): HTMLSelectElement {
  const select = document.createElement("select");
  select.append(
    ...Object.entries(names).map(([value, text]) => option(value, text)),
  );
  return select;
}

function option(value: string, text: string): HTMLOptionElement {
  const made = document.createElement("option");
  made.value = value;
  setText(made, text);
  return made;
}

function field(name: string, control: HTMLElement): HTMLElement {
  control.setAttribute("aria-label", name);
  return make("label", "chart-field", make("span", "", name), control);
}
