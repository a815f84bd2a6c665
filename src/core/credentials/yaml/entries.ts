import type { OffsetRange } from "../finding";
import { BlockReader } from "./blockReader";
import { Unsure } from "./cursor";
import { documentRanges } from "./documents";
import type { Entry } from "./entry";
import { Names } from "./nameFacts";
import type { YamlNode } from "./node";
import { KnownDocuments, parsedDocuments } from "./parsed";
import { prepareYaml } from "./prepare";
import { isDeep } from "./recovery";
import { Suspects } from "./suspects";
import { entriesOf, YamlSource } from "./walk";

/** So many characters of a text are given to the parser of all of YAML, which would take too long for more. */
const maxParsed = 12_000;

/** Deeper than this the parser would take its time. */
const maxFlowDepth = 50;

/** What it costs the parser to begin, in characters. */
const parserStart = 300;

/** Every scalar value of a YAML text, with what is around it. Never throws. */
export function readEntries(text: string): Entry[] {
  return read(text, null);
}

/** Those of them that can be or hold a credential, and where all scalars are that a comment's mark can be in. */
export function readSuspects(
  text: string,
  names = new Names(),
): {
  readonly entries: readonly Entry[];
  readonly scalars: readonly OffsetRange[];
} {
  const suspects = new Suspects(text, names);
  const entries = read(text, suspects);
  return { entries, scalars: suspects.scalars };
}

function read(text: string, suspects: Suspects | null): Entry[] {
  const entries: Entry[] = [];
  const prepared = prepareYaml(text);
  const source = new YamlSource(text, prepared);
  const others = new OtherReader(text, prepared);
  const reader = new BlockReader(prepared, text, (start, end) =>
    others.read(start, end),
  );
  for (const range of documentRanges(prepared)) {
    const root = documentRoot(reader, range, others);
    for (const entry of entriesOf(root, source, suspects)) {
      entries.push(entry);
    }
  }
  return entries;
}

function documentRoot(
  reader: BlockReader,
  range: OffsetRange,
  others: OtherReader,
): YamlNode {
  try {
    return reader.read(range);
  } catch (error) {
    if (error instanceof Unsure) {
      return others.read(range.start, range.end);
    }
    throw error;
  }
}

/** Has the parser of all of YAML read what is no plain block, up to so much of a text; the rest is broken for us. */
class OtherReader {
  private left = maxParsed;
  /** No more of them than the parser may be given. */
  private readonly documents = new KnownDocuments();

  constructor(
    private readonly written: string,
    private readonly prepared: string,
  ) {}

  read(start: number, end: number): YamlNode {
    const broken = { type: "broken", start, end } as const;
    this.left -= end - start + parserStart;
    if (this.left < 0) {
      return { ...broken, node: null };
    }
    const text = this.prepared.slice(start, end);
    // No width of tabs that keeps offsets aligns the keys of such an item for the parser.
    const hasTabs = /^(?=[ \t]*\t)[ \t]*- +\S+:/m.test(
      this.written.slice(start, end),
    );
    if (hasTabs || isDeep(text, maxFlowDepth)) {
      return { ...broken, node: null };
    }
    try {
      const [first, ...more] = parsedDocuments(text, start, this.documents);
      const node = first?.root ?? null;
      return first?.isBroken === true || more.length > 0
        ? { ...broken, node }
        : node;
    } catch {
      // The parser gave up on this text (it may, on what is far from YAML): lines are better than nothing.
      return { ...broken, node: null };
    }
  }
}
