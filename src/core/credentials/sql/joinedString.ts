import type { OffsetRange } from "../finding";
import { stringRegion, type Region } from "../region";
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
  while (view.sign(last + 1) === "||") {
    const operand = view.tokens[last + 2];
    const isEnd =
      ["||", "", ",", ")", ";"].includes(view.sign(last + 3)) &&
      view.sign(last + 2) === "";
    if (operand === undefined || !isEnd) {
      break;
    }
    pieces.push(
      view.isString(last + 2)
        ? stringRegion(view.region, operand)
        : { text: "{expression}", at: () => view.region.at(operand.start) },
    );
    last += 2;
  }
  const [only] = pieces;
  return {
    region: pieces.length === 1 && only !== undefined ? only : together(pieces),
    last,
  };
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
