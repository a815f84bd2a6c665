import type { BoundStatement } from "../connections/secretParameters";
import { quoteIdentifier, quoteLiteral } from "../sql/quote";
import type { AttachEntry } from "./attachEntries";
import type { DuckdbSecret, SecretValue } from "./duckdbSecrets";

/** CREATE SECRET as dbt-duckdb makes it, but temporary, and with every value as a bound parameter. */
export function dbtSecretStatement(secret: DuckdbSecret): BoundStatement {
  const bound = new Map<string, string>();
  const bind = (value: string): string => {
    const name = `p${bound.size}`;
    bound.set(name, value);
    return `$${name}`;
  };
  const written = (value: SecretValue): string => {
    if (typeof value === "string") {
      return bind(value);
    }
    if (value instanceof Map) {
      const entries: ReadonlyMap<string, string> = value;
      const pairs = Array.from(
        entries,
        ([key, item]) => `${bind(key)}: ${bind(item)}`,
      );
      return `MAP {${pairs.join(", ")}}`;
    }
    return `[${Array.from(value as readonly string[], bind).join(", ")}]`;
  };
  const parameters = [
    `TYPE ${quoteIdentifier(secret.type.toLowerCase())}`,
    ...(secret.provider === ""
      ? []
      : [`PROVIDER ${quoteIdentifier(secret.provider.toLowerCase())}`]),
    ...[...secret.values].map(
      ([key, value]) => `${key.toUpperCase()} ${written(value)}`,
    ),
  ];
  return {
    sql: `CREATE OR REPLACE TEMPORARY SECRET ${quoteIdentifier(secret.name)} (${parameters.join(", ")})`,
    values: Object.fromEntries(bound),
  };
}

/** ATTACH of an entry that is no PostgreSQL database; `path` as it was resolved. */
export function dbtAttachStatement(entry: AttachEntry, path: string): string {
  const options = [
    ...(entry.type === "" ? [] : [`TYPE ${quoteIdentifier(entry.type)}`]),
    ...(entry.secret === "" ? [] : [`SECRET ${quoteIdentifier(entry.secret)}`]),
    ...(entry.readOnly ? ["READ_ONLY"] : []),
    ...[...entry.options].map(([name, value]) =>
      value === true
        ? name.toUpperCase()
        : `${name.toUpperCase()} ${typeof value === "string" ? quoteLiteral(value) : `[${value.map(quoteLiteral).join(", ")}]`}`,
    ),
  ];
  const alias = entry.alias === "" ? "" : ` AS ${quoteIdentifier(entry.alias)}`;
  const list = options.length === 0 ? "" : ` (${options.join(", ")})`;
  return `ATTACH IF NOT EXISTS ${quoteLiteral(path)}${alias}${list}`;
}
