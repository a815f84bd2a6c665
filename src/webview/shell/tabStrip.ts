import type { TabDeed, TabView } from "../../protocol/panel";
import { make, rebuild, setAttributes } from "../dom";
import type { IconName } from "../icons";
import { icon } from "../icons";
import "./tabStrip.css";

/** What the strip asks of the page. */
export interface TabStripListener {
  deed(tabId: string, deed: TabDeed): void;
  /** The keyboard is to go to what the tab shows. */
  enter(): void;
}

/** The tabs of results. The keyboard moves along them; Delete closes, F2 renames, Enter goes to the rows. */
export class TabStrip {
  readonly element = make("div", "result-tabs");
  readonly #tabs = new Map<string, HTMLElement>();
  #order: readonly string[] = [];
  #active: string | null = null;

  constructor(
    private readonly panelId: string,
    private readonly listener: TabStripListener,
  ) {
    setAttributes(this.element, { role: "tablist", "aria-label": "Results" });
    this.element.addEventListener("keydown", (event) => {
      this.#key(event);
    });
  }

  /** Shows the tabs; one alone that the user has done nothing to needs no strip. */
  update(given: readonly TabView[], active: string | null): void {
    const hadFocus = this.element.contains(document.activeElement);
    this.#active = active;
    const isNeeded = given.length > 1 || given.some(({ pinned }) => pinned);
    const tabs = isNeeded ? given : [];
    this.#order = tabs.map(({ tabId }) => tabId);
    this.element.hidden = !isNeeded;
    for (const [tabId, element] of this.#tabs) {
      if (this.#order.includes(tabId)) continue;
      element.remove();
      this.#tabs.delete(tabId);
    }
    tabs.forEach((tab, index) => {
      const element = this.#element(tab.tabId);
      const there = this.element.children[index];
      if (there !== element) this.element.insertBefore(element, there ?? null);
      this.#updateTab(element, tab, tab.tabId === active);
    });
    const shown = active === null ? undefined : this.#tabs.get(active);
    shown?.scrollIntoView({ block: "nearest", inline: "nearest" });
    if (hadFocus) shown?.focus();
  }

  /** Puts the keyboard on the tab that is shown. */
  focus(): void {
    if (this.#active !== null) this.#tabs.get(this.#active)?.focus();
  }

  /** The id of the element that names what a tab shows. */
  static idOf(tabId: string): string {
    return `result-tab-${tabId}`;
  }

  #element(tabId: string): HTMLElement {
    const existing = this.#tabs.get(tabId);
    if (existing !== undefined) return existing;
    const tab = make("div", "result-tab");
    tab.id = TabStrip.idOf(tabId);
    setAttributes(tab, { role: "tab", "aria-controls": this.panelId });
    tab.addEventListener("click", ({ target }) => {
      const onMark = (name: string) =>
        target instanceof Element && target.closest(name) !== null;
      if (onMark(".close-mark")) this.listener.deed(tabId, "close");
      else if (onMark(".pin-mark")) this.listener.deed(tabId, "unpin");
      else this.listener.deed(tabId, "show");
    });
    tab.addEventListener("auxclick", ({ button }) => {
      if (button === 1) this.listener.deed(tabId, "close");
    });
    tab.addEventListener("dblclick", () => {
      this.listener.deed(tabId, "rename");
    });
    this.#tabs.set(tabId, tab);
    return tab;
  }

  #updateTab(element: HTMLElement, tab: TabView, selected: boolean): void {
    const { title, pinned, tabId } = tab;
    const look = lookOf(tab);
    rebuild(element, JSON.stringify([title, pinned, look]), () => [
      icon(look.icon, `tone-${look.tone}`),
      make("span", "result-tab-title", title),
      ...(pinned ? [mark("pin")] : []),
      mark("close"),
    ]);
    const where = tab.native ? `natively on ${tab.target}` : tab.target;
    const began = new Date(tab.startedAt).toLocaleTimeString();

    setAttributes(element, {
      title: `${title}: ${where}, ${look.words}, ${began}`,
      "aria-label": `${title}, ${where}, ${look.words}${pinned ? ", pinned" : ""}`,
      "aria-selected": String(selected),
      tabindex: selected ? "0" : "-1",
      // VS Code's own menu knows by this what was clicked.
      "data-vscode-context": JSON.stringify({
        webviewSection: "tab",
        tabId,
        pinned,
        preventDefaultContextMenuItems: true,
      }),
    });
  }

  #key(event: KeyboardEvent): void {
    const active = this.#active;
    if (active === null || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const deeds: Readonly<Record<string, TabDeed>> = {
      Delete: "close",
      F2: "rename",
    };
    const deed = deeds[event.key];
    if (deed !== undefined) this.listener.deed(active, deed);
    else if (event.key === "Enter" || event.key === " ") this.listener.enter();
    else if (!this.#moved(event.key, active)) return;
    event.preventDefault();
  }

  #moved(key: string, active: string): boolean {
    const at = this.#order.indexOf(active);
    const last = this.#order.length - 1;
    const to = {
      ArrowLeft: Math.max(0, at - 1),
      ArrowRight: Math.min(last, at + 1),
      Home: 0,
      End: last,
    }[key];
    const tabId = to === undefined ? undefined : this.#order[to];
    if (tabId === undefined) return false;
    if (tabId !== active) this.listener.deed(tabId, "show");
    return true;
  }
}

/** For the pointer; the keyboard has Delete, and buttons beside the tabs. */
function mark(name: "close" | "pin"): HTMLElement {
  const made = make("span", `${name}-mark`, icon(name));
  made.title = name === "close" ? "Close (Delete)" : "Unpin";
  return made;
}

interface TabLook {
  readonly icon: IconName;
  readonly tone: string;
  readonly words: string;
}

function lookOf({ state, rows }: TabView): TabLook {
  if (rows === "gone" || rows === "broken") {
    return { icon: "warning", tone: "warning", words: "rows not available" };
  }
  switch (state) {
    case "running":
    case "cancelling":
      return { icon: "running", tone: "active", words: state };
    case "failed":
      return { icon: "error", tone: "error", words: state };
    case "cancelled":
      return { icon: "cancelled", tone: "warning", words: state };
    case "succeeded":
      return { icon: "check", tone: "success", words: state };
  }
}
