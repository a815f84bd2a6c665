import type { FoundCell, RowsRef } from "../../protocol/results";
import { button, make, setAttributes, setText } from "../dom";
import type { MarkedCell } from "../grid/marks";
import { LatestTask, whyFailed } from "../latestTask";
import type { ResultApi } from "../resultCalls";
import { count, counted } from "../texts";
import "./find.css";
import { FindOptions } from "./findOptions";

/** The rows that are looked through, as the page shows them. */
export interface FindSubject {
  /** What is shown now; null when no rows are. */
  rows(): RowsRef | null;
  rowsInSight(): { readonly fromRow: number; readonly toRow: number };
  /** The cell that the search goes on from. */
  from(): { readonly row: number; readonly column: number };
  mark(cells: readonly MarkedCell[], current: MarkedCell | null): void;
  reveal(row: number, column: number): void;
  /** The keyboard goes back to the rows. */
  leave(): void;
}

/** Typing is looked for after a pause of so many milliseconds. */
const pauseMs = 150;

/** Looks through all rows of a result: how many cells match, the next and the one before, those in sight marked. */
export class FindBar {
  readonly element = make("form", "find-bar");
  readonly #text = document.createElement("input");
  readonly #state = make("span", "find-state");
  readonly #options = new FindOptions(() => {
    void this.#find();
  });
  #findId: string | null = null;
  readonly #task: LatestTask;
  #current: FoundCell | null = null;
  #matches = 0;
  #timer: number | null = null;
  #sight = "";

  constructor(
    private readonly api: ResultApi,
    private readonly subject: FindSubject,
  ) {
    this.#task = new LatestTask(api);
    this.element.hidden = true;
    setAttributes(this.element, {
      role: "search",
      "aria-label": "Find in rows",
    });
    this.#text.type = "text";
    this.#text.placeholder = "Find";
    this.#text.spellcheck = false;
    this.#text.setAttribute("aria-label", "Find in all rows");
    this.#state.setAttribute("role", "status");
    const step = (label: string, sign: string, forward: boolean) => {
      const made = button(
        "tool find-step",
        sign,
        () => {
          void this.#step(forward);
        },
        label,
      );
      made.title = label;
      return made;
    };
    const close = button(
      "tool find-step",
      "✕",
      () => {
        this.close();
      },
      "Close",
    );
    this.element.append(
      this.#text,
      ...this.#options.buttons,
      step("Previous match (Shift+Enter)", "↑", false),
      step("Next match (Enter)", "↓", true),
      this.#state,
      close,
    );
    this.#listen();
  }

  /** Shows the bar and puts the keyboard into it; what is being typed there already is left alone. */
  open(): void {
    this.element.hidden = false;
    if (document.activeElement !== this.#text) {
      this.#text.focus();
      this.#text.select();
    }
    if (this.#findId === null && this.#text.value !== "") void this.#find();
  }

  /** Its key is a command, too, which comes by way of the host: what is typed meanwhile belongs into the bar. */
  openByKeyIn(element: HTMLElement): void {
    element.addEventListener("keydown", (event) => {
      const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
      const isFind = key === "f" && ctrlKey !== metaKey && !altKey && !shiftKey;
      if (!isFind || this.subject.rows() === null) return;
      this.open();
      event.preventDefault();
    });
  }

  /** Hides it, takes the marks away, and the keyboard back to the rows. */
  close(): void {
    if (this.element.hidden) return;
    this.element.hidden = true;
    this.#forget();
    setText(this.#state, "");
    this.subject.leave();
  }

  /** Other rows are shown than before, or in another order: they are looked through anew. */
  rowsReplaced(): void {
    this.#forget();
    if (!this.element.hidden && this.#text.value !== "") void this.#find();
  }

  /** Other rows are in sight: their matches are marked. */
  moved(): void {
    void this.#mark();
  }

  /** The next or the previous match, also when the bar has not the keyboard. */
  step(forward: boolean): void {
    if (this.#findId === null) this.open();
    else void this.#step(forward);
  }

  #listen(): void {
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
    });
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
      else if (event.key === "Enter" && event.target === this.#text) {
        void this.#enter(!event.shiftKey);
      } else return;
      event.preventDefault();
    });
    this.#text.addEventListener("input", () => {
      if (this.#timer !== null) window.clearTimeout(this.#timer);
      this.#timer = window.setTimeout(() => {
        void this.#find();
      }, pauseMs);
    });
  }

  async #enter(forward: boolean): Promise<void> {
    if (this.#timer !== null || this.#findId === null) await this.#find();
    else await this.#step(forward);
  }

  async #find(): Promise<void> {
    if (this.#timer !== null) window.clearTimeout(this.#timer);
    this.#timer = null;
    this.#forget();
    const rows = this.subject.rows();
    const query = this.#options.query(this.#text.value);
    if (rows === null || query.text === "") {
      setText(this.#state, "");
      return;
    }
    setText(this.#state, "Looking…");
    try {
      const found = await this.#task.ask(
        (taskId) => this.api.call("find", { taskId, ...rows, query }),
        {
          onProgress: ({ rows: done }) => {
            setText(this.#state, `${counted(done, "row")} looked through…`);
          },
          onLate: ({ findId }) => {
            this.#close(findId);
          },
        },
      );
      if (found === undefined) return;
      this.#findId = found.findId;
      this.#matches = found.matches;
      await this.#first();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** The first match at or after the place where the keyboard is. */
  async #first(): Promise<void> {
    this.#tell();
    this.#sight = "";
    if (this.#matches === 0) return;
    const { row, column } = this.subject.from();
    await this.#go(true, { row, column: column - 1 });
  }

  async #step(forward: boolean): Promise<void> {
    if (this.#matches > 0)
      await this.#go(forward, this.#current ?? this.subject.from());
  }

  async #go(
    forward: boolean,
    from: { readonly row: number; readonly column: number },
  ): Promise<void> {
    const findId = this.#findId;
    if (findId === null) return;
    try {
      const { row, column } = from;
      const found = await this.api.call("findNext", {
        findId,
        row,
        column,
        forward,
      });
      if (this.#findId !== findId || found === null) return;
      this.#current = found;
      this.#tell();
      this.subject.reveal(found.row, found.column);
      this.#sight = "";
      await this.#mark();
    } catch (error) {
      if (this.#findId === findId) this.#fail(error);
    }
  }

  /** Marks the matches in sight, once for each sight. */
  async #mark(): Promise<void> {
    const findId = this.#findId;
    if (findId === null || this.#matches === 0) return;
    const { fromRow, toRow } = this.subject.rowsInSight();
    const sight = `${findId}/${fromRow}/${toRow}`;
    if (sight === this.#sight) return;
    this.#sight = sight;
    try {
      const cells = await this.api.call("findIn", { findId, fromRow, toRow });
      if (this.#findId === findId && this.#sight === sight)
        this.subject.mark(cells, this.#current);
    } catch {
      // Marks are an aid: the count and the steps say when the search itself is gone.
    }
  }

  #tell(): void {
    const place =
      this.#current === null ? "" : `${count(this.#current.ordinal)} of `;
    setText(
      this.#state,
      this.#matches === 0
        ? "No matches"
        : `${place}${counted(this.#matches, "match", "matches")}`,
    );
    this.element.classList.toggle("none", this.#matches === 0);
  }

  #fail(error: unknown): void {
    setText(this.#state, whyFailed(error));
    this.element.classList.add("none");
  }

  #forget(): void {
    this.element.classList.remove("none");
    this.#task.end();
    if (this.#findId !== null) {
      this.#close(this.#findId);
      this.#findId = null;
    }
    this.#current = null;
    this.#matches = 0;
    this.subject.mark([], null);
  }

  #close(findId: string): void {
    this.api.call("closeFind", { findId }).catch(() => undefined);
  }
}
