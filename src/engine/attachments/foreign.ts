import { classifyDuckdbError } from "../../core/errors/classifyDuckdb";
import { quoteIdentifier, quoteLiteral } from "../../core/sql/quote";
import type { Connection } from "../duckdb";

/** What `ForeignDatabases` is made of. */
interface ForeignParts {
  readonly control: Connection;
  /** A connection that may wait for a silent server, so that nothing else does. */
  readonly connect: () => Promise<Connection>;
  /** Longest time to wait for an answer. */
  readonly patienceMs: number;
  readonly isManaged: (alias: string) => boolean;
}

/** PostgreSQL databases that statements have attached: nothing is known of them but their names. */
export class ForeignDatabases {
  constructor(private readonly parts: ForeignParts) {}

  /** Detaches those that do not answer; their names. */
  async detachDead(): Promise<string[]> {
    const { control, isManaged } = this.parts;
    const rows = await control.rows(
      "SELECT database_name FROM duckdb_databases() WHERE type = 'postgres'",
    );
    const names = rows.flatMap(([name]) =>
      name !== null && name !== undefined && !isManaged(name) ? [name] : [],
    );
    const dead = await Promise.all(names.map((name) => this.isDead(name)));
    const lost = names.filter((_, index) => dead[index]);
    for (const name of lost) {
      await control
        .run(`DETACH DATABASE IF EXISTS ${quoteIdentifier(name)}`)
        .catch(() => undefined);
    }
    return lost;
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
    void answer.finally(() => {
      connection.close();
    });
    try {
      return await Promise.race([answer, silence]);
    } finally {
      clearTimeout(timer);
    }
  }
}
