import type { SqlView } from "./view";

/** How far back a statement's beginning is looked for: what is longer has rows or a body. */
const farthest = 120;

/** Index of the first token of the statement that `index` is in; null when that is far back. */
export function statementStart(view: SqlView, index: number): number | null {
  const start = view.begin(index);
  if (index - start > farthest) {
    return null;
  }
  // The first of a block stands behind its opening.
  return /^(?:begin|then|else|loop)$/.test(view.word(start))
    ? start + 1
    : start;
}
