import { classifyDuckdbError } from "../../core/errors/classifyDuckdb";
import { ViaductError } from "../../core/errors/viaductError";
import { findAttachAliases } from "../../core/sql/attachAliases";
import { hasIdentifier } from "../../core/sql/identifiers";
import { quoteIdentifier, quoteLiteral } from "../../core/sql/quote";
import type { Connection } from "../duckdb";
import { attachSecret } from "../secrecy/secrecy";

/** What `ForeignDatabases` is made of. */
interface ForeignParts {
  readonly control: Connection;
  /** A connection that may wait for a silent server, so that nothing else does. */
  readonly connect: () => Promise<Connection>;
  /** Longest time to wait for an answer. */
  readonly patienceMs: number;
  readonly isManaged: (alias: string) => boolean;
  /** A database has gone, or has come back. */
  readonly onChanged: () => void;
}

interface Remembered {
  readonly alias: string;
  readonly sql: string;
}

/** A database that does not answer and was detached. */
export interface LostForeign {
  readonly alias: string;
  /** True when its ATTACH is known and is repeated when a statement names it. */
  readonly comesBack: boolean;
}

/** PostgreSQL databases that statements have attached: of some, the statement is known, of the others only the name. */
export class ForeignDatabases {
  private readonly statements = new Map<string, Remembered>();
  private readonly lost = new Map<string, Remembered>();

  constructor(private readonly parts: ForeignParts) {}

  /** The aliases that are away and can come back. */
  get away(): readonly string[] {
    return [...this.lost.values()]
      .map(({ alias }) => alias)
      .filter((alias) => !this.parts.isManaged(alias));
  }

  /** Keeps an ATTACH that can be repeated: one whose password went through a secret of ours is gone with that. */
  note(sql: string): void {
    const [alias] = findAttachAliases(sql);
    if (alias !== undefined && !hasIdentifier(sql, attachSecret)) {
      this.lost.delete(alias.toLowerCase());
      this.statements.set(alias.toLowerCase(), { alias, sql });
    }
  }

  /** Repeats the ATTACH of what is away and meant. Throws what DuckDB says. */
  async revive(isMeant: (alias: string) => boolean): Promise<void> {
    const meant = [...this.lost.values()].filter(({ alias }) => isMeant(alias));
    for (const { alias, sql } of meant) {
      if (await this.isTaken(alias)) {
        this.lost.delete(alias.toLowerCase());
        continue;
      }
      try {
        await this.parts.control.run(sql);
      } catch (error) {
        const text = error instanceof Error ? error.message : String(error);
        throw new ViaductError(classifyDuckdbError(text));
      }
      this.lost.delete(alias.toLowerCase());
    }
    if (meant.length > 0) {
      this.parts.onChanged();
    }
  }

  /** True when the name is another database's by now. */
  private async isTaken(alias: string): Promise<boolean> {
    const { control, isManaged } = this.parts;
    const rows = await control.rows(
      "SELECT 1 FROM duckdb_databases() WHERE lower(database_name) = lower($1)",
      [alias],
    );
    return rows.length > 0 || isManaged(alias);
  }

  /** Detaches those that do not answer, of all or of some. */
  async detachDead(
    isMeant: (alias: string, comesBack: boolean) => boolean = () => true,
  ): Promise<readonly LostForeign[]> {
    const { control, isManaged } = this.parts;
    const rows = await control.rows(
      "SELECT database_name FROM duckdb_databases() WHERE type = 'postgres'",
    );
    const names = rows.flatMap(([name]) =>
      name !== null &&
      name !== undefined &&
      !isManaged(name) &&
      isMeant(name, this.statements.has(name.toLowerCase()))
        ? [name]
        : [],
    );
    const dead = await Promise.all(names.map((name) => this.isDead(name)));
    const lost = names.filter((_, index) => dead[index]);
    for (const name of lost) {
      await control
        .run(`DETACH DATABASE IF EXISTS ${quoteIdentifier(name)}`)
        .catch(() => undefined);
    }
    if (lost.length > 0) {
      this.parts.onChanged();
    }
    return lost.map((alias) => {
      const remembered = this.statements.get(alias.toLowerCase());
      if (remembered !== undefined) {
        this.lost.set(alias.toLowerCase(), remembered);
      }
      return { alias, comesBack: remembered !== undefined };
    });
  }

  private async isDead(name: string): Promise<boolean> {
    const connection = await this.parts.connect();
    let timer: NodeJS.Timeout | undefined;
    const silence = new Promise<true>((resolve) => {
      timer = setTimeout(() => {
        resolve(true);
      }, this.parts.patienceMs);
    });
    const answer = connection
      .rows(`FROM postgres_query(${quoteLiteral(name)}, 'SELECT 1 AS one')`)
      .then(
        () => false,
        // An error in SQL is an answer, too: of a server that is there.
        (error: unknown) =>
          classifyDuckdbError(
            error instanceof Error ? error.message : String(error),
          ).origin === "postgres",
      );
    void answer.finally(() => connection.close());
    try {
      return await Promise.race([answer, silence]);
    } finally {
      clearTimeout(timer);
    }
  }
}
