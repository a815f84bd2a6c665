/** Makes an element with a class and children; strings become text, never markup. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (className !== "") element.className = className;
  element.append(...children);
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
    else if (element.getAttribute(name) !== value)
      element.setAttribute(name, value);
  }
}

/** Sets an element's text when it differs. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Replaces an element's children when `key` is not the one it was built for: focus and selection survive updates. */
export function rebuild(
  element: HTMLElement,
  key: string,
  build: () => readonly (Node | string)[],
): void {
  if (element.dataset["key"] === key) return;
  element.dataset["key"] = key;
  element.replaceChildren(...build());
}
