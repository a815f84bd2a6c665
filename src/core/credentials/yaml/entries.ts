import type { OffsetRange } from "../finding";
import { readBlocks } from "./blockReader";
import { Cursor, Unsure } from "./cursor";
import { documentRanges } from "./documents";
import type { Entry } from "./entry";
import { guessedKind } from "./kind";
import { readLineEntries } from "./lineEntries";
import { parsedDocuments } from "./parsed";
import { prepareYaml } from "./prepare";
import { Suspects } from "./suspects";
import { entriesOf } from "./walk";

/** So much of a text is given to the parser of all of YAML, which would take too long for more. */
const maxParsed = 100_000;

/** Every scalar value of a YAML text, with what is around it. Never throws. */
export function readEntries(text: string): Entry[] {
  return read(text, null);
}

/** Those of them that can be or hold a credential, and where all scalars are that a comment's mark can be in. */
export function readSuspects(text: string): {
  readonly entries: readonly Entry[];
  readonly scalars: readonly OffsetRange[];
} {
  const suspects = new Suspects(text);
  const entries = read(text, suspects);
  return { entries, scalars: suspects.scalars };
}

function read(text: string, suspects: Suspects | null): Entry[] {
  const entries: Entry[] = [];
  const prepared = prepareYaml(text);
  let rest = maxParsed;
  for (const range of documentRanges(prepared)) {
    const plain = blockEntries(text, prepared, range, suspects);
    if (plain !== null) {
      append(entries, plain);
      continue;
    }
    const length = range.end - range.start;
    rest -= length;
    const others =
      (rest < 0 ? null : parsedEntries(text, prepared, range)) ??
      readLineEntries(text, range);
    append(entries, others);
    suspects?.add(others);
  }
  return entries;
}

function append(entries: Entry[], others: readonly Entry[]): void {
  for (const entry of others) {
    entries.push(entry);
  }
}

/** The entries of a document that consists of plain blocks; null for any other. */
function blockEntries(
  text: string,
  prepared: string,
  { start, end }: OffsetRange,
  suspects: Suspects | null,
): Entry[] | null {
  try {
    const root = readBlocks(new Cursor(prepared, start, end, text));
    return entriesOf(root, text, prepared, suspects);
  } catch (error) {
    if (error instanceof Unsure) {
      return null;
    }
    throw error;
  }
}

/** The entries by the parser of all of YAML; null where it gives up. */
function parsedEntries(
  text: string,
  prepared: string,
  { start, end }: OffsetRange,
): Entry[] | null {
  if (/^[ \t]*\t[ \t]*- +\S+:/m.test(text.slice(start, end))) {
    // No width of tabs that keeps offsets aligns the keys of such an item for the parser.
    return null;
  }
  try {
    const documents = parsedDocuments(prepared.slice(start, end), start);
    return documents.flatMap((document, index) => {
      const own = entriesOf(document.root, text, prepared);
      // A document that is broken may end early: all up to the next one belongs to it.
      const next = documents[index + 1]?.start ?? end;
      return document.isBroken
        ? repaired(text, { start: document.start, end: next }, own)
        : own;
    });
  } catch {
    // The parser gave up on this text (it may, on what is far from YAML): lines are better than nothing.
    return null;
  }
}

/** What the parser made of a broken document, and the lines that it could not place or took into a value. */
function repaired(
  text: string,
  within: OffsetRange,
  own: readonly Entry[],
): Entry[] {
  const whole = own.filter(
    ({ style, text: value }) =>
      style === "block" ||
      !/\n\s*(?:- +)?["']?[\w.-]+["']?:(?:\s|$)/.test(value),
  );
  const places = whole
    .map((entry) => entry.whole)
    .sort((a, b) => a.start - b.start);
  let next = 0;
  const kind = own.find((entry) => entry.kind !== "generic")?.kind;
  const lines = readLineEntries(text, within, kind ?? guessedKind(text)).filter(
    ({ range }) => {
      while ((places[next]?.end ?? Infinity) <= range.start) {
        next++;
      }
      return (places[next]?.start ?? Infinity) >= range.end;
    },
  );
  return [...whole, ...lines];
}
