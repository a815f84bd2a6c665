import { make, setAttributes } from "./dom";
import "./menu.css";

/** One thing that a menu offers. */
export interface MenuItem {
  readonly label: string;
  /** The keys that do the same. */
  readonly keys?: string;
  readonly checked?: boolean;
  readonly run: () => void;
}

/** Where a menu opens, in the window's pixels: below `bottom`, or above `top` where there is no room. */
export interface MenuPlace {
  readonly left: number;
  readonly top: number;
  readonly bottom: number;
}

/** Space between a menu and the edge of the window. */
const margin = 4;

/** A menu by the keyboard rules of ARIA. One at a time; the focus goes back to where it was. */
export class Menu {
  readonly element = make("div", "menu");
  readonly #items: HTMLElement[] = [];
  #returnTo: HTMLElement | null = null;

  constructor() {
    this.element.hidden = true;
    this.element.tabIndex = -1;
    this.element.setAttribute("role", "menu");
    this.element.addEventListener("keydown", (event) => {
      this.#key(event);
    });
    this.element.addEventListener("focusout", ({ relatedTarget }) => {
      const isInside =
        relatedTarget instanceof Node && this.element.contains(relatedTarget);
      if (!isInside) this.#hide();
    });
    window.addEventListener("resize", () => {
      this.close();
    });
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  /** Opens with groups of items, under a note that is no item; afterwards the focus is on `returnTo`. */
  open(
    label: string,
    groups: readonly (readonly MenuItem[])[],
    at: MenuPlace,
    returnTo: HTMLElement,
    note = "",
  ): void {
    this.#returnTo = returnTo;
    this.#items.length = 0;
    const filled = groups.filter((group) => group.length > 0);
    const parts = filled.map((group) => {
      const items = group.map((item) => this.#item(item));
      this.#items.push(...items);
      const element = make("div", "menu-group", ...items);
      element.setAttribute("role", "group");
      return element;
    });
    this.element.replaceChildren(...noteView(note), ...parts);
    setAttributes(this.element, {
      "aria-label": label,
      "aria-description": note === "" ? null : note,
    });
    this.element.hidden = false;
    this.#place(at);
    this.#items[0]?.focus();
  }

  /** Closes; the focus goes back. */
  close(): void {
    if (!this.isOpen) return;
    const hadFocus = this.element.contains(document.activeElement);
    this.#hide();
    if (hadFocus) this.#returnTo?.focus({ preventScroll: true });
  }

  #hide(): void {
    this.element.hidden = true;
  }

  #item({ label, keys, checked, run }: MenuItem): HTMLElement {
    const element = make("div", "menu-item", make("span", "", label));
    if (keys !== undefined) {
      const told = make("span", "menu-keys", keys);
      told.setAttribute("aria-hidden", "true");
      element.append(told);
    }
    element.tabIndex = -1;
    setAttributes(element, {
      role: checked === undefined ? "menuitem" : "menuitemcheckbox",
      "aria-checked": checked === undefined ? null : String(checked),
      "aria-keyshortcuts": keys ?? null,
    });
    element.addEventListener("click", () => {
      this.close();
      run();
    });
    element.addEventListener("pointermove", () => {
      element.focus({ preventScroll: true });
    });
    return element;
  }

  #place({ left, top, bottom }: MenuPlace): void {
    const { style } = this.element;
    style.maxHeight = `${window.innerHeight - 2 * margin}px`;
    const { width, height } = this.element.getBoundingClientRect();
    const right = window.innerWidth - width - margin;
    const fitsBelow = bottom + height + margin <= window.innerHeight;
    const fitsAbove = top - height - margin >= 0;
    const lowest = window.innerHeight - height - margin;
    const y = fitsBelow ? bottom : fitsAbove ? top - height : lowest;
    style.left = `${Math.max(margin, Math.min(left, right))}px`;
    style.top = `${Math.max(margin, y)}px`;
  }

  #key(event: KeyboardEvent): void {
    // Nothing of this is for the editor around the page, or for what lies under the menu.
    event.stopPropagation();
    const at = this.#items.findIndex((each) => each === document.activeElement);
    const count = this.#items.length;
    switch (event.key) {
      case "ArrowDown":
        this.#focus((at + 1) % count);
        break;
      case "ArrowUp":
        this.#focus((at + count - 1) % count);
        break;
      case "Home":
        this.#focus(0);
        break;
      case "End":
        this.#focus(count - 1);
        break;
      case "Enter":
      case " ":
        this.#items[at]?.click();
        break;
      case "Escape":
      case "Tab":
        this.close();
        break;
      default:
        if (!this.#type(event, at)) return;
    }
    event.preventDefault();
  }

  /** A letter goes to the next item that begins with it. */
  #type({ key, ctrlKey, metaKey, altKey }: KeyboardEvent, at: number): boolean {
    if (key.length !== 1 || ctrlKey || metaKey || altKey) return false;
    const order = [
      ...this.#items.slice(at + 1),
      ...this.#items.slice(0, at + 1),
    ];
    const letter = key.toLowerCase();
    order
      .find((each) => each.textContent.toLowerCase().startsWith(letter))
      ?.focus();
    return true;
  }

  #focus(index: number): void {
    this.#items[index]?.focus();
  }
}

/** For the eye: a menu has no other children than its items, and says its description when it opens. */
function noteView(note: string): HTMLElement[] {
  if (note === "") return [];
  const view = make("div", "menu-note", note);
  view.setAttribute("aria-hidden", "true");
  return [view];
}
