import type { RunView, StatementView } from "../protocol/panel";
import { make, rebuild, setAttributes } from "./dom";
import { icon } from "./icons";
import { look, summary } from "./texts";

/** One tab for each statement of a run that has several. */
export class StatementTabs {
  readonly element = make("div", "tabs");
  readonly #tabs: HTMLButtonElement[] = [];
  #selected = 0;

  constructor(
    private readonly panelId: string,
    private readonly onChosen: (index: number) => void,
  ) {
    setAttributes(this.element, {
      role: "tablist",
      "aria-label": "Statements of the run",
    });
    this.element.addEventListener("keydown", (event) => {
      this.#key(event);
    });
  }

  /** Shows the statements' states. */
  update(run: RunView, selected: number): void {
    this.element.hidden = run.statements.length < 2;
    while (this.#tabs.length > run.statements.length) {
      this.#tabs.pop()?.remove();
    }
    run.statements.forEach((statement, index) => {
      this.#updateTab(this.#tab(index), statement, index === selected);
    });
    if (selected !== this.#selected) {
      this.#tabs[selected]?.scrollIntoView({
        block: "nearest",
        inline: "nearest",
      });
    }
    this.#selected = selected;
  }

  #tab(index: number): HTMLButtonElement {
    const existing = this.#tabs[index];
    if (existing !== undefined) return existing;
    const tab = make("button", "tab");
    tab.type = "button";
    tab.id = `tab-${index}`;
    setAttributes(tab, { role: "tab", "aria-controls": this.panelId });
    tab.addEventListener("click", () => {
      this.onChosen(index);
    });
    this.#tabs.push(tab);
    this.element.append(tab);
    return tab;
  }

  #updateTab(
    tab: HTMLButtonElement,
    statement: StatementView,
    selected: boolean,
  ): void {
    const { tone, icon: name } = look(statement);
    const said = summary(statement);
    rebuild(tab, `${name}${said}`, () => [
      icon(name, `tone-${tone}`),
      make("span", "tab-number", String(statement.index + 1)),
      make("span", "tab-summary", said),
    ]);

    setAttributes(tab, {
      title: statement.text,
      "aria-selected": String(selected),
      tabindex: selected ? "0" : "-1",
    });
  }

  #key(event: KeyboardEvent): void {
    const last = this.#tabs.length - 1;
    const to = {
      ArrowLeft: Math.max(0, this.#selected - 1),
      ArrowRight: Math.min(last, this.#selected + 1),
      Home: 0,
      End: last,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.onChosen(to);
    this.#tabs[to]?.focus();
  }
}
