import { diffLines, diffWordsWithSpace, type Change } from "diff";
import { make } from "../dom";

/** Texts beyond this are compared by lines only, and further ones only as equal or not: the page must not freeze. */
const wordLimit = 20_000;
/** Time that a comparison may take, in milliseconds. */
const patienceMs = 500;

/** The differences of two texts, what is gone and what is new marked by more than a colour. */
export function diffView(before: string, after: string): HTMLElement {
  if (before === after) return make("p", "cell-note", "The two are equal.");
  const options = { timeout: patienceMs };
  const changes: readonly Change[] | undefined =
    before.length + after.length <= wordLimit
      ? diffWordsWithSpace(before, after, options)
      : diffLines(before, after, options);
  if (changes === undefined) {
    const note = "The two differ, in more places than can be shown.";
    return make("p", "cell-note", note);
  }
  const pre = make("pre", "cell-text cell-diff", ...changes.map(changeView));
  pre.tabIndex = 0;
  return pre;
}

function changeView({ value, added, removed }: Change): Node | string {
  if (!added && !removed) return value;
  const view = document.createElement(added ? "ins" : "del");
  view.textContent = value;
  return view;
}
