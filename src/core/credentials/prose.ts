import type { ShellSecret } from "./shellText";
import { matchesOf } from "./matches";
import { isNonValue } from "./nonValues";

/** True for words that are joined to a sentence; those of a passphrase are drawn at random. */
export function isSentence(text: string): boolean {
  return (
    /\S\s+\S+\s+\S/.test(text) &&
    /\b(?:your|the|an?|to|for|of|is|are|be|enter|please|must|this|that|if|not?|in|on|with)\b/i.test(
      text,
    )
  );
}

const said =
  /(?<![\w.$-])(password|passwd|passphrase|pass|pwd|secret(?:[ _]key)?|api[ _]?key|(?:auth |access )?token)\s{0,3}(?::|=|\b(?:is|was|ist|war)\b)\s{0,3}(?:'([^'\n]{3,80})'|"([^"\n]{3,80})"|`([^`\n]{3,80})`|([^\s'"`,;()]{4,80})(?=\s{0,3}(?:$|\n|[,;)])))/gim;

/** `Password is 'x'` and `password: x` in the prose of a comment. */
export function proseSecrets(text: string): ShellSecret[] {
  const found: ShellSecret[] = [];
  for (const match of matchesOf(text, said)) {
    const [whole, key = "", single, double, tick, bare] = match;
    const value = single ?? double ?? tick ?? bare ?? "";
    // A bare word in prose is a value only when it has a form that words do not have.
    // `the password is wrong!` ends a sentence.
    const word = /[:=]/.test(whole) ? bare : bare?.replace(/[!?]+$/, "");
    if (word !== undefined && !/\d|[A-Z].*[a-z].*[A-Z]|[^\w.-]/.test(word)) {
      continue;
    }
    if (isSentence(value) || isNonValue(value)) {
      continue;
    }
    // Of a query that was taken out: what it compares and sets is data.
    const before = text.slice(Math.max(0, match.index - 60), match.index);
    if (/^[^:]*=/.test(whole) && isInQuery(before)) {
      continue;
    }
    const end = match.index + whole.length - (bare === undefined ? 1 : 0);
    found.push({ range: { start: end - value.length, end }, value, key });
  }
  return found;
}

/** True behind `WHERE`, `SET` and the like of a query. */
function isInQuery(before: string): boolean {
  return (
    /\b(?:where|having|on|set|or|when)\s+(?:[\w"]+\.)?$/i.test(before) ||
    /\bwhere\b.*\band\s+(?:[\w"]+\.)?$/is.test(before) ||
    /\bset\b.*,\s*$/is.test(before)
  );
}
