import { isAsciiWordPart } from "../sql/chars";
import { isColumn } from "./codeValue";
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

/** The name, whose it is, and a sign or a verb: `Passwort: x`, `password of the app is 'x'`. `pass to dbt: v1` is none. */
const said =
  /(?<![\w.${-])(?:(pass|pwd|pw|secret(?:[ _]key)?|api[ _]?key|(?:auth |access )?token)|(password|passwd|passphrase|passwort|kennwort|mot de passe|contrase[ñn]a|senha|wachtwoord)(?: (?:for|of|to|del?|do|da|der|des|für|vom|du|pour|para)(?: [\w.@-]{1,30}){1,2})?)\s{0,3}(?::|=|\b(?:is|was|ist|war)\b)\s{0,3}(?:'([^'\n]{3,80})'|"([^"\n]{3,80})"|`([^`\n]{3,80})`|([^\s'"`,;()]{4,80})(?=\s{0,3}(?:$|\n|[,;)])))/gim;

/** `Password is 'x'` and `password: x` in the prose of a comment. */
export function proseSecrets(text: string): ShellSecret[] {
  const found: ShellSecret[] = [];
  for (const match of matchesOf(text, said)) {
    const [whole, short, long, single, double, tick, bare] = match;
    const key = short ?? long ?? "";
    const value = single ?? double ?? tick ?? bare ?? "";
    // A bare word in prose is a value only when it has a form that words do not have.
    // `the password is wrong!` ends a sentence.
    const word = /[:=]/.test(whole) ? bare : bare?.replace(/[!?]+$/, "");
    if (
      word !== undefined &&
      !/\d|[A-Z].*[a-z].*[A-Z]|[^\p{L}\p{N}_.-]/u.test(word)
    ) {
      continue;
    }
    // `PASSWORD :'app_pw'` of psql and `@password = @pw` are variables.
    const isVariable =
      /\s:['"]\w+['"]$/.test(whole) ||
      /^@{1,2}\w+$/.test(bare ?? "") ||
      isColumn(bare ?? "");
    if (isVariable || isSentence(value) || isNonValue(value)) {
      continue;
    }
    const end = match.index + whole.length - (bare === undefined ? 1 : 0);
    found.push({ range: { start: end - value.length, end }, value, key });
  }
  return found;
}

/** What is before the quote of `regexp_matches('password=x`: a text that is only looked for something in. */
const search =
  /\b(?:regexp_\w{1,20}|strpos|position|split_part|substr(?:ing)?)\s{0,3}\(\s{0,3}$/i;

/** As much as that is at most. */
const longestSearch = 40;

function isSearched(before: string): boolean {
  const quote = before.lastIndexOf("'");
  return (
    quote > 0 &&
    search.test(before.slice(Math.max(0, quote - longestSearch), quote))
  );
}

/** Words behind which a query compares or sets. */
const clauseWord = /\b(?:where|having|on|set|or|when|select)$/i;

/** As much as such a word is, and what stands before it. */
const longestWord = 7;

function endsIn(word: RegExp, text: string): boolean {
  return word.test(text.slice(-longestWord));
}

/** How much before a value is looked at for the query that it is in. */
const longestQuery = 300;

/** How long a name is at most. */
const longestName = 80;

/** True for a value at `start` that a query which was taken out compares with or stores: that is data. */
export function isInQuery(text: string, start: number): boolean {
  const from = Math.max(0, start - longestQuery);
  const before = text.slice(from, start);
  if (isSearched(before)) {
    return true;
  }
  const [sign = "="] = /\s{0,4}=\s{0,4}'?$/.exec(before.slice(-10)) ?? [];
  // `set PGPASSWORD=x` of Windows has neither a quote nor a blank.
  if (sign === "=") {
    return false;
  }
  const end = before.length - sign.length;
  const clause = before.slice(0, nameStart(before, end)).trimEnd();
  if (endsIn(/\band$/i, clause)) {
    // `host = 'h' and password = 'x'` is said to people; a query has a condition, or is the part of one.
    const statement = clause.slice(clause.lastIndexOf(";") + 1);
    return (
      /\b(?:where|having|join|case)\b/i.test(statement) ||
      (from === 0 && /^\s*and\b/i.test(clause))
    );
  }
  switch (clause.at(-1)) {
    case ",":
      return /\bupdate\b[^;]*\bset\b[^;]*,$/i.test(clause);
    case "(":
      return endsIn(/\busing$/i, clause.slice(0, -1).trimEnd());
    default:
      return endsIn(clauseWord, clause);
  }
}

/** Where the name begins that ends at `end`: from there on, because a pattern would try each character before it. */
function nameStart(text: string, end: number): number {
  let at = end;
  while (at > 0 && end - at < longestName && isNamePart(text, at - 1)) {
    at--;
  }
  return at;
}

function isNamePart(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 0x22 || code === 0x2e || isAsciiWordPart(code);
}
