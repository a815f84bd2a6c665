import { createSecret } from "../../connections/secretStatement";
import { identifierText } from "../../sql/identifierText";
import { quoteLiteral } from "../../sql/quote";
import type { ConnectionType } from "./connectionParts";
import { lineBreak } from "./fixPlan";

/** Names of parameters of a DuckDB secret, where they differ from libpq's. */
const secretNames: ReadonlyMap<string, string> = new Map([
  ["dbname", "DATABASE"],
]);

/** What a secret is made from. */
export interface SecretParts {
  readonly type: ConnectionType;
  /** Alias of the database that it is for. */
  readonly alias: string;
  /** The connection by libpq's keywords. */
  readonly parts: ReadonlyMap<string, string>;
  /** The variable that has the password. */
  readonly variable: string;
}

/** `CREATE SECRET` for a connection, with `getenv()` for its password, under a name that the text does not have yet. */
export function secretStatement(
  text: string,
  { alias, parts, type, variable }: SecretParts,
): { readonly name: string; readonly sql: string } {
  const name = identifierText(freeSecretName(text, alias));
  const parameters = [...parts].map(([key, value]) => {
    const parameter = secretNames.get(key) ?? key.toUpperCase();
    return `${parameter} ${key === "password" ? `getenv(${quoteLiteral(variable)})` : quoteLiteral(value)}`;
  });
  const lines = [`TYPE ${type}`, ...parameters];
  return { name, sql: `${createSecret(name, lines, lineBreak(text))};` };
}

/** A name for the secret of a database, one that the text does not have yet. */
export function freeSecretName(text: string, alias: string): string {
  const base = `${alias}_connection`;
  let free = base;
  for (let number = 2; text.includes(free); number++) {
    free = `${base}_${number}`;
  }
  return free;
}
