import {
  secretKeywords,
  isLibpqKeyword,
} from "../../core/connections/libpqOptions";
import { classifyDuckdbError } from "../../core/errors/classifyDuckdb";
import type { ErrorInfo } from "../../core/errors/errorInfo";
import { viaductError } from "../../core/errors/makeError";
import type { Redactor } from "../../core/errors/redactor";
import { ViaductError } from "../../core/errors/viaductError";
import { applyEdits, offsetBefore, type Edit } from "../../core/secrecy/edits";
import {
  readInlineAttach,
  type InlineAttach,
} from "../../core/secrecy/inlineAttach";
import { keyVariables } from "../../core/secrecy/keyStatement";
import {
  connectingLiterals,
  findCredentials,
} from "../../core/secrecy/otherStatements";
import { readSecretStatement } from "../../core/secrecy/secretStatement";
import { Words } from "../../core/secrecy/words";
import { quoteIdentifier } from "../../core/sql/quote";
import type { Connection } from "../duckdb";

/** A statement as DuckDB gets it: with no credential in its text. */
export interface SafeStatement {
  readonly sql: string;
  /** Variables that are secrets by their names and that getenv() may answer all the same. */
  readonly variables: ReadonlySet<string>;
  /** True when the password of an ATTACH went another way. */
  readonly isAttachedBySecret: boolean;
  /** An error of it, with its place in the statement that the user wrote. */
  atHome(error: ErrorInfo): ErrorInfo;
}

/** The function that stands for a literal while its statement runs. */
const literalFunction = "viaduct_credential";
/** The secret that an ATTACH uses; there is none of that name before and after. */
export const attachSecret = "viaduct_inline";

/**
 * Keeps credentials that a user writes into a statement out of whatever DuckDB remembers: its statement log, its list of
 * databases, its errors. A literal becomes a call that only this process can answer, and only while the statement runs;
 * the password of an ATTACH goes through a temporary secret.
 */
export class Secrecy {
  private literals: readonly string[] = [];

  constructor(
    /** The user's: a secret that is made on another one is not seen in a transaction. */
    private readonly connection: Connection,
    private readonly redactor: Redactor,
  ) {
    connection.registerTextFunction(literalFunction, (number) =>
      this.answer(number),
    );
  }

  /** Runs a task with the safe form of a statement. Throws for a statement that would make a secret readable. */
  async during<T>(
    sql: string,
    task: (statement: SafeStatement) => Promise<T>,
  ): Promise<T> {
    const attach = readInlineAttach(sql);
    if (attach !== null) {
      return this.withAttachSecret(sql, attach, task);
    }
    const { literals, edits, variables } = this.hidden(sql);
    this.literals = literals;
    try {
      return await task(safe(sql, edits, variables, false));
    } finally {
      this.literals = [];
    }
  }

  private answer(number: string): string {
    const value = this.literals[Number(number)];
    if (value === undefined) {
      throw new Error(
        `${literalFunction}() answers only for the statement that is being run.`,
      );
    }
    return value;
  }

  private hidden(sql: string): {
    readonly literals: readonly string[];
    readonly edits: readonly Edit[];
    readonly variables: ReadonlySet<string>;
  } {
    const words = new Words(sql);
    const secret = readSecretStatement(words);
    const at =
      secret?.literals ?? connectingLiterals(words, findCredentials(sql));
    if (secret !== null) {
      const others = secret.literals.filter(
        (index) => !secret.secrets.includes(index),
      );
      for (const index of secret.secrets) {
        this.redactor.add(
          words.value(index),
          others.map((other) => words.value(other)),
        );
      }
    }
    const literals: string[] = [];
    const edits: Edit[] = [];
    for (const index of at) {
      // `'a'` and `'b'` on the next line are one literal.
      if (at.includes(index - 1)) {
        continue;
      }
      let last = index;
      while (at.includes(last + 1)) {
        last++;
      }
      const values = words.tokens
        .slice(index, last + 1)
        .map((_, offset) => words.value(index + offset));
      edits.push({
        start: words.tokens[index]?.start ?? 0,
        end: words.tokens[last]?.end ?? 0,
        text: `${literalFunction}('${literals.length}')`,
      });
      literals.push(values.join(""));
    }
    return {
      literals,
      edits,
      variables: secret?.variables ?? keyVariables(words),
    };
  }

  private async withAttachSecret<T>(
    sql: string,
    attach: InlineAttach,
    task: (statement: SafeStatement) => Promise<T>,
  ): Promise<T> {
    for (const value of attach.secrets.values()) {
      this.redactor.add(value);
    }
    const values = new Map([
      ...(await this.readable(attach)),
      ...attach.secrets,
    ]);
    const parameters = [...values.keys()].map(
      (keyword) => `${keyword.toUpperCase()} $${keyword}`,
    );
    const drop = `DROP SECRET IF EXISTS ${attachSecret}`;
    try {
      await this.connection
        .run(
          `CREATE OR REPLACE TEMPORARY SECRET ${attachSecret} (TYPE postgres, ${parameters.join(", ")})`,
          values,
        )
        .catch((error: unknown) => {
          const message =
            error instanceof Error ? error.message : String(error);
          throw new ViaductError(withoutPosition(classifyDuckdbError(message)));
        });
      return await task(safe(sql, attach.edits(attachSecret), new Set(), true));
    } finally {
      // In a transaction that the failed ATTACH has aborted, the secret goes with the transaction.
      await this.connection.run(drop).catch(() => undefined);
    }
  }

  /** What the secret says that the statement would use beside its string: DuckDB joins them, and the string wins. */
  private async readable(
    attach: InlineAttach,
  ): Promise<ReadonlyMap<string, string>> {
    const name = attach.named ?? "__default_postgres";
    const [row] = await this.connection.rows(
      "SELECT secret_string FROM duckdb_secrets() WHERE name = lower($1) AND type = 'postgres'",
      [name],
    );
    if (row === undefined) {
      if (attach.named !== null) {
        throw viaductError(
          "catalog",
          `There is no secret ${quoteIdentifier(name)}.`,
          { hint: "Create the secret first, or leave SECRET out." },
        );
      }
      return new Map();
    }
    const [, ...pairs] = (row[0] ?? "").split(/;scope(?:=[^;]*)?(?:;|$)/);
    const values = new Map<string, string>();
    for (const pair of pairs.join("").split(";").filter(Boolean)) {
      const [keyword = "", ...value] = pair.split("=");
      const isHidden = secretKeywords.includes(keyword);
      if (isHidden && attach.secrets.has(keyword)) {
        continue;
      }
      if (isHidden || !isLibpqKeyword(keyword)) {
        throw viaductError(
          "connectionInvalid",
          `This ATTACH has a password in its string, and uses the secret ${quoteIdentifier(name)} beside it.`,
          {
            hint: "Put the password into the secret, and leave it out of the string.",
          },
        );
      }
      values.set(keyword, value.join("="));
    }
    return values;
  }
}

function safe(
  sql: string,
  edits: readonly Edit[],
  variables: ReadonlySet<string>,
  isAttachedBySecret: boolean,
): SafeStatement {
  return {
    sql: applyEdits(sql, edits),
    variables,
    isAttachedBySecret,
    atHome: (error) =>
      error.position === undefined
        ? error
        : { ...error, position: offsetBefore(edits, error.position) },
  };
}

function withoutPosition(error: ErrorInfo): ErrorInfo {
  const { position, ...rest } = error;
  return position === undefined ? error : rest;
}
