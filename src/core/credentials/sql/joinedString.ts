import type { OffsetRange } from "../finding";
import { stringRegion, subRegion, type Region } from "../region";
import type { SqlView } from "./view";

/** A string, or several put together by `||`, read as one text. */
export interface JoinedString {
  readonly region: Region;
  /** Index of its last token. */
  readonly last: number;
}

/** The text that begins with the string at `index`; what is no string in it reads as `{expression}`. */
export function joinedString(view: SqlView, index: number): JoinedString {
  const first = view.tokens[index];
  const pieces: Region[] = [];
  let last = index;
  if (first !== undefined) {
    pieces.push(stringRegion(view.region, first));
  }
  const isArgument = /^concat(?:_ws)?$/.test(view.word(index - 2));
  const joins = isArgument ? ["||", "+", ","] : ["||", "+"];
  while (joins.includes(view.sign(last + 1))) {
    const operand = operandAt(view, last + 2);
    if (operand === null || !isEnd(view.sign(operand.last + 1))) {
      break;
    }
    pieces.push(operand.region);
    last = operand.last;
  }
  const [only] = pieces;
  return {
    region: pieces.length === 1 && only !== undefined ? only : together(pieces),
    last,
  };
}

function isEnd(sign: string): boolean {
  return ["||", "+", "", ",", ")", ";"].includes(sign);
}

function operandAt(view: SqlView, index: number): JoinedString | null {
  const token = view.tokens[index];
  if (token === undefined || view.sign(index) !== "") {
    return null;
  }
  if (view.isString(index)) {
    return { region: stringRegion(view.region, token), last: index };
  }
  // quote_literal('x') reads as 'x' with its quotes.
  const argument = view.tokens[index + 2];
  const isQuoted =
    /^quote_(?:literal|nullable)$/.test(view.word(index)) &&
    view.sign(index + 3) === ")" &&
    argument?.kind === "string";
  if (isQuoted) {
    return { region: subRegion(view.region, argument), last: index + 3 };
  }
  const region = {
    text: "{expression}",
    at: () => view.region.at(token.start),
  };
  return { region, last: index };
}

function together(pieces: readonly Region[]): Region {
  const bounds: OffsetRange[] = [];
  let length = 0;
  for (const piece of pieces) {
    bounds.push({ start: length, end: length + piece.text.length });
    length += piece.text.length;
  }
  return {
    text: pieces.map((piece) => piece.text).join(""),
    at: (offset) => {
      const found = bounds.findIndex((bound) => offset < bound.end);
      const at = found < 0 ? bounds.length - 1 : found;
      return pieces[at]?.at(offset - (bounds[at]?.start ?? 0)) ?? 0;
    },
  };
}
