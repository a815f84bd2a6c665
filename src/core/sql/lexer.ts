import { lexSegments } from "./segments";
import type { Token } from "./token";

export type { Token } from "./token";

/**
 * The tokens of a SQL text of any dialect, in order. Never throws; linear in the length of the text.
 * `dot` lines, psql's meta-commands, Jinja and parameters are tokens of their own.
 */
export function lex(text: string): Token[] {
  const segments = lexSegments(text);
  const [only] = segments;
  const tokens = only === undefined ? [] : [...only.tokens];
  for (let index = 1; index < segments.length; index++) {
    for (const token of segments[index]?.tokens ?? []) {
      tokens.push(token);
    }
  }
  return tokens;
}
