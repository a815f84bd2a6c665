/** Three neighbours of a text by which a literal is known; null is any character. */
export interface Anchor {
  readonly codes: readonly (number | null)[];
  /** Where they begin, counted from the literal's beginning. */
  readonly offset: number;
}

/** Neighbours in SQL and YAML, from the most to the least frequent; what is not here is rarer. */
const frequent = (
  "te re er sq ql in at pg on le se st al nt is ti ta as io en or ct th ra an co ar pm me r ea nd pa am de ro is ou ui " +
  "st ri ex tr el cr et he on gr ns us ll ic id ec ca ge un lt ab la ns cu ed nl ib um ma rl it op ul om ne pe ce fi " +
  "es il so uc hf ux ac ol ag ap mu nd ke bl ss to lo na ng no ur ut im su ad di po ai ot em li mo ch ve av"
).split(" ");

/** How often any character follows another, in the measure of `frequency`. */
const ofAny = 0.15;

/** The two overlapping triples of a literal that are met the least: of an even and an odd offset each text has one. */
export function fewestMet(text: string): readonly [Anchor, Anchor] {
  // One that is shorter is known by what is around it as well.
  const first = text.length < 4 ? -1 : 0;
  const last = text.length - (text.length < 4 ? 3 : 4);
  let best = first;
  for (let offset = first + 1; offset <= last; offset++) {
    if (costOf(text, offset) < costOf(text, best)) {
      best = offset;
    }
  }
  return [anchorOf(text, best), anchorOf(text, best + 1)];
}

function anchorOf(text: string, offset: number): Anchor {
  const codes = [0, 1, 2].map((index) => {
    const code = text.charCodeAt(offset + index);
    return Number.isNaN(code) ? null : code;
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
  const rank = /\s/.test(pair) ? 0 : frequent.indexOf(pair);
  return rank < 0 ? 0 : 1 / (rank + 5);
}
