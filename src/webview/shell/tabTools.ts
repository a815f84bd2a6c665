import type { TabDeed, TabView } from "../../protocol/panel";
import { make, setAttributes } from "../dom";
import type { IconName } from "../icons";
import { icon } from "../icons";

/** Buttons for what can be done with the tab that is shown. */
export class TabTools {
  readonly element = make("div", "tab-tools");
  readonly #rerun: HTMLButtonElement;
  readonly #pin: HTMLButtonElement;
  readonly #beside: HTMLButtonElement;
  readonly #close: HTMLButtonElement;
  #tab: TabView | null = null;

  constructor(onDeed: (tabId: string, deed: TabDeed) => void) {
    setAttributes(this.element, {
      role: "toolbar",
      "aria-label": "What can be done with this result",
    });
    const tool = (
      name: IconName,
      label: string,
      deed: (tab: TabView) => TabDeed,
    ): HTMLButtonElement => {
      const made = make("button", "tool", icon(name));
      made.type = "button";
      made.title = label;
      made.setAttribute("aria-label", label);
      made.addEventListener("click", () => {
        if (this.#tab !== null) onDeed(this.#tab.tabId, deed(this.#tab));
      });
      this.element.append(made);
      return made;
    };
    this.#rerun = tool("rerun", "Run again", () => "rerun");
    this.#pin = tool("pin", "Pin", ({ pinned }) => (pinned ? "unpin" : "pin"));
    this.#beside = tool("beside", "Open beside", () => "openBeside");
    this.#close = tool("close", "Close", () => "close");
  }

  /** Shows what can be done with a tab; `alone` in an editor of its own, which VS Code closes. */
  update(tab: TabView, alone: boolean): void {
    this.#tab = tab;
    const live = tab.state === "running" || tab.state === "cancelling";
    this.#rerun.disabled = live;
    this.#beside.hidden = alone;
    this.#close.hidden = alone;
    const pinLabel = tab.pinned
      ? "Pinned: kept when it is run again elsewhere, and over reloads"
      : "Pin: keep these rows, over reloads too";
    this.#pin.title = pinLabel;
    setAttributes(this.#pin, {
      "aria-label": "Pin",
      "aria-pressed": String(tab.pinned),
    });
  }

  /** Puts the keyboard on the first of them. */
  focus(): void {
    const enabled = [
      ...this.element.querySelectorAll<HTMLElement>("button:enabled"),
    ];
    enabled.find((each) => each.checkVisibility())?.focus();
  }
}
