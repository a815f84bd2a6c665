/** A piece of a text that another takes the place of; UTF-16 offsets, `end` exclusive. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The text with edits made; they are in order and do not overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const edit of edits) {
    parts.push(text.slice(at, edit.start), edit.text);
    at = edit.end;
  }
  return parts.join("") + text.slice(at);
}

/** Where an offset of the edited text was in the text before; the beginning of an edit for what it has put in. */
export function offsetBefore(edits: readonly Edit[], offset: number): number {
  let shift = 0;
  for (const { start, end, text } of edits) {
    const begins = start + shift;
    if (offset < begins) {
      break;
    }
    if (offset < begins + text.length) {
      return start;
    }
    shift += text.length - (end - start);
  }
  return offset - shift;
}
