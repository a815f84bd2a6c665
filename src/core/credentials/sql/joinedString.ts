import { firstIndex } from "../../collections/firstIndex";
import { stringRegion, subRegion, type Region } from "../region";
import type { Token } from "../../sql/token";
import type { SqlView } from "./view";

const comma = 0x2c;

/** A string, or several put together by `||`, read as one text. */
export interface JoinedString {
  readonly region: Region;
  /** Index of its last token. */
  readonly last: number;
  /** Index of the last token that is not to be read on its own: behind it are calls, with strings in them. */
  readonly read: number;
}

/** The strings of a statement, asked for in order: what one was put together of is not put together again. */
export class JoinedStrings {
  private joined = -1;

  /** The text that begins with the string at `index`. */
  at(view: SqlView, index: number, token: Token): JoinedString {
    const region = stringRegion(view.region, token);
    // Most strings stand alone.
    if (index <= this.joined || !mayJoin(view, index)) {
      return { region, last: index, read: index };
    }
    const joined = joinedString(view, index, region);
    this.joined = joined.last;
    return joined;
  }
}

/** The text that is put together from the string at `index` on; what is no string in it reads as `{expression}`. */
function joinedString(
  view: SqlView,
  index: number,
  first: Region,
): JoinedString {
  const pieces = [first];
  const isArgument = isConcat(view, index);
  let last = index;
  let read = index;
  let isBehindCall = false;
  for (;;) {
    const sign = view.sign(last + 1);
    if (!joins(sign) || (sign === "," && !isArgument)) {
      break;
    }
    const operand = operandAt(view, last + 2);
    if (operand === null || !isEnd(view.sign(operand.last + 1))) {
      break;
    }
    pieces.push(operand.region);
    last = operand.last;
    isBehindCall ||= operand.isCall;
    read = isBehindCall ? read : last;
  }
  return { region: together(pieces), last, read };
}

/** False for a string behind which nothing is that could be put to it. */
function mayJoin(view: SqlView, index: number): boolean {
  return (
    view.tokens[index + 1]?.kind === "operator" ||
    (view.punctuation(index + 1) === comma && isConcat(view, index))
  );
}

/** True for the first argument of a function that puts its arguments together. */
function isConcat(view: SqlView, index: number): boolean {
  const callee = view.word(index - 2);
  return callee === "concat" || callee === "concat_ws";
}

function joins(sign: string): boolean {
  return sign === "||" || sign === "+" || sign === ",";
}

/** What is put together with others. */
interface Operand {
  readonly region: Region;
  readonly last: number;
  readonly isCall: boolean;
}

function isEnd(sign: string): boolean {
  return joins(sign) || sign === "" || sign === ")" || sign === ";";
}

function operandAt(view: SqlView, index: number): Operand | null {
  const token = view.tokens[index];
  if (token === undefined || view.sign(index) !== "") {
    return null;
  }
  if (view.isString(index)) {
    const region = stringRegion(view.region, token);
    return { region, last: index, isCall: false };
  }
  // quote_literal('x') reads as 'x' with its quotes.
  const argument = view.tokens[index + 2];
  const callee = view.word(index);
  const isQuoted =
    (callee === "quote_literal" || callee === "quote_nullable") &&
    view.sign(index + 3) === ")" &&
    argument?.kind === "string";
  if (isQuoted) {
    const region = subRegion(view.region, argument);
    return { region, last: index + 3, isCall: false };
  }
  const region = {
    text: "{expression}",
    at: () => view.region.at(token.start),
  };
  const last = expressionEnd(view, index);
  return { region, last, isCall: last > index };
}

/** Index of the last token of an expression that begins with a word: `quote_ident(a || '_app')`, `a.b::text`. */
function expressionEnd(view: SqlView, index: number): number {
  let last = index;
  for (;;) {
    const sign = view.sign(last + 1);
    if (sign === "(") {
      last = view.closing(last + 1);
    } else if ((sign === "." || sign === "::") && view.name(last + 2) !== "") {
      last += 2;
    } else {
      return last;
    }
  }
}

function together(pieces: readonly Region[]): Region {
  const [only] = pieces;
  if (pieces.length === 1 && only !== undefined) {
    return only;
  }
  const ends: number[] = [];
  let text = "";
  for (const piece of pieces) {
    text += piece.text;
    ends.push(text.length);
  }
  return {
    text,
    at: (offset) => {
      const found = firstIndex(
        ends.length,
        (each) => offset < (ends[each] ?? 0),
      );
      const at = Math.min(found, ends.length - 1);
      return pieces[at]?.at(offset - (ends[at - 1] ?? 0)) ?? 0;
    },
  };
}
