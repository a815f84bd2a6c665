import { statementKind } from "../core/sql/statementKind";
import type { Redactor } from "../core/errors/redactor";
import type { EnvironmentFiles } from "./environment";

/** Names whose values are worth hiding wherever they turn up. */
const secretName = /pass|pwd|token|secret|key|cred/i;

/** Answers DuckDB's `getenv('X')`, and only while a CREATE SECRET runs: elsewhere it would print the environment. */
export class GetenvGate {
  private isOpen = false;

  constructor(
    private readonly files: EnvironmentFiles,
    private readonly envFiles: readonly string[],
    private readonly processEnvironment: Readonly<
      Record<string, string | undefined>
    >,
    private readonly redactor: Redactor,
  ) {}

  /** Runs a statement with the gate as its kind demands. */
  async during<T>(sql: string, task: () => Promise<T>): Promise<T> {
    this.isOpen = statementKind(sql) === "create secret";
    try {
      return await task();
    } finally {
      this.isOpen = false;
    }
  }

  /** The value of a variable: from the env files, later ones first, then from the process environment. */
  answer(name: string): string {
    if (!this.isOpen) {
      throw new Error(`getenv() answers only in a CREATE SECRET statement.`);
    }
    const value = this.find(name);
    if (value === undefined) {
      throw new Error(
        `The variable ${name} that getenv() asks for is in none of the env files and not in the environment.`,
      );
    }
    if (secretName.test(name)) {
      this.redactor.add(value);
    }
    return value;
  }

  private find(name: string): string | undefined {
    for (const file of [...this.envFiles].reverse()) {
      const value = this.files.readNow(file).get(name);
      if (value !== undefined) {
        return value;
      }
    }
    return this.processEnvironment[name];
  }
}
