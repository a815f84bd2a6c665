import { make, setAttributes, setText } from "../dom";
import { count } from "../texts";

/** Asks for the number of a row: a small input over the grid. */
export class JumpBox {
  readonly element = make("div", "jump-box");
  readonly #input = make("input", "jump-input");
  readonly #range = make("span", "dim");
  readonly #error = make("div", "jump-error");
  #rows = 0;

  constructor(
    private readonly returnTo: HTMLElement,
    private readonly onRow: (row: number) => void,
  ) {
    this.element.hidden = true;
    this.#range.id = "jump-range";
    this.#error.id = "jump-error";
    this.#error.setAttribute("role", "alert");
    setAttributes(this.#input, {
      type: "text",
      inputmode: "numeric",
      autocomplete: "off",
      spellcheck: "false",
      "aria-describedby": "jump-range jump-error",
    });
    const label = make("label", "jump-label", "Go to row ", this.#input);
    this.element.append(label, this.#range, this.#error);
    this.element.addEventListener("keydown", (event) => {
      this.#key(event);
    });
    this.#input.addEventListener("input", () => {
      this.#fail(null);
    });
    this.#input.addEventListener("blur", () => {
      this.element.hidden = true;
    });
  }

  /** Asks for one of so many rows; `row` is where the keyboard is. */
  open(rows: number, row: number): void {
    this.#rows = rows;
    setText(this.#range, `of ${count(rows)}`);
    this.#fail(null);
    this.#input.value = String(row + 1);
    this.element.hidden = false;
    this.#input.focus();
    this.#input.select();
  }

  #key(event: KeyboardEvent): void {
    event.stopPropagation();
    if (event.key === "Escape") this.#close();
    else if (event.key === "Enter") this.#go();
    else return;
    event.preventDefault();
  }

  #go(): void {
    const row = rowOf(this.#input.value, this.#rows);
    if (row === null) {
      this.#fail(`Not one of the rows 1 to ${count(this.#rows)}.`);
      this.#input.select();
      return;
    }
    this.#close();
    this.onRow(row);
  }

  #close(): void {
    this.returnTo.focus({ preventScroll: true });
    this.element.hidden = true;
  }

  #fail(message: string | null): void {
    setText(this.#error, message ?? "");
    setAttributes(this.#input, {
      "aria-invalid": message === null ? null : "true",
    });
  }
}

/** The row, from 0, that a person means: `12345`, `12,345`, `50%`; null when there is none. */
export function rowOf(text: string, rows: number): number | null {
  const said = text.trim();
  const share = /^(\d{1,3})\s?%$/.exec(said)?.[1];
  if (share !== undefined) {
    const percent = Number(share);
    return percent > 100 ? null : Math.round(((rows - 1) * percent) / 100);
  }
  if (!/^(?:\d{1,15}|\d{1,3}(?:[\s,._'’]\d{3})+)$/u.test(said)) return null;
  const row = Number(said.replace(/\D/g, "")) - 1;
  return row >= 0 && row < rows ? row : null;
}
