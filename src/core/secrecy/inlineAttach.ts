import { parseConnection } from "../connections/connectionText";
import { hasPassword } from "../connections/connectionPassword";
import { secretKeywords } from "../connections/libpqOptions";
import { viaductError } from "../errors/makeError";
import { quoteIdentifier, quoteLiteral } from "../sql/quote";
import type { Edit } from "./edits";
import { optionsAt, Words, type Option } from "./words";

/** An ATTACH whose connection string has a password, and how to say the same without it. */
export interface InlineAttach {
  /** libpq's options that are secrets, by keyword. */
  readonly secrets: ReadonlyMap<string, string>;
  /** The secret that the statement names itself; null for none. */
  readonly named: string | null;
  /** What makes the statement attach through the secret of this name instead. */
  edits(secret: string): readonly Edit[];
}

const postgresTypes = ["postgres", "postgres_scanner"];

/**
 * Reads an ATTACH of a PostgreSQL database whose string has a password; null for any other statement. Throws for a
 * password that cannot be taken out, because DuckDB shows the string in its list of databases and in every error.
 */
export function readInlineAttach(sql: string): InlineAttach | null {
  const words = new Words(sql);
  if (words.plain(0) !== "attach") {
    return null;
  }
  const first = words.tokens.findIndex((_, index) => words.isString(index));
  if (first < 0) {
    return null;
  }
  let last = first;
  while (words.isString(last + 1)) {
    last++;
  }
  const path = words.tokens
    .slice(first, last + 1)
    .map((_, offset) => words.value(first + offset))
    .join("");
  if (!hasPassword(path)) {
    return null;
  }
  const open = words.tokens.findIndex(
    (_, index) => index > last && words.plain(index) === "(",
  );
  const options = open < 0 ? [] : optionsAt(words, open);
  const connection = connectionOf(path, words, options);
  const values = parseConnection(connection, {
    errorClass: "connectionInvalid",
    subject: "The string of this ATTACH",
  });
  const secrets = new Map(
    [...values].filter(([keyword]) => secretKeywords.includes(keyword)),
  );
  return secrets.size === 0
    ? null
    : new PasswordAttach(
        words,
        { first, last, open, options },
        connection,
        values,
        secrets,
      );
}

/** The part of the path that libpq gets. */
function connectionOf(
  path: string,
  words: Words,
  options: readonly Option[],
): string {
  const type = options.find(({ name }) => name === "type");
  if (type !== undefined) {
    if (postgresTypes.includes(words.value(type.from).toLowerCase())) {
      return path;
    }
    throw viaductError(
      "credentialExposed",
      "The string of this ATTACH has a password, which DuckDB would show to everyone in its list of databases.",
      {
        hint: "Create a temporary secret of that type, and attach with its name.",
      },
    );
  }
  const prefixed = /^postgres(?:_scanner)?:(?!\/\/)([^]*)$/i.exec(path)?.[1];
  if (prefixed === undefined) {
    throw viaductError(
      "binder",
      "This ATTACH has a password in its string, and DuckDB would take the string for the name of a file: the statement does not say what it attaches.",
      { hint: "Write (TYPE postgres) behind it." },
    );
  }
  return prefixed;
}

interface Parts {
  readonly first: number;
  readonly last: number;
  /** Index of the bracket of the options; negative for none. */
  readonly open: number;
  readonly options: readonly Option[];
}

class PasswordAttach implements InlineAttach {
  constructor(
    private readonly words: Words,
    private readonly parts: Parts,
    private readonly connection: string,
    private readonly values: ReadonlyMap<string, string>,
    readonly secrets: ReadonlyMap<string, string>,
  ) {}

  get named(): string | null {
    const option = this.option("secret");
    return option === undefined ? null : this.words.value(option.from);
  }

  edits(secret: string): readonly Edit[] {
    const { first, last, open } = this.parts;
    const { tokens } = this.words;
    const start = tokens[first]?.start ?? 0;
    const end = tokens[last]?.end ?? 0;
    const isNamed = this.words.plain(last + 1) === "as";
    const name = defaultName(this.connection, this.rest, this.secrets);
    const alias = isNamed || name === "" ? "" : ` AS ${quoteIdentifier(name)}`;
    const given = `SECRET ${quoteIdentifier(secret)}`;
    const path = { start, end, text: quoteLiteral(this.rest) + alias };
    if (open < 0) {
      const behind = tokens.findLast(
        (token) => this.words.sql.slice(token.start, token.end) !== ";",
      );
      const at = behind?.end ?? end;
      const text = ` (TYPE postgres, ${given})`;
      return at === end
        ? [{ ...path, text: path.text + text }]
        : [path, { start: at, end: at, text }];
    }
    const option = this.option("secret");
    if (option !== undefined) {
      return [path, { ...this.range(option), text: given }];
    }
    const at = tokens[open]?.end ?? end;
    const type = this.option("type") === undefined ? "TYPE postgres, " : "";
    const comma = this.parts.options.length === 0 ? "" : ", ";
    return [path, { start: at, end: at, text: type + given + comma }];
  }

  /** The connection without its secrets, as key/value pairs: DuckDB adds it to the secret's own pairs. */
  private get rest(): string {
    return [...this.values]
      .filter(([keyword]) => !this.secrets.has(keyword))
      .map(
        ([keyword, value]) => `${keyword}='${value.replace(/[\\']/g, "\\$&")}'`,
      )
      .join(" ");
  }

  private option(name: string): Option | undefined {
    return this.parts.options.find((option) => option.name === name);
  }

  private range({ at, end }: Option): { start: number; end: number } {
    const { tokens } = this.words;
    return { start: tokens[at]?.start ?? 0, end: tokens[end - 1]?.end ?? 0 };
  }
}

/** The name that DuckDB gives to what is attached without one; from a text without the secrets where it has one of them. */
function defaultName(
  connection: string,
  rest: string,
  secrets: ReadonlyMap<string, string>,
): string {
  const [name, other] = [connection, rest].map(baseName);
  const isClean = [...secrets.values()].every(
    (secret) =>
      ![secret, encodeURIComponent(secret)].some((form) =>
        // A name may have the end of the password in it.
        overlaps(name ?? "", form),
      ),
  );
  return (isClean ? name : other) ?? "";
}

function overlaps(name: string, secret: string): boolean {
  const pieces = secret.split(/[/.?]/).filter((piece) => piece.length > 1);
  return pieces.some((piece) => name.includes(piece));
}

function baseName(path: string): string {
  const file = path.split("/").at(-1) ?? "";
  const name = file.split("?")[0]?.split(".")[0] ?? "";
  return ["system", "temp", "main"].includes(name.toLowerCase())
    ? `${name}_db`
    : name;
}
