import { optionsAt, type Words } from "./words";

/**
 * Variables whose names are written out where an encryption key goes, which DuckDB keeps to itself: `ATTACH … (ENCRYPTION_KEY
 * getenv('X'))` and `PRAGMA add_parquet_key('n', getenv('X'))`. Empty for any other statement.
 */
export function keyVariables(words: Words): ReadonlySet<string> {
  switch (words.plain(0)) {
    case "attach": {
      const open = words.tokens.findIndex(
        (_, index) => words.plain(index) === "(",
      );
      const key =
        open < 0
          ? undefined
          : optionsAt(words, open).find(
              ({ name }) => name === "encryption_key",
            );
      return key === undefined ? new Set() : variableAt(words, key.from);
    }
    case "pragma":
      // PRAGMA add_parquet_key ( 'n' , getenv ( 'X' ) )
      return words.plain(1) === "add_parquet_key"
        ? variableAt(words, 5)
        : new Set();
    default:
      return new Set();
  }
}

function variableAt(words: Words, index: number): ReadonlySet<string> {
  const isPlain =
    words.value(index).toLowerCase() === "getenv" &&
    words.plain(index + 1) === "(" &&
    words.isString(index + 2) &&
    words.plain(index + 3) === ")";
  return isPlain ? new Set([words.value(index + 2)]) : new Set();
}
