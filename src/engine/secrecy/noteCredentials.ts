import type { Redactor } from "../../core/errors/redactor";
import { findCredentials } from "../../core/secrecy/otherStatements";

/** Makes the redactor know every credential that a statement has in clear, before anything can repeat it. */
export function noteCredentials(sql: string, redactor: Redactor): void {
  for (const { value, user } of findCredentials(sql)) {
    redactor.add(value, [user]);
    redactor.add(decoded(value), [user]);
    // As libpq reads a value in key/value pairs.
    redactor.add(value.replace(/\\([^])/g, "$1"), [user]);
  }
}

/** A password of a URL as it reads. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
