/** Three neighbours of a text by which a literal is known: of each, the codes that it may be. */
export interface Anchor {
  readonly codes: readonly (readonly number[])[];
  /** Where they begin, counted from the literal's beginning. */
  readonly offset: number;
}

/** What a literal is known by: itself, and what may stand around it. */
export interface Anchorable {
  readonly text: string;
  readonly isCall?: boolean;
  readonly isWordStart?: boolean;
}

/** Neighbours in SQL and YAML with their ranks, from the most to the least frequent; what is not here is rarer. */
const frequent: ReadonlyMap<string, number> = new Map(
  (
    "te re er sq ql in at pg on le se st al nt is ti ta as io en or ct th ra an co ar pm me ea nd pa am de ro is ou ui " +
    "ri ex tr el cr et he gr ns us ll ic id ec ca ge un lt ab la cu ed nl ib um ma rl it op ul om ne pe ce fi es il so " +
    "uc hf ux ac ol ag ap mu ke bl ss to lo na ng no ur ut im su ad di po ai ot em li mo ch ve av"
  )
    .split(" ")
    .map((pair, index) => [pair, index + 1] as const),
);

/** How often any character follows another, in the measure of `frequency`. */
const ofAny = 0.15;

const anything = Array.from({ length: 128 }, (_, code) => code);

/** What may stand before a word, and what between a function's name and its parenthesis. */
const noWord = anything.filter((code) => !/\w/.test(String.fromCharCode(code)));
const opening = anything.filter((code) => code <= 32 || code === 0x28);

/** The two overlapping triples of a literal that are met the least: of an even and an odd offset each text has one. */
export function fewestMet(literal: Anchorable): readonly [Anchor, Anchor] {
  const { length } = literal.text;
  // One that is shorter is known by what is around it as well.
  const first = length < 4 ? -1 : 0;
  const last = length - (length < 4 ? 3 : 4);
  let best = first;
  for (let offset = first + 1; offset <= last; offset++) {
    if (costOf(literal.text, offset) < costOf(literal.text, best)) {
      best = offset;
    }
  }
  return [anchorOf(literal, best), anchorOf(literal, best + 1)];
}

function anchorOf(literal: Anchorable, offset: number): Anchor {
  const { isCall, isWordStart, text } = literal;
  const codes = [0, 1, 2].map((index) => {
    const at = offset + index;
    if (at < 0) {
      return isWordStart === true ? noWord : anything;
    }
    if (at >= text.length) {
      return isCall === true ? opening : anything;
    }
    return [text.charCodeAt(at)];
  });
  return { codes, offset };
}

function costOf(text: string, offset: number): number {
  return [0, 1, 1, 2]
    .map((index) => frequency(text, offset + index))
    .reduce((sum, each) => sum + each, 0);
}

function frequency(text: string, index: number): number {
  if (index < 0 || index + 2 > text.length) {
    return ofAny;
  }
  const pair = text.slice(index, index + 2).toLowerCase();
  const rank = pair.includes(" ") ? 1 : frequent.get(pair);
  return rank === undefined ? 0 : 1 / (rank + 4);
}
