import type { ResultColumn } from "../../core/results/result";
import type { ResultFilter } from "../../core/results/view";
import { button, make, rebuild, setAttributes } from "../dom";
import "./filter.css";
import { filterText } from "./filterTexts";

/** What is filtered, as the bar needs it. */
export interface FilterTarget {
  readonly columns: readonly ResultColumn[];
  /** What was asked for last. */
  readonly filters: readonly ResultFilter[];
  setFilters(filters: readonly ResultFilter[]): void;
}

/** The filters of a result, each of which can be taken away, and a field for a condition in SQL. */
export class FilterBar {
  readonly element = make("div", "filter-bar");
  readonly #chips = make("div", "filter-chips");
  readonly #form = make("form", "filter-form");
  readonly #field = document.createElement("input");
  #target: FilterTarget | null = null;
  #isAsked = false;
  #tried = "";

  /** `onLeave` takes the keyboard back to the rows. */
  constructor(private readonly onLeave: () => void) {
    setAttributes(this.element, { role: "group", "aria-label": "Filters" });
    this.#field.type = "text";
    this.#field.spellcheck = false;
    this.#field.placeholder =
      "A condition in SQL, such as price > 100 AND name LIKE 'A%'";
    this.#field.setAttribute("aria-label", "Condition that rows have to meet");
    const apply = make("button", "button secondary", "Filter");
    this.#form.append(this.#field, apply);
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#apply();
    });
    this.element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      this.#isAsked = false;
      this.#draw();
      this.onLeave();
    });
    this.element.append(this.#chips, this.#form);
    this.#draw();
  }

  /** Shows the filters of a result; null for none. */
  update(target: FilterTarget | null): void {
    this.#target = target;
    this.#draw();
  }

  /** Opens the field for a condition. */
  ask(): void {
    this.#isAsked = true;
    // What was tried last and did not come to be a filter can be mended.
    if (!this.#hasTried()) this.#field.value = this.#tried;
    this.#draw();
    this.#field.focus();
    this.#field.select();
  }

  #apply(): void {
    const sql = this.#field.value.trim();
    const target = this.#target;
    if (target === null || sql === "") return;
    this.#tried = sql;
    target.setFilters([...target.filters, { kind: "expression", sql }]);
    this.#field.value = "";
    this.#isAsked = false;
    this.#draw();
    this.onLeave();
  }

  #hasTried(): boolean {
    const filters = this.#target?.filters ?? [];
    return filters.some(
      (filter) => filter.kind === "expression" && filter.sql === this.#tried,
    );
  }

  #draw(): void {
    const filters = this.#target?.filters ?? [];
    this.element.hidden =
      this.#target === null || (filters.length === 0 && !this.#isAsked);
    this.#form.hidden = !this.#isAsked;
    rebuild(this.#chips, JSON.stringify(filters), () => this.#views(filters));
  }

  #views(filters: readonly ResultFilter[]): HTMLElement[] {
    if (filters.length === 0) return [];
    const columns = this.#target?.columns ?? [];
    const chips = filters.map((filter, index) => {
      const text = filterText(filter, columns);
      const remove = button(
        "filter-remove",
        "✕",
        () => {
          this.#remove(index);
        },
        `Remove the filter ${text}`,
      );
      const chip = make(
        "span",
        "filter-chip",
        make("span", "filter-text", text),
        remove,
      );
      setAttributes(chip, { title: text });
      return chip;
    });
    const clear = button("link-button", "Clear Filters", () => {
      this.#target?.setFilters([]);
      this.onLeave();
    });
    return [...chips, clear];
  }

  #remove(index: number): void {
    const target = this.#target;
    if (target === null) return;
    target.setFilters(target.filters.filter((_, at) => at !== index));
    this.onLeave();
  }
}
