import { visibleLines } from "../../core/results/formatText";
import type { ResultColumn } from "../../core/results/result";
import { button, make, setText } from "../dom";
import { whyFailed } from "../latestTask";
import type { ResultApi } from "../resultCalls";
import { count, counted } from "../texts";
import "./cell.css";
import { readBytes, readText, type CellPlace } from "./cellSource";
import { diffView } from "./diffView";
import { hexView } from "./hexView";
import { imageView } from "./imageView";
import { jsonTree } from "./jsonTree";

/** What the pane asks of the page. */
export interface CellListener {
  /** Puts a text onto the clipboard. */
  copy(text: string): void;
  close(): void;
}

/** A cell and its column. */
export interface ViewedCell {
  readonly place: CellPlace;
  readonly column: ResultColumn;
}

/** A text that another cell is compared with. */
interface Kept {
  readonly title: string;
  readonly text: string;
}

/** One cell as a whole: text, JSON tree, bytes, picture, or the difference to another cell. */
export class CellPane {
  readonly element = make("aside", "cell-pane");
  readonly #title = make("h2", "cell-title");
  readonly #facts = make("p", "cell-facts dim");
  readonly #body = make("div", "cell-body");
  readonly #keep: HTMLButtonElement;
  readonly #compare: HTMLButtonElement;
  #shown: ViewedCell | null = null;
  #text: string | null = null;
  #kept: Kept | null = null;

  constructor(
    private readonly api: ResultApi,
    listener: CellListener,
  ) {
    this.element.setAttribute("aria-label", "Cell");
    this.#facts.setAttribute("role", "status");
    this.#keep = button("button secondary", "Compare…", () => {
      this.#keepText();
    });
    this.#keep.title = "Then open the cell that it is to be compared with";
    this.#compare = button("button secondary", "Stop Comparing", () => {
      this.#kept = null;
      this.#render();
    });
    this.element.append(
      make(
        "header",
        "cell-header",
        this.#title,
        button("button secondary", "Copy", () => {
          if (this.#text !== null) listener.copy(this.#text);
        }),
        this.#keep,
        this.#compare,
        button("button secondary", "Close", () => {
          listener.close();
        }),
      ),
      this.#facts,
      this.#body,
    );
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") listener.close();
    });
    this.#render();
  }

  /** Shows a cell; what is still being read for another one is dropped. */
  async show(cell: ViewedCell): Promise<void> {
    // Asked again at each movement in the rows.
    const key = JSON.stringify(cell);
    if (key === JSON.stringify(this.#shown)) return;
    this.#shown = cell;
    this.#text = null;
    setText(this.#title, titleOf(cell));
    setText(this.#facts, "Reading…");
    this.#body.replaceChildren();
    try {
      await (/^(?:BLOB|bytea)$/i.test(cell.column.type)
        ? this.#showBytes(cell)
        : this.#showText(cell));
    } catch (error) {
      if (this.#shown !== cell) return;
      this.#shown = null;
      const why = whyFailed(error);
      setText(this.#facts, `The cell could not be read. ${why}`);
    }
  }

  /** Puts the focus onto what is shown. */
  focus(): void {
    const first = this.#body.querySelector<HTMLElement>("pre, summary");
    (first ?? this.element.querySelector("button"))?.focus();
  }

  async #showText(cell: ViewedCell): Promise<void> {
    const isWanted = (): boolean => this.#shown === cell;
    const { value, length, isWhole } = await readText(
      this.api,
      cell.place,
      isWanted,
    );
    if (!isWanted()) return;
    this.#text = value;
    const shown = isWhole
      ? ""
      : `, the first ${count(value?.length ?? 0)} shown`;
    const facts =
      value === null ? "NULL" : `${counted(length, "character")}${shown}`;
    setText(this.#facts, `${cell.column.type} · ${facts}`);
    this.#render();
  }

  async #showBytes(cell: ViewedCell): Promise<void> {
    const isWanted = (): boolean => this.#shown === cell;
    const { value, length, isWhole } = await readBytes(
      this.api,
      cell.place,
      isWanted,
    );
    if (!isWanted()) return;
    const shown = isWhole
      ? ""
      : `, the first ${count(value?.length ?? 0)} shown`;
    const facts =
      value === null ? "NULL" : `${counted(length, "byte")}${shown}`;
    setText(this.#facts, `${cell.column.type} · ${facts}`);
    this.#text = null;
    this.#render();
    if (value === null) return;
    const picture = isWhole ? await imageView(value) : null;
    if (!isWanted()) return;
    this.#body.replaceChildren(
      ...(picture === null ? [] : [picture]),
      hexView(value, this.#width()),
    );
  }

  /** Characters that fit into a line. */
  #width(): number {
    const probe = make("pre", "cell-hex", "0".repeat(100));
    probe.style.width = "max-content";
    this.#body.append(probe);
    const { paddingLeft, paddingRight } = getComputedStyle(probe);
    const padding = parseFloat(paddingLeft) + parseFloat(paddingRight);
    const each = (probe.offsetWidth - padding) / 100;
    probe.remove();
    return (this.#body.clientWidth - padding) / Math.max(1, each);
  }

  #keepText(): void {
    if (this.#text === null || this.#shown === null) return;
    this.#kept = { title: titleOf(this.#shown), text: this.#text };
    this.#render();
  }

  #render(): void {
    const text = this.#text;
    const kept = this.#kept;
    this.#keep.hidden = kept !== null;
    this.#keep.disabled = text === null;
    this.#compare.hidden = kept === null;
    if (text === null) {
      this.#body.replaceChildren(make("p", "cell-note null", "NULL"));
      if (this.#shown === null) this.#body.replaceChildren();
      return;
    }
    if (kept !== null) {
      this.#body.replaceChildren(
        make("p", "cell-note", `Compared with ${kept.title}:`),
        diffView(visibleLines(kept.text), visibleLines(text)),
      );
      return;
    }
    this.#body.replaceChildren(jsonTree(text) ?? textView(text));
  }
}

function textView(text: string): HTMLElement {
  const pre = make("pre", "cell-text", visibleLines(text));
  pre.tabIndex = 0;
  return pre;
}

function titleOf({ column, place }: ViewedCell): string {
  const name = column.name === "" ? `column ${place.column + 1}` : column.name;
  return `${name}, row ${count(place.row + 1)}`;
}
