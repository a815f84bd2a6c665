import type { Cell, ResultColumn } from "../../core/results/result";
import type { Comparison, ResultFilter } from "../../core/results/view";
import type { RowsRef } from "../../protocol/results";
import { button, make, setAttributes, setText } from "../dom";
import type { ResultApi } from "../resultCalls";
import "./filter.css";
import { columnName, comparisons } from "./filterTexts";
import { ValueList } from "./valueList";

/** A column whose filter is chosen. */
export interface FilterSubject {
  readonly rows: RowsRef;
  readonly columns: readonly ResultColumn[];
  readonly column: number;
  /** Called with what was chosen; null takes the column's filters away. */
  readonly apply: (filter: ResultFilter | null) => void;
  /** Called when the box has gone. */
  readonly closed: () => void;
}

/** A dialog that chooses what of a column is shown: by a comparison, or by its values. */
export class FilterBox {
  readonly element = make("div", "filter-box");
  readonly #comparison = document.createElement("select");
  readonly #value = document.createElement("input");
  readonly #matchCase = document.createElement("input");
  readonly #list: ValueList;

  constructor(
    api: ResultApi,
    private readonly subject: FilterSubject,
  ) {
    const name = columnName(subject.columns, subject.column);
    setAttributes(this.element, {
      role: "dialog",
      "aria-label": `Filter ${name}`,
    });
    this.#list = new ValueList(api, subject.rows, subject.column);
    this.#comparison.setAttribute("aria-label", "Comparison");
    for (const [value, text] of Object.entries(comparisons)) {
      this.#comparison.append(option(value, text));
    }
    this.#comparison.append(
      option("null", "is NULL"),
      option("notNull", "is not NULL"),
    );
    this.#value.type = "text";
    this.#value.setAttribute("aria-label", "Value to compare with");
    this.#matchCase.type = "checkbox";
    this.#comparison.addEventListener("change", () => {
      this.#value.disabled = /null/i.test(this.#comparison.value);
    });
    this.element.append(this.#compareForm(name), this.#valuesForm());
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        event.preventDefault();
        event.stopPropagation();
        this.close();
      }
    });
    this.element.addEventListener("focusout", ({ relatedTarget }) => {
      const isInside =
        relatedTarget instanceof Node && this.element.contains(relatedTarget);
      if (!isInside && relatedTarget !== null) this.close();
    });
  }

  /** Shows the box in an element, at a place in its pixels, and puts the keyboard into it. */
  open(parent: HTMLElement, left: number): void {
    parent.append(this.element);
    const most = Math.max(0, parent.clientWidth - this.element.offsetWidth - 8);
    this.element.style.left = `${Math.min(Math.max(8, left), most)}px`;
    this.#value.focus();
    this.#list.load();
  }

  /** Takes it away. */
  close(): void {
    if (!this.element.isConnected) return;
    this.#list.dispose();
    this.element.remove();
    this.subject.closed();
  }

  #compareForm(name: string): HTMLElement {
    const form = make(
      "form",
      "filter-compare",
      make("span", "filter-name", name),
      this.#comparison,
      this.#value,
      make("label", "", this.#matchCase, "Match case"),
      make("button", "button", "Filter"),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#done(this.#compared());
    });
    return form;
  }

  #valuesForm(): HTMLElement {
    const choose = (exclude: boolean) => () => {
      const values = this.#list.chosen;
      if (values.length > 0) this.#done(this.#valued(values, exclude));
    };
    return make(
      "div",
      "filter-values",
      this.#list.element,
      make(
        "div",
        "filter-buttons",
        button("button", "Show Only These", choose(false)),
        button("button secondary", "Hide These", choose(true)),
        button("button secondary", "Clear", () => {
          this.#done(null);
        }),
      ),
    );
  }

  #compared(): ResultFilter {
    const { column } = this.subject;
    const { value: comparison } = this.#comparison;
    if (/null/i.test(comparison)) {
      return { kind: "null", column, isNull: comparison === "null" };
    }
    return {
      kind: "compare",
      column,
      comparison: comparison as Comparison,
      value: this.#value.value,
      matchCase: this.#matchCase.checked,
    };
  }

  #valued(values: readonly Cell[], exclude: boolean): ResultFilter {
    return { kind: "values", column: this.subject.column, values, exclude };
  }

  #done(filter: ResultFilter | null): void {
    this.subject.apply(filter);
    this.close();
  }
}

function option(value: string, text: string): HTMLOptionElement {
  const made = document.createElement("option");
  made.value = value;
  setText(made, text);
  return made;
}
