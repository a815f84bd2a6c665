import type { FindQuery } from "../../protocol/results";
import { make, setAttributes } from "../dom";

/** How a text is looked for: buttons that are pressed or not. */
export class FindOptions {
  readonly #matchCase = toggle("Aa", "Match case");
  readonly #wholeCell = toggle("[ ]", "Whole cell");
  readonly #regex = toggle(".*", "Regular expression");
  readonly buttons = [this.#matchCase, this.#wholeCell, this.#regex];

  constructor(onChange: () => void) {
    for (const each of this.buttons) {
      each.addEventListener("click", () => {
        each.setAttribute("aria-pressed", String(!isOn(each)));
        onChange();
      });
    }
  }

  /** What is looked for with these options, in all columns. */
  query(text: string): FindQuery {
    return {
      text,
      matchCase: isOn(this.#matchCase),
      wholeCell: isOn(this.#wholeCell),
      regex: isOn(this.#regex),
      columns: [],
    };
  }
}

function isOn(each: HTMLElement): boolean {
  return each.getAttribute("aria-pressed") === "true";
}

function toggle(sign: string, label: string): HTMLButtonElement {
  const made = make("button", "tool find-toggle", sign);
  made.type = "button";
  made.title = label;
  setAttributes(made, { "aria-label": label, "aria-pressed": "false" });
  return made;
}
