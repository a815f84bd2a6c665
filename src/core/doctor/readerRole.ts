import { quoteIdentifier } from "../sql/quote";

/** What the new role is to read. */
export interface ReaderOf {
  readonly user: string;
  readonly database: string;
  readonly schemas: readonly string[];
  /** Schemas where everybody may create, which no role's own rights can take away. */
  readonly publicCreateSchemas: readonly string[];
}

/** In bytes of UTF-8: PostgreSQL cuts longer names. */
const longestName = 63;

/** SQL that makes a role that can SELECT and nothing else. It sets no password: one would stay in histories and logs. */
export function readerRoleSql({
  user,
  database,
  schemas,
  publicCreateSchemas,
}: ReaderOf): string {
  const name = readerName(user);
  const role = quoteIdentifier(name);
  const list = schemas.map(quoteIdentifier).join(", ");
  return [
    "-- Run this as an owner of the database, then give the role a password with \\password in psql.",
    `CREATE ROLE ${role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOREPLICATION;`,
    `GRANT CONNECT ON DATABASE ${quoteIdentifier(database)} TO ${role};`,
    ...(list === ""
      ? []
      : [
          `GRANT USAGE ON SCHEMA ${list} TO ${role};`,
          `GRANT SELECT ON ALL TABLES IN SCHEMA ${list} TO ${role};`,
          "-- For tables that you make later:",
          `ALTER DEFAULT PRIVILEGES IN SCHEMA ${list} GRANT SELECT ON TABLES TO ${role};`,
        ]),
    ...publicCreateSchemas.map(
      (schema) =>
        `REVOKE CREATE ON SCHEMA ${quoteIdentifier(schema)} FROM PUBLIC; -- for every role`,
    ),
    `ALTER ROLE ${role} SET default_transaction_read_only = on;`,
  ].join("\n");
}

/** The user's name with a suffix, cut so that PostgreSQL need not. */
function readerName(user: string): string {
  const suffix = "_reader";
  const characters = Array.from(user);
  while (utf8Length(characters) > longestName - suffix.length) {
    characters.pop();
  }
  return characters.join("") + suffix;
}

function utf8Length(characters: readonly string[]): number {
  return characters.reduce((sum, character) => {
    const code = character.codePointAt(0) ?? 0;
    return sum + (code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x1_0000 ? 3 : 4);
  }, 0);
}
