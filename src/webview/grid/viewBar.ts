import { button, make, rebuild, setAttributes } from "../dom";
import { icon } from "../icons";
import { count, counted } from "../texts";
import type { ColumnCommands } from "./columnCommands";
import type { GridModel } from "./gridModel";
import type { ResultView, ViewOrder } from "./resultView";

/** Sort keys that are told by name. */
const toldKeys = 3;

/** The line under the rows that says how they differ from the result as it came, and what is being done about it. */
export class ViewBar {
  readonly element = make("div", "view-bar");
  readonly #mark = make("span", "view-mark");
  readonly #said = make("div", "view-said");
  readonly #buttons = make("div", "view-buttons");

  constructor(
    private readonly columns: ColumnCommands,
    private readonly returnTo: HTMLElement,
  ) {
    this.#said.setAttribute("role", "status");
    this.element.append(this.#mark, this.#said, this.#buttons);
    this.element.hidden = true;
  }

  /** Shows a model's state; true when that took or gave room. */
  update(model: GridModel, frozen: number): boolean {
    const { view, arrangement } = model;
    const facts = factsOf(model, frozen);
    const key = JSON.stringify(facts);
    rebuild(this.#said, key, () =>
      facts.map((fact) => make("span", "view-fact", fact)),
    );
    const state = stateOf(view);
    rebuild(this.#mark, state, () =>
      state === "busy"
        ? [icon("running", "tone-active")]
        : state === "failed"
          ? [icon("error", "tone-error")]
          : [],
    );
    const { sort } = view;
    const hidden = arrangement.hiddenCount;
    const buttonsKey = JSON.stringify([
      state,
      sort.length,
      view.missed > 0,
      hidden,
    ]);
    rebuild(this.#buttons, buttonsKey, () => this.#buttonsOf(model));
    const isHidden = facts.length === 0;
    const changed = this.element.hidden !== isHidden;
    this.element.hidden = isHidden;
    setAttributes(this.#said, { title: facts.join(" ") });
    this.element.parentElement?.classList.toggle("has-bar", !isHidden);
    return changed;
  }

  #buttonsOf({ view, arrangement }: GridModel): readonly Node[] {
    const link = (text: string, run: () => void): HTMLElement =>
      button("link-button", text, () => {
        // The button may be gone with what it was for.
        this.returnTo.focus({ preventScroll: true });
        run();
      });
    if (view.pending !== null) {
      return [
        link("Cancel", () => {
          view.cancel();
        }),
      ];
    }
    const buttons: Node[] = [];
    if (view.error !== null) {
      buttons.push(
        link("Try Again", () => {
          view.again();
        }),
        link("Dismiss", () => {
          view.dismissError();
        }),
      );
    }
    if (view.missed > 0) {
      buttons.push(
        link("Include Them", () => {
          view.again();
        }),
      );
    }
    if (view.sort.length > 0) {
      buttons.push(
        link("Clear Sort", () => {
          this.columns.clearSort();
        }),
      );
    }
    if (arrangement.hiddenCount > 0) {
      buttons.push(
        link("Show All Columns", () => {
          this.columns.show();
        }),
      );
    }
    return buttons;
  }
}

function factsOf(model: GridModel, frozen: number): readonly string[] {
  const { view, arrangement, rows } = model;
  const facts: string[] = [];
  const { pending, error, missed } = view;
  if (pending !== null) {
    const done = pending.rows > 0 ? ` ${count(pending.rows)} rows so far.` : "";
    facts.push(`${doing(pending)}…${done}`);
  }
  if (error !== null) {
    facts.push(`The rows are as they were: ${error}`);
  }
  if (pending === null && error === null && view.sort.length > 0) {
    facts.push(`Sorted by ${sortText(model)}.`);
  }
  if (view.filters.length > 0) {
    facts.push(
      `${count(rows.rowCount)} of ${counted(rows.total, "row")} pass.`,
    );
  }
  if (view.isCarried) facts.push("As in the run before.");
  if (missed > 0) {
    facts.push(
      `${counted(missed, "row")} arrived since and ${missed === 1 ? "is" : "are"} not among these.`,
    );
  }
  if (arrangement.hiddenCount > 0) {
    facts.push(`${counted(arrangement.hiddenCount, "column")} hidden.`);
  }
  if (frozen < arrangement.frozen) facts.push(noRoomText(model, frozen));
  return facts;
}

/** The others must have room to pass: fewer columns are frozen than were asked for, or none. */
function noRoomText({ arrangement }: GridModel, frozen: number): string {
  return frozen === 0
    ? `No room to freeze ${counted(arrangement.frozen, "column")}.`
    : `Room to freeze ${count(frozen)} of ${counted(arrangement.frozen, "column")} only.`;
}

function stateOf({ pending, error }: ResultView): "busy" | "failed" | "" {
  if (pending !== null) return "busy";
  return error === null ? "" : "failed";
}

/** What is being done to bring the rows into an order. */
function doing({ sort, filters }: ViewOrder): string {
  if (sort.length === 0) return "Filtering";
  return filters.length === 0 ? "Sorting" : "Sorting and filtering";
}

/** `name ↑, 2 more`: the sort keys by their names, the first ones. */
function sortText({ view, columns }: GridModel): string {
  const told = view.sort.slice(0, toldKeys).map(({ column, descending }) => {
    const name = columns[column]?.name ?? "";
    return `${name === "" ? "the column without a name" : name} ${descending ? "↓" : "↑"}`;
  });
  const more = view.sort.length - told.length;
  return [...told, ...(more > 0 ? [`${more} more`] : [])].join(", ");
}
