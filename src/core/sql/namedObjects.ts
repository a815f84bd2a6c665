import { lex } from "./lexer";
import { tokenValue } from "./tokenText";

/** A secret that a statement makes or removes. */
export interface SecretChange {
  readonly verb: "CREATE" | "DROP";
  readonly name: string;
}

/** Words between CREATE or DROP and SECRET. */
const kindsOfSecret: ReadonlySet<string> = new Set([
  "or",
  "replace",
  "temp",
  "temporary",
  "persistent",
]);

/** Words between what is named and its name. */
const conditions: ReadonlySet<string> = new Set(["if", "not", "exists"]);

/** The secrets that a text makes or removes by name, wherever in it. */
export function changedSecrets(sql: string): readonly SecretChange[] {
  const words = wordsOf(sql);
  return words.flatMap(({ keyword }, index) => {
    if (keyword !== "secret") {
      return [];
    }
    const verb = words.findLast(
      (word, at) =>
        at < index &&
        (word.keyword === undefined || !kindsOfSecret.has(word.keyword)),
    )?.keyword;
    const name = nameAt(words, index + 1);
    return (verb === "create" || verb === "drop") && name !== undefined
      ? [{ verb: verb === "create" ? "CREATE" : "DROP", name } as const]
      : [];
  });
}

/** The database that a DETACH is about; undefined for any other statement. */
export function detachedDatabase(sql: string): string | undefined {
  const words = wordsOf(sql);
  return words[0]?.keyword === "detach"
    ? nameAt(words, words[1]?.keyword === "database" ? 2 : 1)
    : undefined;
}

interface Word {
  /** In lower case; undefined for what is quoted or no word. */
  readonly keyword: string | undefined;
  /** Undefined for what cannot be a name. */
  readonly name: string | undefined;
}

function nameAt(words: readonly Word[], start: number): string | undefined {
  return words.find(
    ({ keyword }, index) =>
      index >= start && (keyword === undefined || !conditions.has(keyword)),
  )?.name;
}

function wordsOf(sql: string): readonly Word[] {
  return lex(sql)
    .filter(({ kind }) => kind !== "comment")
    .map((token) => {
      const value = tokenValue(sql, token);
      const isWord = token.kind === "word";
      return {
        keyword: isWord ? value.toLowerCase() : undefined,
        // DuckDB takes a string for a name, too.
        name:
          isWord || token.kind === "quotedIdentifier" || token.kind === "string"
            ? value
            : undefined,
      };
    });
}
