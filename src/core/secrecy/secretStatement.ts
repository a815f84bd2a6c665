import { isSecretName } from "../connections/secretWords";
import { isCredentialHeader, isCredentialName } from "../credentials/keys";
import { viaductError } from "../errors/makeError";
import type { ViaductError } from "../errors/viaductError";
import { optionsAt, Words, type Option } from "./words";

/** A CREATE SECRET as far as its secrets go. */
export interface SecretStatement {
  /** Indexes of the tokens of `words` that are literals of values. */
  readonly literals: readonly number[];
  /** Those of them that are secrets by the name of their option. */
  readonly secrets: readonly number[];
  /** Variables that a getenv() may answer although their names say that they are secrets. */
  readonly variables: ReadonlySet<string>;
}

/** Options that say what kind of secret it is: DuckDB wants them as they are. */
const structural: ReadonlySet<string> = new Set([
  "type",
  "provider",
  "scope",
  "storage",
]);

/** Options that DuckDB shows in `duckdb_secrets()` although they may be secrets. */
const shown = /^(?:extra_http_headers|scram_(?:client|server)_key)$/;

/** True for an option whose value DuckDB hides in `duckdb_secrets()`, or which is public in spite of its name. */
function isHidden(option: string): boolean {
  return (
    !shown.test(option) &&
    (isCredentialName(option) ||
      /^(?:key_id|uri|connection_string|access_key_id|sslkey|passfile)$/.test(
        option,
      ))
  );
}

/**
 * Reads a CREATE SECRET; null for any other statement. Throws where a secret would become readable: kept in a file, or
 * given to an option that `duckdb_secrets()` shows.
 */
export function readSecretStatement(words: Words): SecretStatement | null {
  const open = openOf(words);
  if (open < 0) {
    return null;
  }
  const options = optionsAt(words, open).filter(
    ({ name }) => !structural.has(name),
  );
  if (isPersistent(words, open) && options.some(({ name }) => isHidden(name))) {
    throw persistent();
  }
  const literals: number[] = [];
  const secrets: number[] = [];
  const variables = new Set<string>();
  for (const option of options) {
    for (let index = option.from; index < option.end; index++) {
      if (isGetenv(words, index)) {
        const close = words.closing(index + 1);
        checkGetenv(words, index, close, option, variables);
        index = close;
      } else if (words.isString(index)) {
        checkHeader(words, index, option);
        literals.push(index);
        if (isHidden(option.name) || isSecretName(option.name)) {
          secrets.push(index);
        }
      }
    }
  }
  return { literals, secrets, variables };
}

/** Index of the bracket with the options; negative for a statement of another kind. */
function openOf(words: Words): number {
  if (words.plain(0) !== "create") {
    return -1;
  }
  const noun = words.tokens.findIndex(
    (_, index) =>
      index > 0 &&
      !/^(?:or|replace|temp|temporary|persistent)$/.test(words.plain(index)),
  );
  return words.plain(noun) === "secret"
    ? words.tokens.findIndex(
        (_, index) => index > noun && words.plain(index) === "(",
      )
    : -1;
}

function isPersistent(words: Words, open: number): boolean {
  for (let index = 1; index < open; index++) {
    const word = words.plain(index);
    if (
      word === "persistent" ||
      (word === "in" && words.value(index + 1).toLowerCase() !== "memory")
    ) {
      return true;
    }
    if (word === "secret") {
      // A secret may be called persistent.
      const rest = words.tokens
        .slice(index + 1, open)
        .map((_, offset) => words.plain(index + 1 + offset));
      const storage = rest.lastIndexOf("in");
      return (
        storage >= 0 &&
        storage === rest.length - 2 &&
        words.value(open - 1).toLowerCase() !== "memory"
      );
    }
  }
  return false;
}

function isGetenv(words: Words, index: number): boolean {
  return (
    words.value(index).toLowerCase() === "getenv" &&
    words.plain(index + 1) === "("
  );
}

/** A variable that is a secret goes to an option that hides it; what it is must be plain to see. */
function checkGetenv(
  words: Words,
  index: number,
  close: number,
  option: Option,
  variables: Set<string>,
): void {
  const isPlain = close === index + 3 && words.isString(index + 2);
  const name = isPlain ? words.value(index + 2) : "";
  if (isHidden(option.name)) {
    if (isPlain) {
      variables.add(name);
    }
    return;
  }
  if (!isPlain || isCredentialName(name)) {
    throw viaductError(
      "credentialExposed",
      isPlain
        ? `The variable ${name} is a secret by its name, and DuckDB shows the option ${option.name.toUpperCase()} in duckdb_secrets().`
        : `DuckDB shows the option ${option.name.toUpperCase()} in duckdb_secrets(): which variable it gets has to be written out.`,
      {
        hint: "Give each variable to the option that it belongs to: PASSWORD getenv('POSTGRES_PASSWORD').",
        position: words.tokens[index]?.start,
      },
    );
  }
}

function checkHeader(words: Words, index: number, option: Option): void {
  const isValue =
    words.plain(index - 1) === ":" || words.plain(index - 1) === "=";
  const isHeader = isValue && isCredentialHeader(words.value(index - 2));
  if (
    isHeader ||
    (shown.test(option.name) && option.name.startsWith("scram"))
  ) {
    throw viaductError(
      "credentialExposed",
      `DuckDB shows the option ${option.name.toUpperCase()} in duckdb_secrets(), and this value of it is a secret.`,
      {
        hint: "Use an option that DuckDB hides, such as BEARER_TOKEN or PASSWORD.",
        position: words.tokens[index]?.start,
      },
    );
  }
}

function persistent(): ViaductError {
  return viaductError(
    "credentialExposed",
    "DuckDB would write this secret to a file of your home folder, with the password in it as it is.",
    {
      hint: "Write CREATE TEMPORARY SECRET; with getenv('…') for the password it can be made anew in each session.",
    },
  );
}
