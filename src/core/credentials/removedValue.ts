const removed =
  /^[#\s]*(?:was|were|formerly|previously|before|old)\b[ \t]*(?:[:=][ \t]*)?(?:'([^'\n]{3,300})'|"([^"\n]{3,300})"|(?=\S*\d)(?=\S*[A-Za-z])([^\s'"`,;()]{5,300})(?=\s*$))/i;

const beginning = /^[#\s]*(?:was|were|formerly|previously|before|old)/i;

/** True for a comment that begins as one does which says what was there before: few do. */
export function tellsOfRemoved(comment: string): boolean {
  return beginning.test(comment);
}

/** What is written like a value, and says when it was or why: a version, a ticket. */
const reference = /^(?:v?\d+(?:\.\d+)+|[A-Z]{2,10}-\d+)$/;

/** The value that a comment says was there before, as in `was 'x1'`, and where it begins in the comment. */
export function removedValue(
  comment: string,
): { readonly value: string; readonly at: number } | null {
  const match = removed.exec(comment);
  if (match === null) {
    return null;
  }
  const [whole, single, double, bare = ""] = match;
  const value = single ?? double ?? bare;
  return /\d|[^\w\s]/.test(value) && !reference.test(bare)
    ? { value, at: whole.lastIndexOf(value) }
    : null;
}
