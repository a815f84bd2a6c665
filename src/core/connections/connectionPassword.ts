import { connectionSecrets } from "../credentials/connectionText";
import { parseConnection } from "./connectionText";
import { secretKeywords } from "./libpqOptions";

/**
 * True when a connection string has a password in it, in any place where libpq reads one, also when the text is not
 * (yet) well-formed. Rather once too often: what is refused here can be written without it.
 */
export function hasPassword(connection: string): boolean {
  return (
    secretKeywords.some(
      (keyword) => (read(connection).get(keyword) ?? "") !== "",
    ) ||
    new RegExp(
      `(?:^|[\\s?&:])(?:${secretKeywords.join("|")})\\s*=\\s*(?!&|$|''(?:\\s|$))(?![a-z_]+\\s*=)\\S`,
      "i",
    ).test(connection) ||
    // The last @ ends the login: a pasted password may have an unencoded one, and a slash. Formats may stand before it.
    /^\s*(?:[a-z]\w+:(?!\/\/))*[a-z][a-z0-9+.-]*:\/\/[^:?@]*:[^?]+@/i.test(
      connection,
    ) ||
    connectionSecrets(connection, true).length > 0
  );
}

function read(connection: string): ReadonlyMap<string, string> {
  try {
    return parseConnection(connection, {
      errorClass: "connectionInvalid",
      subject: "",
    });
  } catch {
    return new Map();
  }
}
