/** A text to look for; where it is found, `test` decides, if there is one. */
export interface Literal {
  /** At least two characters, lower case where any case will do. */
  readonly text: string;
  /** In any case; without it, as written. */
  readonly anyCase: boolean;
  /** Sticky; tried where the text begins. */
  readonly test?: RegExp;
}

interface Hit {
  readonly start: number;
  readonly end: number;
  /** Behind the characters that told of it: where the search goes on. */
  readonly from: number;
}

/** A literal, and the first of its characters by which it is looked for; -1 for the one before it. */
interface Anchored {
  readonly literal: Literal;
  readonly anchor: number;
}

/** Neighbours in SQL and YAML, from the most to the least frequent; what is not here is rarer. */
const frequent = (
  "te re er at in on le se st al nt is ti ta as io en or ct th ra an co ar pm me r ea nd pa am de ro is ou ui " +
  "st ri ex tr el cr et he on gr ns us ll ic id ec ca ge un lt ab la ns cu ed nl ib um ma rl it op ul om ne pe ce fi " +
  "es il so uc hf ux ac ol ag ap mu nd ke bl ss to lo na ng no ur ut im su ad di po ai ot em li mo ch ve av"
).split(" ");

/**
 * Looks for many literals in one pass: for each three neighbours of a text one look into a table of those that the
 * literals are known by, each by its rarest. Several times faster than alternations in patterns.
 */
export class LiteralSearch {
  /** By three characters, five bits of each: upper and lower case are the same, and so are some others. */
  private readonly isAnchor = new Uint8Array(1 << 15);
  private readonly byTriple = new Map<number, Anchored[]>();

  constructor(literals: readonly Literal[]) {
    for (const literal of literals) {
      const { text } = literal;
      if (text.length === 2) {
        for (let before = 0; before < 32; before++) {
          const triple = tripleOf(String.fromCharCode(before) + text, 0);
          this.add(triple, { literal, anchor: -1 });
        }
      } else {
        const anchor = rarestTriple(text);
        this.add(tripleOf(text, anchor), { literal, anchor });
      }
    }
  }

  private add(triple: number, anchored: Anchored): void {
    this.isAnchor[triple] = 1;
    const all = this.byTriple.get(triple) ?? [];
    this.byTriple.set(triple, [...all, anchored]);
  }

  /**
   * The first hit whose anchor ends behind `from`. Hits come in the order of their anchors: one that begins later may
   * come first.
   */
  next(text: string, from: number): Hit | null {
    const { isAnchor } = this;
    const { length } = text;
    let triple = from === 0 ? 0 : tripleOf(text, from - 3);
    for (let at = from; at < length; at++) {
      triple = ((triple << 5) | (text.charCodeAt(at) & 31)) & 32_767;
      if (isAnchor[triple] === 1) {
        const hit = this.hitAt(text, at - 2, triple);
        if (hit !== null) {
          return hit;
        }
      }
    }
    return null;
  }

  private hitAt(text: string, at: number, triple: number): Hit | null {
    for (const { literal, anchor } of this.byTriple.get(triple) ?? []) {
      const start = at - anchor;
      const end = endAt(text, start, literal);
      if (end >= 0) {
        return { start, end, from: at + 3 };
      }
    }
    return null;
  }
}

function tripleOf(text: string, at: number): number {
  const code = (offset: number): number => text.charCodeAt(at + offset) & 31;
  return (code(0) << 10) | (code(1) << 5) | code(2);
}

/** Where the literal that begins at `start` ends; -1 when it does not. */
function endAt(text: string, start: number, literal: Literal): number {
  const { anyCase, test, text: wanted } = literal;
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
  test.lastIndex = start;
  return test.test(text) ? test.lastIndex : -1;
}

/** Where the three neighbours begin that are met the least. */
function rarestTriple(text: string): number {
  const frequency = (index: number): number => {
    const pair = text.slice(index, index + 2).toLowerCase();
    const rank = /\s/.test(pair) ? 0 : frequent.indexOf(pair);
    return rank < 0 ? 0 : 1 / (rank + 5);
  };
  const frequencyOf = (index: number): number =>
    frequency(index) + frequency(index + 1);
  let best = 0;
  for (let index = 1; index + 2 < text.length; index++) {
    if (frequencyOf(index) < frequencyOf(best)) {
      best = index;
    }
  }
  return best;
}
