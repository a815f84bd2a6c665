import { lexSegments, type LexedSegment } from "./segments";
import type { Token } from "./token";

export type { Token } from "./token";

/**
 * The tokens of a SQL text of any dialect, in order. Never throws; linear in the length of the text.
 * `dot` lines, psql's meta-commands, Jinja and parameters are tokens of their own. Where the text ends within a string,
 * one before it that holds lines that are plainly statements is taken for the one that is not closed; where it does not,
 * every string is what it says: no piece of one is ever run.
 */
export function lex(text: string): Token[] {
  const exact = lexSegments(text, "none");
  if (exact.at(-1)?.isOpen !== true) {
    return tokensOf(exact);
  }
  const recovered = lexSegments(text, "lines");
  // Where that does not end well either, nothing is known of where it goes wrong.
  return tokensOf(recovered.at(-1)?.isOpen === true ? exact : recovered);
}

/** The same for a text that need not be right anywhere: as the lint reads it, and nothing else may. */
export function lexTolerantly(text: string): Token[] {
  return tokensOf(lexSegments(text));
}

function tokensOf(segments: readonly LexedSegment[]): Token[] {
  const [only] = segments;
  const tokens = only === undefined ? [] : [...only.tokens];
  for (let index = 1; index < segments.length; index++) {
    for (const token of segments[index]?.tokens ?? []) {
      tokens.push(token);
    }
  }
  return tokens;
}
