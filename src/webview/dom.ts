import { visibleLines } from "../core/results/formatText";

/**
 * Makes an element with a class and children. Strings become text, never markup, and what in them would reorder, hide or
 * break what stands around is shown as signs, here and in what else a page says: they are values, names and messages of
 * databases.
 */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (className !== "") element.className = className;
  element.append(...children.map(inert));
  return element;
}

/** A button; without a label of its own its text says what it does, in a screen reader's list of buttons, too. */
export function button(
  className: string,
  text: string,
  onClick: () => void,
  label = text,
): HTMLButtonElement {
  const made = make("button", className, text);
  made.type = "button";
  // The label has to contain what can be read on the button.
  if (label !== text)
    setAttributes(made, {
      "aria-label": label.includes(text) ? label : `${text} ${label}`,
    });
  made.addEventListener("click", onClick);
  return made;
}

/** Sets attributes; null removes one. Writes only what differs, so that nothing is announced twice. */
export function setAttributes(
  element: Element,
  attributes: Readonly<Record<string, string | null>>,
): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null) element.removeAttribute(name);
    else {
      const text = visibleLines(value);
      if (element.getAttribute(name) !== text) element.setAttribute(name, text);
    }
  }
}

/** Sets an element's text when it differs. */
export function setText(element: Element, text: string): void {
  const shown = visibleLines(text);
  if (element.textContent !== shown) element.textContent = shown;
}

/** Replaces an element's children when `key` is not the one it was built for: focus and selection survive updates. */
export function rebuild(
  element: HTMLElement,
  key: string,
  build: () => readonly (Node | string)[],
): void {
  if (element.dataset["key"] === key) return;
  element.dataset["key"] = key;
  element.replaceChildren(...build().map(inert));
}

function inert(child: Node | string): Node | string {
  return typeof child === "string" ? visibleLines(child) : child;
}
