import { lex } from "./lexer";
import type { Token } from "./token";

/** Words between CREATE, ALTER or DROP and what is created, which do not make it another kind of thing. */
const modifiers = new Set(
  (
    "or replace temp temporary persistent global local unlogged " +
    "recursive unique trusted procedural if not exists external " +
    "constraint default"
  ).split(" "),
);

/** Things whose name is two words, by the first. */
const pairs: ReadonlyMap<string, readonly string[]> = new Map([
  ["access", ["method"]],
  ["event", ["trigger"]],
  ["foreign", ["table", "data"]],
  ["materialized", ["view"]],
  ["operator", ["class", "family"]],
  ["text", ["search"]],
  ["user", ["mapping"]],
]);

const mainVerbs = new Set([
  "select",
  "insert",
  "update",
  "delete",
  "merge",
  "values",
  "table",
  "from",
]);

/**
 * The leading keywords of a statement, in lower case and without modifiers: `create secret`, `create materialized view`,
 * `select`, `insert` (also behind a WITH), `attach`, `explain`, …; the empty string when there is no keyword.
 */
export function statementKind(text: string): string {
  const tokens = lex(text).filter((token) => token.kind !== "comment");
  let first = 0;
  while (
    tokens[first]?.kind === "punctuation" &&
    text[tokens[first]?.start ?? 0] === "("
  ) {
    first++;
  }
  const verb = wordAt(text, tokens, first);
  switch (verb) {
    case "create":
    case "alter":
    case "drop":
      return `${verb} ${noun(text, tokens, first + 1)}`.trimEnd();
    case "with":
      return mainVerb(text, tokens, first) ?? "with";
    case "from":
    case "select":
      // DuckDB's `FROM t` is a SELECT without the word.
      return "select";
    default:
      return verb;
  }
}

function wordAt(text: string, tokens: readonly Token[], index: number): string {
  const token = tokens[index];
  return token?.kind === "word"
    ? text.slice(token.start, token.end).toLowerCase()
    : "";
}

function noun(text: string, tokens: readonly Token[], from: number): string {
  let index = from;
  while (modifiers.has(wordAt(text, tokens, index))) {
    index++;
  }
  const word = wordAt(text, tokens, index);
  const next = wordAt(text, tokens, index + 1);
  return pairs.get(word)?.includes(next) === true ? `${word} ${next}` : word;
}

/** The verb after the common table expressions: the first one outside parentheses. */
function mainVerb(
  text: string,
  tokens: readonly Token[],
  from: number,
): string | null {
  let depth = 0;
  for (let index = from; index < tokens.length; index++) {
    const token = tokens[index];
    if (token?.kind === "punctuation") {
      const sign = text[token.start];
      depth += sign === "(" ? 1 : sign === ")" ? -1 : 0;
    } else if (depth === 0 && index > from) {
      const word = wordAt(text, tokens, index);
      if (mainVerbs.has(word)) {
        return word === "from" ? "select" : word;
      }
    }
  }
  return null;
}
