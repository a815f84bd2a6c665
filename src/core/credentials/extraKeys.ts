import { lexTolerantly, type Token } from "../sql/lexer";
import { contentRange, tokenValue } from "../sql/tokenText";
import type { Candidate, OffsetRange, Place } from "./finding";
import { nameWords } from "./nameWords";
import { readEntries } from "./yaml/entries";
import type { Entry } from "./yaml/entry";

type IsExtra = (name: string) => boolean;

/** Statements in which `name = 'x'` compares or stores data. */
const dataStatement =
  /^(?:select|insert|update|delete|with|merge|values|from|replace|table)$/i;

/** True when a name is one of the extra keys, in whatever spelling of its words. */
export function extraKeyTest(keys: readonly string[]): IsExtra {
  const patterns = keys
    .map((key) =>
      nameWords(key.replaceAll("*", " 0any0 "))
        .join(" ")
        .replaceAll(/ ?0any0 ?/g, ".*"),
    )
    .filter((pattern) => pattern.replaceAll(".*", "") !== "");
  if (patterns.length === 0) {
    return () => false;
  }
  const test = new RegExp(`^(?:${patterns.join("|")})$`);
  return (name) => name.length <= 100 && test.test(nameWords(name).join(" "));
}

/** Values that a SQL text gives to the extra keys: options, settings, named arguments, and `key=x` within strings. */
export function extraKeysInSql(
  text: string,
  keys: readonly string[],
): Candidate[] {
  if (keys.length === 0) {
    return [];
  }
  const isExtra = extraKeyTest(keys);
  const found: Candidate[] = [];
  const tokens = lexTolerantly(text).filter(({ kind }) => kind !== "comment");
  let isData = false;
  tokens.forEach((token, index) => {
    const previous = tokens[index - 1];
    if (previous === undefined || text.charAt(previous.start) === ";") {
      isData = dataStatement.test(text.slice(token.start, token.end));
    }
    const name = nameOf(text, token);
    if (name !== null && isExtra(name)) {
      const value = valueBehind(text, tokens, index, isData);
      if (value !== null) {
        found.push({
          rule: "CS110",
          range: contentRange(text, value),
          value: tokenValue(text, value),
          key: name,
          place: "sqlLiteral",
        });
      }
    }
    if (/string$|meta$/i.test(token.kind)) {
      const range = contentRange(text, token);
      found.push(...assignments(text, range, isExtra, "CS110", "sqlText"));
    }
  });
  return found;
}

function nameOf(text: string, token: Token): string | null {
  switch (token.kind) {
    case "word":
      return text.slice(token.start, token.end);
    case "quotedIdentifier":
    case "string":
      return tokenValue(text, token);
    default:
      return null;
  }
}

function valueBehind(
  text: string,
  tokens: readonly Token[],
  index: number,
  isData: boolean,
): Token | null {
  const name = tokens[index];
  const next = tokens[index + 1];
  if (name === undefined || next === undefined) {
    return null;
  }
  const isString = (token: Token | undefined): token is Token =>
    token?.kind === "string" || token?.kind === "escapeString";
  if (name.kind !== "string" && isString(next)) {
    return isData ? null : next;
  }
  const between = text.slice(next.start, next.end).toLowerCase();
  const behind = tokens[index + 2];
  const isGiven =
    between === ":" || between === "=>" || between === ":="
      ? true
      : (between === "=" || between === "to") && !isData;
  return isGiven && isString(behind) ? behind : null;
}

const assignment =
  /(?<![\w.$-])([A-Za-z_][\w.-]{0,99})(\s*[=:]\s*)("[^"\n]*"|'[^'\n]*'|[^\s"',;&}]+)/g;

/** `NAME=value` and `name: value` within a text. */
function assignments(
  text: string,
  within: OffsetRange,
  isExtra: IsExtra,
  rule: "CS110" | "CY210",
  place: Place,
): Candidate[] {
  const found: Candidate[] = [];
  for (const match of text
    .slice(within.start, within.end)
    .matchAll(assignment)) {
    const [, key = "", operator = "", raw = ""] = match;
    if (isExtra(key)) {
      const quote = /^["']/.test(raw) ? 1 : 0;
      const start =
        within.start + match.index + key.length + operator.length + quote;
      const end = start + raw.length - 2 * quote;
      const value = text.slice(start, end);
      found.push({ rule, range: { start, end }, value, key, place });
    }
  }
  return found;
}

/** Values that a YAML text gives to the extra keys, as keys of maps and as `NAME=value` within scalars. */
export function extraKeysInYaml(
  text: string,
  keys: readonly string[],
): Candidate[] {
  if (keys.length === 0) {
    return [];
  }
  const isExtra = extraKeyTest(keys);
  return entriesOf(text).flatMap((entry): Candidate[] => {
    const key = entry.path.at(-1) ?? "";
    if (isExtra(key) && !entry.isListItem && entry.isText && entry.tag === "") {
      const { range, text: value } = entry;
      return [{ rule: "CY210", range, value, key, place: "yamlScalar" }];
    }
    return assignments(text, entry.range, isExtra, "CY210", "yamlText");
  });
}

function entriesOf(text: string): readonly Entry[] {
  try {
    return readEntries(text);
  } catch {
    // Not YAML at all: there are no keys in it.
    return [];
  }
}
