import type { OffsetRange } from "./finding";

const opening = /<<-?[ \t]{0,3}\\?(["']?)([A-Za-z_]\w{0,40})\1/g;

/** So many that have no end are looked for: each is looked for up to the end of the text. */
const maxOpen = 8;

/** The lines that a shell gives to a command: `psql <<SQL … SQL`. */
export function hereDocuments(text: string): OffsetRange[] {
  const found: OffsetRange[] = [];
  let from = 0;
  let open = 0;
  for (const match of text.includes("<<") ? text.matchAll(opening) : []) {
    // Before anything is looked for: a line may have thousands of them.
    if (match.index < from) {
      continue;
    }
    const start = text.indexOf("\n", match.index) + 1;
    if (start === 0) {
      break;
    }
    const end = endOf(text, start - 1, match[2] ?? "");
    if (end >= 0) {
      found.push({ start, end: Math.max(start, end) });
      from = end;
    } else if (++open === maxOpen) {
      break;
    }
  }
  return found;
}

/** The line break before the line that is the delimiter, blanks and what closes the command aside; -1 for none. */
function endOf(text: string, from: number, delimiter: string): number {
  const closing = new RegExp(`\\n[ \\t]*${delimiter}(?!\\w)`, "g");
  closing.lastIndex = from;
  return closing.exec(text)?.index ?? -1;
}
