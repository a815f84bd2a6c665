/** A character of a text that no database would get as it is written. */
interface Unsendable {
  readonly position: number;
  /** In words. */
  readonly what: string;
}

/**
 * The first of them; null for a text without one. DuckDB takes a NUL for the end of the statement and would run what is
 * before it (measured); half of a surrogate pair would become another character on the way.
 */
export function unsendable(text: string): Unsendable | null {
  const found = /\0|[\uD800-\uDFFF]/u.exec(text);
  if (found === null) {
    return null;
  }
  const [character] = found;
  return {
    position: found.index,
    what:
      character === "\0"
        ? "a NUL character, which would end it"
        : `half of a surrogate pair (U+${character.charCodeAt(0).toString(16).toUpperCase()}), which is no character`,
  };
}
