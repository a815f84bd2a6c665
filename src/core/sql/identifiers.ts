import { lex } from "./lexer";
import { contentRange, tokenValue } from "./tokenText";

/**
 * True when `name` (of letters, digits and underscores; case does not matter) occurs in `text` as an identifier, quoted
 * or not, or anywhere in a string, where dynamic SQL would find it. Strings are also looked at put together, because
 * `'postgres_' || 'execute'` is a constant to DuckDB. Comments do not count.
 */
export function hasIdentifier(text: string, name: string): boolean {
  const wanted = name.toLowerCase();
  let strings = "";
  for (const token of lex(text)) {
    switch (token.kind) {
      case "word":
      case "quotedIdentifier":
        if (tokenValue(text, token).toLowerCase() === wanted) {
          return true;
        }
        break;
      case "dollarString":
      case "string":
      case "escapeString": {
        const value = tokenValue(text, token).toLowerCase();
        if (
          value.includes(wanted) ||
          rawContent(text, token).includes(wanted)
        ) {
          return true;
        }
        strings += value;
        break;
      }
      case "template":
      case "psqlMeta":
        if (text.slice(token.start, token.end).toLowerCase().includes(wanted)) {
          return true;
        }
        break;
      case "comment":
      case "number":
      case "operator":
      case "parameter":
      case "punctuation":
        break;
    }
  }
  return strings.includes(wanted);
}

function rawContent(
  text: string,
  token: Parameters<typeof contentRange>[1],
): string {
  const range = contentRange(text, token);
  return text.slice(range.start, range.end).toLowerCase();
}
