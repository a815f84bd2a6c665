/** Names in the text of a statement: where they stand, and which of them are relations. */
import { lex, type Token } from "../../sql/lexer";
import { tokenValue } from "../../sql/tokenText";

/** A name of one to four parts, or a call of `postgres_query`, where it stands in the text. */
export interface Place {
  readonly start: number;
  readonly end: number;
  readonly parts: readonly string[];
  /** Where each of the parts ends. */
  readonly ends: readonly number[];
  /** What is behind it, in upper case; empty for nothing. */
  readonly after: string;
  /** True for an item of a FROM clause. */
  readonly isRelation: boolean;
}

/** Every name of the text with its qualifiers. */
export function namesIn(sql: string): Place[] {
  const tokens = lex(sql).filter(({ kind }) => kind !== "comment");
  const text = (at: number): string => textOf(sql, tokens[at]);
  const isName = (at: number): boolean =>
    tokens[at]?.kind === "word" || tokens[at]?.kind === "quotedIdentifier";
  const items = fromItems(sql, tokens);
  const places: Place[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const first = tokens[at];
    if (first === undefined || !isName(at)) {
      continue;
    }
    const isRelation = items.has(at);
    const parts = [tokenValue(sql, first)];
    const ends = [first.end];
    while (text(at + 1) === "." && isName(at + 2)) {
      at += 2;
      const token = tokens[at];
      if (token !== undefined) {
        parts.push(tokenValue(sql, token));
        ends.push(token.end);
      }
    }
    const after = text(at + 1).toUpperCase();
    const end = ends.at(-1) ?? first.end;
    places.push({ start: first.start, end, parts, ends, after, isRelation });
  }
  return places;
}

/** Words that end a FROM clause. */
const ending: ReadonlySet<string> = new Set(
  (
    "SELECT WHERE GROUP HAVING ORDER LIMIT OFFSET QUALIFY WINDOW UNION EXCEPT INTERSECT SET VALUES RETURNING " +
    "PIVOT UNPIVOT"
  ).split(" "),
);

/** Which tokens an item of a FROM clause begins with: behind FROM, JOIN, and a comma or a parenthesis among them. */
function fromItems(sql: string, tokens: readonly Token[]): Set<number> {
  const items = new Set<number>();
  /** For each open parenthesis, whether a FROM clause is around what stands there. */
  const stack: boolean[] = [];
  let isFrom = false;
  tokens.forEach((token, at) => {
    const before = textOf(sql, tokens[at - 1]).toUpperCase();
    const begins =
      isFrom && (before === "," || before === "FROM" || before === "JOIN");
    const isItem = begins || (isFrom && before === "(");
    const word = textOf(sql, token).toUpperCase();
    if (token.kind === "word" && before !== "." && word === "FROM") {
      // `a IS DISTINCT FROM b` compares.
      isFrom = before !== "DISTINCT";
    } else if (token.kind === "word" && before !== "." && ending.has(word)) {
      isFrom = false;
    } else if (/^[([{]$/.test(word)) {
      stack.push(isFrom);
      isFrom = word === "(" && isItem;
    } else if (/^[)\]}]$/.test(word)) {
      isFrom = stack.pop() ?? false;
    } else if (isItem) {
      items.add(at);
    }
  });
  return items;
}

function textOf(sql: string, token: Token | undefined): string {
  return token === undefined ? "" : sql.slice(token.start, token.end);
}
