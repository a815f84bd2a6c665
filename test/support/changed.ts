import type { TextChange } from "../../src/core/sql/segmentCache";

/** The text after a change. */
export function changed(text: string, change: TextChange): string {
  return text.slice(0, change.start) + change.text + text.slice(change.end);
}
