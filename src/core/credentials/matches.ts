const none: readonly RegExpExecArray[] = [];

/**
 * All matches of a global pattern. Most texts have none, and to ask that first takes a tenth of the time. They are found
 * with the pattern itself: to iterate over them would make another of it each time.
 */
export function matchesOf(
  text: string,
  pattern: RegExp,
): readonly RegExpExecArray[] {
  const first = text.search(pattern);
  if (first < 0) {
    return none;
  }
  const found: RegExpExecArray[] = [];
  pattern.lastIndex = first;
  for (
    let match = pattern.exec(text);
    match !== null;
    match = pattern.exec(text)
  ) {
    found.push(match);
    if (match[0] === "") {
      pattern.lastIndex++;
    }
  }
  return found;
}
