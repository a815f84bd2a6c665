import { isLibpqKeyword } from "./libpqOptions";

/** One option as a text gives it. */
export interface Pair {
  readonly keyword: string;
  readonly value: string;
}

/** What a parser of connection texts made of one: the options in order, or why not, in words that end a sentence. */
export type Parsed =
  { readonly pairs: readonly Pair[] } | { readonly problem: string };

const secretWord = /pass|secret|key/i;

/**
 * An option under the name that it has today, or the end of the sentence that says that there is none of that name. What
 * follows a secret, or a quote that swallowed one, may be a piece of it, and then it is not named.
 */
export function knownPair(
  keyword: string,
  value: string,
  before: readonly Pair[],
): Pair | string {
  if (keyword === "requiressl") {
    return {
      keyword: "sslmode",
      value: value.startsWith("1") ? "require" : "prefer",
    };
  }
  if (isLibpqKeyword(keyword)) {
    return { keyword, value };
  }
  const last = before.at(-1)?.keyword ?? "";
  if (secretWord.test(last)) {
    return `has something behind ${last} that is no option of libpq: a space or an & in a value has to be quoted or encoded`;
  }
  const mayBeSecret = before.some(
    (pair) => secretWord.test(pair.keyword) || secretWord.test(pair.value),
  );
  return !mayBeSecret && /^[A-Za-z][\w-]{0,40}$/.test(keyword)
    ? `has the option "${keyword}", which libpq does not know`
    : "has an option that libpq does not know";
}
