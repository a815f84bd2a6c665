import { visibleText } from "../../core/results/formatText";
import type { Cell } from "../../core/results/result";
import type { RowsRef, ValueCount } from "../../protocol/results";
import { make, setText } from "../dom";
import { LatestTask, whyFailed } from "../latestTask";
import type { ResultApi } from "../resultCalls";
import { count, counted } from "../texts";
import { valueText } from "./filterTexts";

/** Values that are listed at a time; a search finds the others. */
const listed = 200;
/** Typing is looked for after a pause of so many milliseconds. */
const pauseMs = 150;

/** A column's values with how often they occur, to be chosen among. */
export class ValueList {
  readonly element = make("div", "value-list");
  readonly #search = document.createElement("input");
  readonly #state = make("p", "dim value-state");
  readonly #list = make("div", "value-items");
  /** Chosen values by their text; NULL by a key that no text has. */
  readonly #chosen = new Map<string, Cell>();
  readonly #task: LatestTask;
  #timer: number | null = null;

  constructor(
    private readonly api: ResultApi,
    private readonly rows: RowsRef,
    private readonly column: number,
  ) {
    this.#task = new LatestTask(api);
    this.#search.type = "search";
    this.#search.placeholder = "Search values";
    this.#search.setAttribute("aria-label", "Search values");
    this.#state.setAttribute("role", "status");
    this.#search.addEventListener("input", () => {
      if (this.#timer !== null) window.clearTimeout(this.#timer);
      this.#timer = window.setTimeout(() => {
        this.load();
      }, pauseMs);
    });
    this.element.append(this.#search, this.#state, this.#list);
  }

  /** What is ticked, also what a search does not list now. */
  get chosen(): readonly Cell[] {
    return [...this.#chosen.values()];
  }

  /** Asks the engine for the values. */
  load(): void {
    void this.#load();
  }

  /** Ends what it waits for. */
  dispose(): void {
    if (this.#timer !== null) window.clearTimeout(this.#timer);
    this.#task.end();
  }

  async #load(): Promise<void> {
    setText(this.#state, "Counting values…");
    try {
      const found = await this.#task.ask((taskId) =>
        this.api.call("distinctValues", {
          taskId,
          ...this.rows,
          column: this.column,
          containing: this.#search.value,
          limit: listed,
        }),
      );
      if (found === undefined) return;
      const { values, distinct } = found;
      const isSearch = this.#search.value !== "";
      const all = counted(distinct, "different value");
      const first = `the ${count(values.length)} most frequent`;
      setText(
        this.#state,
        values.length === 0
          ? "No such value"
          : isSearch || values.length >= distinct
            ? `${count(values.length)} of ${all}`
            : `${all}, ${first} listed`,
      );
      this.#list.replaceChildren(...values.map((each) => this.#item(each)));
    } catch (error) {
      const why = whyFailed(error);
      setText(this.#state, `The values could not be counted. ${why}`);
    }
  }

  #item({ value, count: times }: ValueCount): HTMLElement {
    const key = value === null ? "null" : `=${value}`;
    const box = document.createElement("input");
    box.type = "checkbox";
    box.checked = this.#chosen.has(key);
    box.addEventListener("change", () => {
      if (box.checked) this.#chosen.set(key, value);
      else this.#chosen.delete(key);
    });
    const className = value === null || value === "" ? "value dim" : "value";
    return make(
      "label",
      "value-item",
      box,
      make("span", className, visibleText(valueText(value), 200)),
      make("span", "value-count dim", count(times)),
    );
  }
}
