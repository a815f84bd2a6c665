import type {
  CompareDeed,
  ComparedView,
  DifferencesView,
} from "../../protocol/panel";
import type { ResultEvents } from "../../protocol/results";
import { button, make, rebuild, setAttributes, setText } from "../dom";
import { icon } from "../icons";
import { counted } from "../texts";
import "./compare.css";
import { comparisonText } from "./comparisonTexts";

/** What can be done about another page's rows while they are in sight, and what differs from them. */
export class CompareBar {
  /** The line that says what differs. */
  readonly element = make("div", "compare-bar");
  /** Buttons that stand with those of the tab. */
  readonly tools = make("span", "compare-tools");
  readonly #mark = make("span", "compare-mark");
  readonly #state = make("span", "compare-state");
  readonly #buttons = make("span", "compare-buttons");
  readonly #together: HTMLButtonElement;
  readonly #show: HTMLButtonElement;
  #taskId: string | null = null;

  constructor(
    private readonly deed: (deed: CompareDeed) => void,
    /** The keyboard goes back to the rows. */
    private readonly leave: () => void,
  ) {
    this.#together = this.#tool("together", "Scroll together");
    this.#show = this.#tool("start", "Show differences");
    this.#together.append(icon("together"));
    this.#show.append(icon("differs"));
    this.tools.append(this.#together, this.#show);
    this.#state.setAttribute("role", "status");
    setAttributes(this.element, { role: "group", "aria-label": "Differences" });
    this.element.append(this.#mark, this.#state, this.#buttons);
    this.element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      deed("end");
      event.preventDefault();
    });
    this.update(null);
  }

  /** Shows what the rows are compared with; null while they are not. */
  update(view: ComparedView | null): void {
    this.tools.hidden = view === null;
    const differences = view?.differences ?? null;
    const hadFocus = this.element.contains(document.activeElement);
    this.element.hidden = differences === null;
    if (differences === null && hadFocus) this.leave();
    if (view === null) return;
    const { title, together } = view;
    setAttributes(this.#together, {
      "aria-pressed": String(together),
      title: together
        ? `Scrolls together with ${title}`
        : `Scroll together with ${title}`,
    });
    setAttributes(this.#show, { title: `Show what differs from ${title}` });
    if (differences === null) return;
    const running = differences.state === "running" ? differences.taskId : null;
    if (running === null || running !== this.#taskId) {
      setText(this.#state, textOf(differences, title));
      this.#state.title = this.#state.textContent;
    }
    this.#taskId = running;
    const warns = isWarning(differences);
    rebuild(this.#mark, String(warns), () =>
      warns ? [icon("warning", "tone-warning")] : [],
    );
    const hasSome = differences.state === "done" && countOf(differences) > 0;
    rebuild(this.#buttons, `${differences.state} ${hasSome}`, () =>
      this.#buttonsOf(differences, hasSome),
    );
  }

  /** A task goes on: perhaps this one. */
  progressed({ taskId, rows, total }: ResultEvents["taskProgress"]): void {
    if (taskId !== this.#taskId) return;
    const of = total === null ? "" : ` of ${counted(total, "row")}`;
    setText(this.#state, `Comparing… ${counted(rows, "row")}${of}`);
  }

  #buttonsOf({ state }: DifferencesView, hasSome: boolean): HTMLElement[] {
    const named = (text: string, deed: CompareDeed): HTMLElement =>
      button("link-button", text, () => {
        this.deed(deed);
      });
    const step = (sign: string, deed: CompareDeed, label: string) => {
      const made = button(
        "tool",
        sign,
        () => {
          this.deed(deed);
        },
        label,
      );
      made.title = label;
      return made;
    };
    const end = step("✕", "end", "End the comparison");
    switch (state) {
      case "running":
        return [named("Cancel", "cancel")];
      case "failed":
      case "stale":
        return [named("Compare Again", "start"), end];
      case "done":
        return [
          ...(hasSome
            ? [
                step("↑", "previous", "Previous difference"),
                step("↓", "next", "Next difference"),
              ]
            : []),
          named("Key…", "chooseKey"),
          end,
        ];
    }
  }

  #tool(deed: CompareDeed, label: string): HTMLButtonElement {
    const made = button("tool", "", () => {
      this.deed(deed);
    });
    setAttributes(made, { "aria-label": label });
    return made;
  }
}

function textOf(view: DifferencesView, other: string): string {
  switch (view.state) {
    case "running":
      return `Comparing with ${other}…`;
    case "failed":
      return view.message;
    case "stale":
      return "Other rows are shown than were compared.";
    case "done":
      return comparisonText(view, other);
  }
}

function isWarning(view: DifferencesView): boolean {
  return view.state === "done"
    ? !view.isComplete
    : view.state === "failed" || view.state === "stale";
}

function countOf({
  comparison: { different, onlyLeft, onlyRight },
}: Extract<DifferencesView, { readonly state: "done" }>): number {
  return different + onlyLeft + onlyRight;
}
