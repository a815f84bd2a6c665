import { connectionSecrets } from "../credentials/connectionText";

/**
 * True when a connection string has a password in it, in any place where libpq reads one. Rather once too often: what
 * is refused here can be written without it.
 */
export function hasPassword(connection: string): boolean {
  // libpq decodes the keys of a URI, too.
  return [connection, decoded(connection)].some(
    (text) =>
      /(?:^|[\s?&])(?:ssl)?password\s*=\s*(?!&|$|''(?:\s|$))(?![a-z_]+\s*=)\S/i.test(
        text,
      ) ||
      // As parseConnectionUrl: the last @ ends the login, for an unencoded password may have one, and a slash.
      /^\s*[a-z][a-z0-9+.-]*:\/\/[^:?@]*:[^?]+@/i.test(text) ||
      connectionSecrets(text, true).length > 0,
  );
}

function decoded(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (encoded) => {
    try {
      return decodeURIComponent(encoded);
    } catch {
      return encoded;
    }
  });
}
