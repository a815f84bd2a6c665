import { existsSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { viaductError } from "../../core/errors/makeError";
import { quoteIdentifier, quoteLiteral } from "../../core/sql/quote";
import type { SnapshotInfo, SnapshotKey } from "../../protocol/snapshots";
import type { Connection } from "../duckdb";
import { Serial } from "../serial";
import { copiesFile, type CopiesOwner, type ServerPlace } from "./copiesFile";

/** The name under which a file of copies is attached while it is written. */
const writingCatalog = "viaduct_snapshot";
/** What is known of each copy, inside its file. */
const listTable = "viaduct_snapshots";
const cancelEveryMs = 100;

/**
 * Local copies of chosen tables, one DuckDB file for each alias. While a server is away its file is attached in its
 * place, read-only, so that the same three-part names resolve (design.md, "When PostgreSQL is away").
 */
export class Snapshots {
  private readonly working = new Serial();
  private isCopying = false;

  constructor(
    /** Of its own: copying a large table must not hold up anything else. */
    private readonly connection: Connection,
    /** Null where nothing is kept. */
    private readonly folder: string | null,
    /** What is known of the server behind an alias. */
    private readonly valuesOf: (alias: string) => ServerPlace | null,
  ) {}

  /** False where there is no place for copies. */
  get canKeep(): boolean {
    return this.folder !== null;
  }

  /** Copies a table, anew when there is a copy. */
  take(key: SnapshotKey): Promise<SnapshotInfo> {
    return this.working.run(async () => {
      const file = await this.fileToWrite(key.alias);
      const taken = await this.writing(file, () =>
        this.copy(key).then(
          (info) => ({ info }),
          async (error: unknown) => ({
            error,
            isEmpty: (await this.entries(writingCatalog, "")).length === 0,
          }),
        ),
      );
      if ("info" in taken) {
        return taken.info;
      }
      if (taken.isEmpty) {
        await rm(file, { force: true });
      }
      throw taken.error;
    });
  }

  /** Ends the copying of a table, which fails; nothing happens when none is being copied. */
  cancel(): void {
    if (this.isCopying) {
      this.connection.interrupt();
      // An interrupt between two steps of a statement is lost: say it until it is heard.
      setTimeout(() => {
        this.cancel();
      }, cancelEveryMs);
    }
  }

  /** The copies of an alias, none for an alias without. */
  list(alias: string): Promise<readonly SnapshotInfo[]> {
    return this.working.run(async () => {
      const file = this.fileOf(alias);
      return file === null || !existsSync(file)
        ? []
        : this.writing(file, () => this.entries(writingCatalog, alias));
    });
  }

  /** Removes a copy; that there is none is not an error. */
  drop({ alias, schema, relation }: SnapshotKey): Promise<void> {
    return this.working.run(async () => {
      const file = this.fileOf(alias);
      if (file === null || !existsSync(file)) {
        return;
      }
      const isEmpty = await this.writing(file, async () => {
        await this.connection.run(
          `DROP TABLE IF EXISTS ${tableName(writingCatalog, { schema, relation })}`,
        );
        await this.connection.run(
          `DELETE FROM ${writingCatalog}.main.${listTable}
           WHERE schema_name = ${quoteLiteral(schema)} AND relation_name = ${quoteLiteral(relation)}`,
        );
        return (await this.entries(writingCatalog, alias)).length === 0;
      });
      if (isEmpty) {
        await rm(file, { force: true });
      }
    });
  }

  /** Removes all copies of an alias, with their file. */
  dropAll(owner: CopiesOwner): Promise<void> {
    return this.working.run(async () => {
      const file = copiesFile(this.folder, owner);
      if (file !== null) {
        await rm(file, { force: true });
        await rm(`${file}.wal`, { force: true });
      }
    });
  }

  /** Runs a task while the copies of an alias stand in its place; null when there are none. */
  inPlaceOf<T>(
    alias: string,
    task: (copies: readonly SnapshotInfo[]) => Promise<T>,
  ): Promise<T | null> {
    return this.working.run(async () => {
      const file = this.fileOf(alias);
      if (file === null || !existsSync(file)) {
        return null;
      }
      const catalog = quoteIdentifier(alias);
      await this.connection.run(
        `ATTACH ${quoteLiteral(file)} AS ${catalog} (TYPE duckdb, READ_ONLY)`,
      );
      try {
        const copies = await this.entries(alias, alias);
        return copies.length === 0 ? null : await task(copies);
      } finally {
        await this.giveBack(alias, file);
      }
    });
  }

  /** The name is free again, unless the server was attached under it meanwhile. */
  private async giveBack(alias: string, file: string): Promise<void> {
    const [own] = await this.connection.rows(
      "SELECT 1 FROM duckdb_databases() WHERE lower(database_name) = lower($1) AND path = $2",
      [alias, file],
    );
    if (own !== undefined) {
      await this.connection.run(
        `DETACH DATABASE IF EXISTS ${quoteIdentifier(alias)}`,
      );
    }
  }

  /** In one transaction with its entry: a copy that was cut short is never taken for one. */
  private async copy({
    alias,
    schema,
    relation,
  }: SnapshotKey): Promise<SnapshotInfo> {
    const name = tableName(writingCatalog, { schema, relation });
    await this.connection.run(
      `CREATE SCHEMA IF NOT EXISTS ${quoteIdentifier(writingCatalog)}.${quoteIdentifier(schema)}`,
    );
    await this.connection.run("BEGIN TRANSACTION");
    try {
      await this.copying(
        `CREATE OR REPLACE TABLE ${name} AS FROM ${tableName(alias, { schema, relation })}`,
      );
      await this.connection.run(
        `INSERT OR REPLACE INTO ${writingCatalog}.main.${listTable}
         SELECT ${quoteLiteral(schema)}, ${quoteLiteral(relation)}, now(), (SELECT count(*) FROM ${name})`,
      );
      await this.connection.run("COMMIT");
    } catch (error) {
      await this.connection.run("ROLLBACK").catch(() => undefined);
      throw error;
    }
    const found = (await this.entries(writingCatalog, alias)).find(
      (one) => one.schema === schema && one.relation === relation,
    );
    if (found === undefined) {
      throw viaductError("incomplete", "The copy was not written.");
    }
    return found;
  }

  /** Only this may be interrupted: what tidies up after it may not. */
  private async copying(sql: string): Promise<void> {
    this.isCopying = true;
    try {
      await this.connection.run(sql);
    } finally {
      this.isCopying = false;
    }
  }

  private async writing<T>(file: string, task: () => Promise<T>): Promise<T> {
    await this.connection.run(
      `ATTACH ${quoteLiteral(file)} AS ${writingCatalog} (TYPE duckdb)`,
    );
    try {
      await this.connection.run(
        `CREATE TABLE IF NOT EXISTS ${writingCatalog}.main.${listTable} (
           schema_name VARCHAR, relation_name VARCHAR, taken_at TIMESTAMP WITH TIME ZONE, row_count BIGINT,
           PRIMARY KEY (schema_name, relation_name))`,
      );
      return await task();
    } finally {
      await this.connection.run(`DETACH DATABASE IF EXISTS ${writingCatalog}`);
    }
  }

  private async entries(
    catalog: string,
    alias: string,
  ): Promise<SnapshotInfo[]> {
    const rows = await this.connection.rows(
      `SELECT schema_name, relation_name, strftime(taken_at AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%SZ'), row_count::VARCHAR
       FROM ${quoteIdentifier(catalog)}.main.${listTable} ORDER BY ALL`,
    );
    return rows.map(([schema, relation, takenAt, rowCount]) => ({
      alias,
      schema: schema ?? "",
      relation: relation ?? "",
      takenAt: takenAt ?? "",
      rowCount: Number(rowCount),
    }));
  }

  private async fileToWrite(alias: string): Promise<string> {
    const file = this.fileOf(alias);
    if (file === null || this.folder === null) {
      throw viaductError(
        "connectionInvalid",
        "There is no folder for local copies: open a folder first.",
      );
    }
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    return file;
  }

  private fileOf(alias: string): string | null {
    return copiesFile(this.folder, { alias, values: this.valuesOf(alias) });
  }
}

function tableName(
  catalog: string,
  { schema, relation }: Pick<SnapshotKey, "schema" | "relation">,
): string {
  return [catalog, schema, relation].map(quoteIdentifier).join(".");
}
