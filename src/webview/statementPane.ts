import type { ErrorAction } from "../core/errors/errorInfo";
import type { PanelToHost, RunView, StatementView } from "../protocol/panel";
import { make, rebuild } from "./dom";
import { GridElement } from "./grid/gridElement";
import type { GridModel } from "./grid/gridModel";
import { icon } from "./icons";
import { actionsView, warningsOf } from "./outcomeViews";
import { statementView } from "./plainViews";
import { RowsParts } from "./tab/rowsParts";
import type { RowsServices } from "./tab/rowsServices";
import { completeness, counted, errorTitle, rowsOf } from "./texts";

/** What the pane asks of the page. */
export interface PaneListener {
  post(message: PanelToHost): void;
  /** The place in the rows or the selection changed. */
  moved(): void;
  action(index: number, action: ErrorAction): void;
}

/** What is shown in the place of rows that cannot be read. */
export interface Instead {
  /** What it was made from: it is made anew when that changes. */
  readonly key: string;
  readonly view: () => HTMLElement;
}

/** One statement: its rows in the grid, or its state, error and messages. */
export class StatementPane {
  readonly element = make("div", "pane");
  readonly grid: GridElement;
  readonly #banner = make("div", "banner");
  readonly #warnings = make("div", "banner warnings");
  readonly #gridHolder = make("div", "grid-holder");
  readonly #parts: RowsParts;
  readonly #note = make("div", "grid-note");
  readonly #failure = make("div", "banner page-failure");
  readonly #content = make("div", "content");
  #model: GridModel | null = null;
  /** What it means that there are no rows. */
  #state: "waiting" | "incomplete" | "empty" = "waiting";

  constructor(
    private readonly listener: PaneListener,
    services: RowsServices,
  ) {
    this.grid = new GridElement({
      copy: (area, headers) => {
        listener.post({ type: "copy", area, headers });
      },
      moved: () => {
        this.#showNote();
        this.#parts.moved();
        listener.moved();
      },
    });
    this.grid.onExactWay((_, { rows }) => {
      listener.post({ type: "exactWay", resultId: rows.resultId });
    });
    this.#gridHolder.append(this.grid, this.#note);
    this.#parts = new RowsParts(services, this.grid, this.#gridHolder);
    this.#failure.hidden = true;
    this.#content.tabIndex = 0;
    this.element.append(
      this.#banner,
      this.#warnings,
      this.#parts.element,
      this.#failure,
      this.#content,
    );
  }

  /**
   * Shows a statement; `modelOf` gives the model of its rows. Where they cannot be read, `instead` is in their place.
   * True when the rows are shown.
   */
  update(
    run: RunView,
    statement: StatementView,
    modelOf: (statement: StatementView) => GridModel | null,
    instead: Instead | null,
  ): boolean {
    const rows = rowsOf(statement);
    const ended = statement.outcome !== null;
    const failedEmpty =
      ended && statement.state !== "succeeded" && (rows?.rowCount ?? 0) === 0;
    const hasRows = rows !== null && !failedEmpty;
    const model = hasRows && instead === null ? modelOf(statement) : null;
    this.#parts.element.hidden = model === null;
    this.#content.hidden = model !== null;
    this.#showBanner(run, statement, model !== null);
    this.#showWarnings(statement, model !== null);
    if (model === null) {
      this.#failure.hidden = true;
      if (hasRows && instead !== null) {
        rebuild(this.#content, instead.key, () => [instead.view()]);
      } else {
        this.#showContent(run, statement);
      }
    } else {
      if (model !== this.#model) this.#failure.hidden = true;
      this.grid.show(model);
    }
    this.#parts.show(model);
    this.#model = model;
    this.#state = !ended
      ? "waiting"
      : completeness(statement) === "incomplete"
        ? "incomplete"
        : "empty";
    this.#showNote();
    return model !== null;
  }

  /** Puts the keyboard on the rows, or on what is in their place. */
  focus(): void {
    const at = this.#parts.element.hidden
      ? this.#content
      : this.grid.querySelector<HTMLElement>(".scroller");
    at?.focus();
  }

  /** Says that rows could not be read, with a way to try again; null takes it back. */
  showFailure(message: string | null): void {
    this.#failure.hidden = message === null;
    if (message === null) return;
    const retry = make("button", "button secondary", "Try Again");
    retry.type = "button";
    retry.addEventListener("click", () => {
      this.#model?.rows.retry();
    });
    this.#failure.replaceChildren(
      icon("error", "tone-error"),
      make("span", "banner-text", `Some rows could not be read. ${message}`),
      retry,
    );
  }

  #showContent(run: RunView, statement: StatementView): void {
    // A percentage is no reason to build anew what someone is reading.
    const isCancelling = run.state === "cancelling";
    const shown = { ...statement, percentage: null };
    const key = JSON.stringify([run.runId, isCancelling, shown]);
    rebuild(this.#content, key, () => [
      statementView(statement, isCancelling, (action) => {
        this.listener.action(statement.index, action);
      }),
    ]);
  }

  /** In the place of rows, when there are none. */
  #showNote(): void {
    const rows = this.#model?.rows;
    this.#note.hidden = rows === undefined || rows.rowCount > 0;
    if (rows === undefined || rows.rowCount > 0) return;
    const state = rows.total > 0 ? "filtered" : this.#state;
    rebuild(this.#note, state, () => noteViews[state]());
  }

  #showBanner(run: RunView, statement: StatementView, hasGrid: boolean): void {
    const cut =
      hasGrid &&
      statement.outcome !== null &&
      completeness(statement) === "incomplete";
    this.#banner.hidden = !cut;
    if (!cut) return;
    this.#banner.className = `banner ${statement.state}`;
    rebuild(this.#banner, `${run.runId}/${statement.index}`, () =>
      this.#bannerParts(statement),
    );
  }

  /** What the rows have to be read with, such as that they come from a local copy, is said above them. */
  #showWarnings(statement: StatementView, hasGrid: boolean): void {
    const warnings = warningsOf(statement);
    const [first] = warnings;
    this.#warnings.hidden = !hasGrid || first === undefined;
    if (first === undefined) return;
    const more = warnings.length - 1;
    rebuild(this.#warnings, JSON.stringify([first, more]), () => [
      make("span", "banner-mark", icon("warning", "tone-warning")),
      make(
        "span",
        "banner-text",
        more === 0
          ? first
          : `${first} (${counted(more, "more warning")}: see Messages.)`,
      ),
    ]);
  }

  #bannerParts(statement: StatementView): HTMLElement[] {
    const rows = counted(rowsOf(statement)?.rowCount ?? 0, "row");
    const error = statement.outcome?.error ?? null;
    const title = error === null ? "" : ` ${errorTitle(error)}.`;
    const text =
      statement.state === "cancelled"
        ? make(
            "div",
            "banner-text",
            make("strong", "", "Cancelled: this result is incomplete."),
            ` ${rows} had arrived; the others were not read.`,
          )
        : make(
            "div",
            "banner-text",
            make("strong", "", `This result is incomplete.${title}`),
            ` ${rows} had arrived. ${error?.message ?? ""} ${error?.hint ?? ""}`,
          );
    const mark = make("span", "banner-mark");
    mark.append(icon("warning", "tone-warning"));
    if (error === null || statement.state === "cancelled") return [mark, text];
    const actions = actionsView(error, (action) => {
      this.listener.action(statement.index, action);
    });
    return [mark, text, actions];
  }
}

const noteViews = {
  waiting: () => [
    icon("running", "tone-active"),
    "Waiting for the first rows…",
  ],
  empty: () => [
    make("strong", "", "0 rows"),
    "The result is empty and complete.",
  ],
  incomplete: () => [make("strong", "", "0 rows"), "The result is incomplete."],
  filtered: () => [
    make("strong", "", "No row passes the filters"),
    "Take one of those above away to see more.",
  ],
} as const;
