import { make, setText } from "./dom";

/** Says things to a screen reader: ends politely, failures at once. */
export class Announcer {
  readonly element: HTMLElement;
  readonly #polite = make("div", "");
  readonly #urgent = make("div", "");

  constructor() {
    this.#polite.setAttribute("role", "status");
    this.#urgent.setAttribute("role", "alert");
    this.element = make("div", "unseen", this.#polite, this.#urgent);
  }

  /** Says a sentence; an earlier one is taken back. */
  say(sentence: string, urgent: boolean): void {
    const [speaker, other] = urgent
      ? [this.#urgent, this.#polite]
      : [this.#polite, this.#urgent];
    other.textContent = "";
    setText(speaker, sentence);
  }
}
