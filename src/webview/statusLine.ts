import type { StatementView } from "../protocol/panel";
import { make, rebuild, setAttributes, setText } from "./dom";
import type { GridModel } from "./grid/gridModel";
import { icon } from "./icons";
import { noticesOf } from "./outcomeViews";
import { completeness, count, counted, duration, rowsOf } from "./texts";
import type { Drawer } from "./viewState";

/** The line below the rows: how many, how long, whether they are all, and what else there is to see. */
export class StatusLine {
  readonly element = make("footer", "status");
  readonly #facts = make("div", "facts");
  readonly #hidden = make("span", "fact tone-warning");
  readonly #selection = make("div", "selection-summary");
  readonly #buttons: Readonly<Record<Drawer, HTMLButtonElement>>;
  readonly #nothingSent = make(
    "span",
    "dim nothing-sent",
    "Nothing sent to PostgreSQL",
  );

  constructor(drawerId: string, onToggle: (drawer: Drawer) => void) {
    const button = (drawer: Drawer) => {
      const element = make("button", "link-button");
      element.type = "button";
      element.setAttribute("aria-controls", drawerId);
      element.addEventListener("click", () => {
        onToggle(drawer);
      });
      return element;
    };
    this.#buttons = { messages: button("messages"), sent: button("sent") };
    this.element.append(
      this.#facts,
      this.#hidden,
      make("span", "spring"),
      this.#selection,
      this.#buttons.messages,
      this.#nothingSent,
      this.#buttons.sent,
    );
  }

  /** Shows a statement's facts; the lists are offered here only while rows take the room above. */
  update(
    statement: StatementView,
    drawer: Drawer | null,
    listsHere: boolean,
  ): void {
    const facts = factsOf(statement);
    rebuild(this.#facts, JSON.stringify(facts), () => facts.map(factView));
    const messages = noticesOf(statement).length;
    const sent = statement.outcome?.sent.length ?? 0;
    this.#showButton("messages", "Messages", messages, drawer, listsHere);
    this.#showButton("sent", "Sent to PostgreSQL", sent, drawer, listsHere);
    this.#nothingSent.hidden =
      !listsHere || sent > 0 || statement.outcome === null;
  }

  /** Says how many rows filters hide: what is on the screen must not be taken for all there is. */
  showPassing(model: GridModel | null): void {
    const filters = model?.view.filters.length ?? 0;
    this.#hidden.hidden = filters === 0;
    if (model === null || filters === 0) return;
    const { rows, view } = model;
    const hidden = Math.max(0, rows.total - view.missed - rows.rowCount);
    const text = `${counted(hidden, "row")} hidden by ${counted(filters, "filter")}`;
    rebuild(this.#hidden, text, () => [icon("warning"), text]);
  }

  /** Says what is selected, and what it comes to. */
  showSelection(text: string): void {
    setText(this.#selection, text);
    setAttributes(this.#selection, { title: text });
  }

  #showButton(
    drawer: Drawer,
    label: string,
    entries: number,
    open: Drawer | null,
    listsHere: boolean,
  ): void {
    const button = this.#buttons[drawer];
    button.hidden = !listsHere || entries === 0;
    rebuild(button, String(entries), () => [
      label,
      make("span", "count", count(entries)),
    ]);
    setAttributes(button, { "aria-expanded": String(open === drawer) });
  }
}

interface Fact {
  readonly text: string;
  readonly tone?: "success" | "warning" | "error";
  readonly title?: string;
}

function factsOf(statement: StatementView): readonly Fact[] {
  const rows = rowsOf(statement);
  const { outcome } = statement;
  const facts: Fact[] = [];
  if (rows !== null) {
    facts.push({ text: counted(rows.rowCount, "row") });
    facts.push(completenessFact(statement));
  } else {
    facts.push(stateFact(statement));
  }
  if (outcome !== null) {
    facts.push({ text: duration(outcome.elapsedMs), title: "Time taken" });
    if (outcome.firstRowsMs !== null) {
      facts.push({ text: `first rows ${duration(outcome.firstRowsMs)}` });
    }
    // The tag of a query repeats the count beside it.
    if (!["", `SELECT ${rows?.rowCount}`].includes(outcome.commandTag)) {
      facts.push({ text: outcome.commandTag, title: "Command tag" });
    }
  }
  return facts;
}

function completenessFact(statement: StatementView): Fact {
  switch (completeness(statement)) {
    case "complete":
      return {
        text: "complete",
        tone: "success",
        title: "The engine has proved that no row is missing",
      };
    case "incomplete":
      return {
        text: "incomplete",
        tone: "warning",
        title: "Rows are missing: the statement did not end by itself",
      };
    case "unfinished":
      return { text: "so far, still running" };
  }
}

function stateFact(statement: StatementView): Fact {
  switch (statement.state) {
    case "failed":
      return { text: "failed", tone: "error" };
    case "cancelled":
      return { text: "cancelled", tone: "warning" };
    case "succeeded":
      return { text: "succeeded", tone: "success" };
    case "notRun":
      return { text: "not run" };
    case "waiting":
    case "running":
      return statement.confirming === true
        ? { text: "waiting for confirmation", tone: "warning" }
        : { text: statement.state };
  }
}

function factView(fact: Fact): HTMLElement {
  const view = make("span", "fact");
  if (fact.tone !== undefined) {
    view.classList.add(`tone-${fact.tone}`);
    const names = { success: "check", warning: "warning", error: "error" };
    view.append(icon(names[fact.tone] as "check" | "warning" | "error"));
  }
  view.append(make("span", "", fact.text));
  if (fact.title !== undefined) view.title = fact.title;
  return view;
}
