import { existsSync } from "node:fs";
import { isCredentialName } from "../core/credentials/keys";
import { isSecretName } from "../core/connections/secretWords";
import { statementKind } from "../core/sql/statementKind";
import type { Redactor } from "../core/errors/redactor";
import type { EnvironmentFiles } from "./environment";
import type { StoredVariables } from "./storedVariables";
import { findVariable } from "./variables";
import type { SafeStatement } from "./secrecy/secrecy";

/**
 * Answers DuckDB's `getenv('X')`, and only while a CREATE SECRET runs, or for the key of an encrypted file: elsewhere it
 * would print the environment.
 */
export class GetenvGate {
  private isOpen = false;
  /** True where nothing but the allowed variables is answered. */
  private isForKey = false;
  private allowed: ReadonlySet<string> = new Set();

  constructor(
    private readonly files: EnvironmentFiles,
    private readonly envFiles: readonly string[],
    private readonly processEnvironment: Readonly<
      Record<string, string | undefined>
    >,
    private readonly redactor: Redactor,
    private readonly stored: StoredVariables,
  ) {}

  /** Runs a statement with the gate as its kind demands. */
  async during<T>(
    { sql, variables }: Pick<SafeStatement, "sql" | "variables">,
    task: () => Promise<T>,
  ): Promise<T> {
    const isSecret = statementKind(sql) === "create secret";
    this.isForKey = !isSecret && variables.size > 0;
    this.isOpen = isSecret || this.isForKey;
    this.allowed = variables;
    try {
      return await task();
    } finally {
      this.isOpen = false;
    }
  }

  /** The value of a variable: from the env files, later ones first, then a stored one, then from the process environment. */
  answer(name: string): string {
    if (!this.isOpen) {
      throw new Error(`getenv() answers only in a CREATE SECRET statement.`);
    }
    const isStored = this.stored.get(name) !== undefined;
    const isChecked = this.isForKey || isStored || isCredentialName(name);
    if (isChecked && !this.allowed.has(name)) {
      // A macro, or a name that is put together: it could end in an option that everyone can read.
      throw new Error(
        `getenv() answers only in a CREATE SECRET statement, and of ${name} only where it is written out in an option that DuckDB hides.`,
      );
    }
    const value = this.find(name);
    if (value === undefined) {
      throw new Error(
        `The variable ${name} that getenv() asks for is not in the environment${this.envFiles.map(lookedFor).join("")}.`,
      );
    }
    if (this.isForKey || isSecretName(name)) {
      this.redactor.add(value);
    }
    return value;
  }

  private find(name: string): string | undefined {
    const { files, envFiles, processEnvironment, stored } = this;
    return findVariable(name, { files, envFiles, processEnvironment, stored });
  }
}

function lookedFor(file: string): string {
  return existsSync(file)
    ? `, nor in ${file}`
    : `, and the env file ${file} does not exist`;
}
