import { asciiBytes } from "../sql/asciiBytes";
import { fewestMet, type Anchor } from "./literalAnchors";

/** A text to look for; where it is found, `test` decides, if there is one. */
export interface Literal {
  /** At least two characters, lower case where any case will do. */
  readonly text: string;
  /** In any case; without it, as written. */
  readonly anyCase: boolean;
  /** A parenthesis follows, behind blanks or not; `test` says how many. */
  readonly isCall?: boolean;
  /** Sticky; tried where the text begins. */
  readonly test?: RegExp;
  /** What has to stand somewhere behind it, without which the test need not be tried. */
  readonly needs?: string;
}

/** A literal that was found. */
export interface Hit {
  readonly start: number;
  readonly end: number;
  /** What was not met yet ends behind it. */
  readonly from: number;
}

interface Anchored extends Anchor {
  readonly literal: Literal;
}

/** How much of a text is made ready to be looked at. */
const windowSize = 4096;

/** Up to where it does not pay. */
const shortText = 64;

/** Of each character what upper and lower case have in common. */
const folded = 0x5f_5f5f;

/** Three neighbours as a number of 18 bits: so many that hardly any two of interest have the same. */
function slotOf(triple: number): number {
  return Math.imul(triple & folded, 0x9e37_79b1) >>> 14;
}

/**
 * Characters of a text from an even offset on, two by two: one byte each, as they lie in memory everywhere. It is made
 * once for all texts, because to make it takes longer than to look through most of them.
 */
class TextWindow {
  readonly pairs = new Uint16Array(windowSize / 2 + 1);
  from = 0;
  end = 0;
  private readonly bytes = new Uint8Array(this.pairs.buffer);
  private shown = 0;
  private asked = 0;

  /** A number for a text: by the text itself it would be kept, which may hold credentials. */
  ask(): number {
    this.asked++;
    return this.asked;
  }

  /** Makes the text at an even offset ready, and one character behind the window that the last three need. */
  show(asked: number, text: string, at: number): void {
    if (asked !== this.shown || at < this.from || at >= this.end) {
      const piece = text.slice(at, at + windowSize + 2);
      asciiBytes(piece, this.bytes);
      this.bytes.fill(0, piece.length);
      this.shown = asked;
      this.from = at;
      this.end = Math.min(at + windowSize, text.length);
    }
  }
}

/**
 * Looks for many literals in one pass: of every other three neighbours of a text one look into a table of those that
 * the literals are known by, each by two that overlap, of which one is met wherever it stands. Many times faster than
 * alternations in patterns.
 */
export class LiteralSearch {
  /** A bit for each slot: whether a literal may be known by it. */
  readonly anchors = new Uint8Array(1 << 15);
  readonly window = new TextWindow();
  private readonly bySlot = new Map<number, Anchored[]>();

  constructor(literals: readonly Literal[]) {
    for (const literal of literals) {
      for (const anchor of fewestMet(literal.text)) {
        this.add({ ...anchor, literal });
      }
    }
  }

  /** Every character that is left open has a slot of its own. */
  private add(anchored: Anchored): void {
    const [a, b, c] = anchored.codes.map((code) =>
      code === null ? Array.from({ length: 128 }, (_, each) => each) : [code],
    );
    const slots = new Set<number>();
    for (const first of a ?? []) {
      for (const second of b ?? []) {
        for (const third of c ?? []) {
          slots.add(slotOf(first | (second << 8) | (third << 16)));
        }
      }
    }
    for (const slot of slots) {
      this.anchors[slot >> 3] =
        (this.anchors[slot >> 3] ?? 0) | (1 << (slot & 7));
      this.bySlot.set(slot, [...(this.bySlot.get(slot) ?? []), anchored]);
    }
  }

  /** What may be known by a slot. */
  anchored(slot: number): readonly Anchored[] {
    return this.bySlot.get(slot) ?? [];
  }

  /** True when one of the literals is in a text. */
  isIn(text: string): boolean {
    return this.over(text).next(0) !== null;
  }

  /** The same search over one text, again and again. */
  over(text: string): LiteralCursor {
    return new LiteralCursor(this, text);
  }
}

/** A search over one text that is asked further and further on. */
export class LiteralCursor {
  /** For what has to stand behind a literal, where it was met last. */
  private met: Map<string, number> | undefined;
  private asked = 0;

  constructor(
    private readonly search: LiteralSearch,
    private readonly text: string,
  ) {}

  /** The first hit whose own `from` is behind an offset; they come in its order. */
  next(from: number): Hit | null {
    // What tells of a literal may begin one character before it.
    const first = from & ~1;
    return this.text.length < shortText
      ? this.nextInShort(first)
      : this.nextInWindows(first);
  }

  private nextInShort(first: number): Hit | null {
    const { search, text } = this;
    const { anchors } = search;
    const { length } = text;
    let low = text.charCodeAt(first) & 0xff;
    for (let at = first; at < length; at += 2) {
      const middle = at + 1 < length ? text.charCodeAt(at + 1) : 0;
      const high = at + 2 < length ? text.charCodeAt(at + 2) : 0;
      const slot = slotOf(low | (middle << 8) | (high << 16));
      if ((((anchors[slot >> 3] ?? 0) >> (slot & 7)) & 1) === 1) {
        const hit = this.hitAt(at, slot);
        if (hit !== null) {
          return hit;
        }
      }
      low = high & 0xff;
    }
    return null;
  }

  private nextInWindows(first: number): Hit | null {
    const { anchors, window } = this.search;
    const { length } = this.text;
    if (this.asked === 0) {
      this.asked = window.ask();
    }
    for (let at = first; at < length; at = window.end) {
      window.show(this.asked, this.text, at);
      const { from, pairs } = window;
      const end = (window.end - from + 1) >> 1;
      let index = (at - from) >> 1;
      let low = pairs[index] ?? 0;
      for (; index < end; index++) {
        const high = pairs[index + 1] ?? 0;
        const slot = slotOf(low | (high << 16));
        if ((((anchors[slot >> 3] ?? 0) >> (slot & 7)) & 1) === 1) {
          const hit = this.hitAt(from + 2 * index, slot);
          if (hit !== null) {
            return hit;
          }
        }
        low = high;
      }
    }
    return null;
  }

  private hitAt(at: number, slot: number): Hit | null {
    for (const { literal, offset } of this.search.anchored(slot)) {
      const start = at - offset;
      const end = this.endAt(start, literal);
      if (end >= 0) {
        // Of the three neighbours the last may stand behind the literal.
        return { start, end, from: at + 2 };
      }
    }
    return null;
  }

  /** Where the literal that begins at `start` ends; -1 when it does not. */
  private endAt(start: number, literal: Literal): number {
    const { text } = this;
    const { anyCase, isCall, needs, test, text: wanted } = literal;
    if (start < 0) {
      return -1;
    }
    for (let index = 0; index < wanted.length; index++) {
      const code = text.charCodeAt(start + index);
      const isUpper = anyCase && code >= 65 && code <= 90;
      if ((isUpper ? code | 32 : code) !== wanted.charCodeAt(index)) {
        return -1;
      }
    }
    if (test === undefined) {
      return start + wanted.length;
    }
    if (isCall === true && !mayOpen(text.charCodeAt(start + wanted.length))) {
      return -1;
    }
    if (needs !== undefined && !this.isBehind(needs, start)) {
      return -1;
    }
    test.lastIndex = start;
    return test.test(text) ? test.lastIndex : -1;
  }

  private isBehind(needed: string, start: number): boolean {
    this.met ??= new Map();
    let at = this.met.get(needed) ?? -1;
    if (at < start) {
      const found = this.text.indexOf(needed, start);
      at = found < 0 ? Infinity : found;
      this.met.set(needed, at);
    }
    return at < Infinity;
  }
}

/** True for a parenthesis, and for what can be a blank before it. */
function mayOpen(code: number): boolean {
  return code === 0x28 || code <= 32 || code >= 128;
}
