import { lexTolerantly } from "../sql/lexer";
import { contentRange } from "../sql/tokenText";
import type { OffsetRange } from "./finding";

/** `scheme://user:` and all up to the last @; a port and a path are no password. */
const login =
  /^\s*[a-z][a-z0-9+.-]*:(?:[a-z][a-z0-9+.-]*:)?\/\/[^\s:@/?#]*:(?!\d+(?:[/?#]|$))([^]+)@/i;

/**
 * Passwords of URLs that are string literals of their own: there the end of the literal is the end of the URL, so that
 * a password may have quotes, spaces and whatever else the rules take for the end of a URL in running text.
 */
export function literalUrlSecrets(text: string): OffsetRange[] {
  if (!text.includes("://")) {
    return [];
  }
  return lexTolerantly(text).flatMap((token) => {
    switch (token.kind) {
      case "string":
      case "escapeString":
      case "dollarString": {
        const { start, end } = contentRange(text, token);
        const found = login.exec(text.slice(start, end));
        const [whole, password] = found ?? [];
        if (whole === undefined || password === undefined) {
          return [];
        }
        const at = start + whole.length - 1;
        return [{ start: at - password.length, end: at }];
      }
      default:
        return [];
    }
  });
}
