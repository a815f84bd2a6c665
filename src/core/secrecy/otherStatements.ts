import { literalUrlSecrets } from "../credentials/literalUrls";
import { documentRegion } from "../credentials/region";
import { isCredentialName } from "../credentials/keys";
import { scanSql } from "../credentials/sql/scan";
import { viaductError } from "../errors/makeError";
import { statementKind } from "../sql/statementKind";
import type { Words } from "./words";

/** A literal credential of a statement, as it reads. */
export interface FoundCredential {
  readonly value: string;
  /** User name beside it; empty for none. */
  readonly user: string;
  readonly start: number;
  readonly end: number;
}

/** Every value in a credential's position of a statement of any kind. */
export function findCredentials(sql: string): FoundCredential[] {
  const found: FoundCredential[] = [];
  scanSql(documentRegion(sql), ({ range, value, user = "" }) => {
    if (value.trim() !== "") {
      found.push({ value, user, start: range.start, end: range.end });
    }
  });
  for (const { start, end } of literalUrlSecrets(sql)) {
    const value = sql.slice(start, end).replaceAll("''", "'");
    found.push({ value, user: "", start, end });
  }
  return found;
}

/** Functions that connect on their own, with a string that may have a password. */
const connecting =
  /^(?:postgres|mysql|sqlite)_(?:scan\w*|query|execute|attach)$/;

/**
 * Indexes of the literals with a credential in them that are arguments of functions which connect. Throws for a
 * statement that would keep such a literal where everyone can read it: in a view, a macro, a setting.
 */
export function connectingLiterals(
  words: Words,
  found: readonly FoundCredential[],
): number[] {
  refuseSetting(words);
  const literals = [...words.tokens.keys()].filter(
    (index) =>
      words.isString(index) &&
      isFound(words, index, found) &&
      connecting.test(calleeOf(words, index)),
  );
  const [first] = literals;
  const isKept =
    /^create (?:view|macro|function)/.test(statementKind(words.sql)) ||
    literals.some((index) => calleeOf(words, index).endsWith("_attach"));
  if (first !== undefined && isKept) {
    throw viaductError(
      "credentialExposed",
      "This statement makes views that would keep the password, for everyone to read.",
      {
        hint: "Attach the database, and name its tables: alias.schema.table.",
        position: words.tokens[first]?.start,
      },
    );
  }
  return literals;
}

function isFound(
  words: Words,
  index: number,
  found: readonly FoundCredential[],
): boolean {
  const token = words.tokens[index];
  return (
    token !== undefined &&
    found.some(({ start, end }) => start < token.end && end > token.start)
  );
}

/** `SET s3_secret_access_key = '…'`: every statement can read a setting. */
function refuseSetting(words: Words): void {
  const verb = words.plain(0);
  if (verb !== "set" && verb !== "pragma") {
    return;
  }
  const isScoped = /^(?:global|session|local)$/.test(words.plain(1));
  const at = isScoped ? 2 : 1;
  const name = words.value(at).toLowerCase();
  const isGiven = /^(?:=|to)$/.test(words.plain(at + 1));
  if (isGiven && name !== "variable" && isCredentialName(name)) {
    throw viaductError(
      "credentialExposed",
      `The setting ${name} would hold the secret where every statement can read it: in duckdb_settings().`,
      {
        hint: "Use CREATE TEMPORARY SECRET: DuckDB hides what is in it.",
        position: words.tokens[at]?.start,
      },
    );
  }
}

/** The function that the token at `index` is an argument of, in lower case; empty for none. */
function calleeOf(words: Words, index: number): string {
  let depth = 0;
  for (let at = index - 1; at > 0; at--) {
    const sign = words.plain(at);
    depth += sign === ")" ? 1 : sign === "(" ? -1 : 0;
    if (depth < 0) {
      return words.value(at - 1).toLowerCase();
    }
  }
  return "";
}
