import { lex } from "../sql/lexer";

/** What a statement did, as the engine reports it. */
export interface StatementEffect {
  /** Rows returned, or null when the statement returns none. */
  readonly rowsReturned: number | null;
  readonly rowsChanged: number;
}

/** Words that may stand between CREATE or DROP and what is created. */
const modifiers = new Set([
  "OR",
  "REPLACE",
  "TEMP",
  "TEMPORARY",
  "PERSISTENT",
  "UNIQUE",
  "RECURSIVE",
  "LOCAL",
  "GLOBAL",
]);

/** The first words of a statement in capitals, comments left out. */
export function leadingWords(sql: string, count: number): string[] {
  const words: string[] = [];
  for (const token of lex(sql)) {
    if (token.kind === "comment") {
      continue;
    }
    if (token.kind !== "word" || words.length === count) {
      break;
    }
    words.push(sql.slice(token.start, token.end).toUpperCase());
  }
  return words;
}

/** The command tag of a DuckDB statement in the form of `psql`: `SELECT 3`, `INSERT 0 5`, `CREATE TABLE`. */
export function commandTag(
  verb: string,
  sql: string,
  effect: StatementEffect,
): string {
  const { rowsReturned, rowsChanged } = effect;
  const rows = rowsReturned ?? rowsChanged;
  const words = leadingWords(sql, 8);
  if (words[0] === "TRUNCATE") {
    return "TRUNCATE TABLE";
  }
  switch (verb) {
    case "INSERT":
      return `INSERT 0 ${rows}`;
    case "UPDATE":
    case "DELETE":
    case "MERGE":
    case "COPY":
      return `${verb} ${rows}`;
    default:
  }
  const first = words[0] ?? "";
  switch (first) {
    case "CREATE":
    case "DROP":
    case "ALTER": {
      const object = words.slice(1).find((word) => !modifiers.has(word)) ?? "";
      const isCopy =
        first === "CREATE" && object === "TABLE" && rowsChanged > 0;
      return isCopy ? `SELECT ${rowsChanged}` : `${first} ${object}`.trim();
    }
    case "EXPLAIN":
      return "EXPLAIN";
    case "CALL":
    case "PRAGMA":
      return first;
    default:
      return rowsReturned === null ? first : `SELECT ${rowsReturned}`;
  }
}
