import type { Client, QueryArrayResult } from "pg";
import { quoteLiteral } from "../../core/sql/quote";
import type { ServerColumn } from "../../core/results/exactness/serverTypes";
import type { Cell } from "../../core/results/result";
import type { ColumnInfo, RelationInfo } from "../../protocol/catalog";
import type { Attachments } from "../attachments/attachments";
import type { LimitsFor } from "../attachments/limits";
import type { Connection } from "../duckdb";
import { IdleTimer } from "../idleTimer";
import { openClient, postgresError } from "../native/connect";
import { endClient } from "../native/endClient";
import { watching } from "../native/serverWatch";
import {
  columnsSql,
  relationsSql,
  schemasSql,
  volatileSql,
} from "./postgresQueries";

/** Reads one level of a catalog at a time. */
export interface CatalogReader {
  schemas(catalog: string): Promise<string[]>;
  relations(catalog: string, schema: string): Promise<RelationInfo[]>;
  columns(
    catalog: string,
    schema: string,
    relation: string,
  ): Promise<ColumnInfo[]>;
}

const relationKinds: Readonly<Record<string, RelationInfo["kind"]>> = {
  r: "table",
  p: "partitioned",
  v: "view",
  m: "materializedView",
  f: "foreignTable",
};

/** Reads PostgreSQL's catalogs: natively where Viaduct knows the connection values, otherwise through DuckDB. */
export class PostgresCatalogs implements CatalogReader {
  private readonly clients = new Map<
    string,
    {
      readonly values: object;
      readonly client: Promise<Client>;
      readonly idle: IdleTimer;
    }
  >();

  constructor(
    private readonly connection: Connection,
    private readonly attachments: Attachments,
    private readonly limits: LimitsFor,
    private readonly idleMs: number,
  ) {}

  async schemas(catalog: string): Promise<string[]> {
    const names = (await this.query(catalog, schemasSql)).map(
      ([name]) => name ?? "",
    );
    const only = this.attachments.get(catalog)?.spec.options?.schemas ?? [];
    return only.length === 0
      ? names
      : names.filter((name) => only.includes(name));
  }

  async relations(catalog: string, schema: string): Promise<RelationInfo[]> {
    const rows = await this.query(catalog, relationsSql(schema));
    return rows.map(([name, kind]) => ({
      name: name ?? "",
      kind: relationKinds[kind ?? ""] ?? "table",
    }));
  }

  async columns(
    catalog: string,
    schema: string,
    relation: string,
  ): Promise<ColumnInfo[]> {
    const rows = await this.query(catalog, columnsSql(schema, relation));
    return rows.map(([name, type, nullable, primaryKey, references]) => ({
      name: name ?? "",
      type: type ?? "",
      nullable: nullable === "true",
      primaryKey: primaryKey === "true",
      references: references ?? null,
    }));
  }

  /** Which functions of these names are volatile and not the server's own. */
  async volatileFunctions(
    catalog: string,
    names: readonly string[],
  ): Promise<string[]> {
    const rows = await this.query(catalog, volatileSql(names));
    return rows.map(([name]) => name ?? "");
  }

  /** The columns that a query would have: their types and modifiers. It is planned, and gives no row. */
  async describe(
    catalog: string,
    sql: string,
  ): Promise<readonly ServerColumn[]> {
    // On a line of its own, a comment at its end ends there.
    const text = `SELECT * FROM (${sql}\n) AS described LIMIT 0`;
    const { fields } = await this.natively(catalog, text);
    return fields.map(({ name, dataTypeID, dataTypeModifier }) => ({
      name,
      type: dataTypeID,
      modifier: dataTypeModifier,
    }));
  }

  async close(): Promise<void> {
    const clients = [...this.clients.values()];
    this.clients.clear();
    await Promise.all(
      clients.map(({ client, idle }) => {
        idle.stop();
        return client.then(endClient).catch(() => undefined);
      }),
    );
  }

  /** Rows of a question of ours, each column text. */
  async query(alias: string, sql: string): Promise<Cell[][]> {
    if (this.attachments.get(alias) === undefined) {
      return this.connection.rows(
        `FROM postgres_query(${quoteLiteral(alias)}, ${quoteLiteral(sql)})`,
      );
    }
    return (await this.natively(alias, sql)).rows;
  }

  private async natively(
    alias: string,
    sql: string,
  ): Promise<QueryArrayResult<Cell[]>> {
    try {
      return await this.native(alias, sql);
    } catch (error) {
      // A kept connection may have died since it was used: once more with a new one, then the error counts.
      this.forget(alias);
      if (postgresError(error).info.class !== "connectionLost") {
        throw postgresError(error);
      }
      return this.native(alias, sql).catch((again: unknown) => {
        this.forget(alias);
        throw postgresError(again);
      });
    }
  }

  private async native(
    alias: string,
    sql: string,
  ): Promise<QueryArrayResult<Cell[]>> {
    const isKept =
      this.clients.get(alias)?.values === this.attachments.need(alias).values;
    const client = await this.client(alias);
    const idle = this.clients.get(alias)?.idle;
    idle?.stop();
    try {
      const { values, spec } = this.attachments.need(alias);
      const limits = this.limits("catalog", spec);
      return await watching(
        client.query<Cell[]>({ text: sql, rowMode: "array" }),
        limits.connectTimeoutSeconds * 1000,
        () =>
          openClient(values, limits).then(
            async (other) => {
              await endClient(other);
              // The server is there: a connection that was idle before may have died without a word. Asked again anew.
              if (isKept) {
                this.forget(alias);
              }
            },
            () => {
              this.forget(alias);
            },
          ),
      );
    } finally {
      idle?.touch();
    }
  }

  private client(alias: string): Promise<Client> {
    const { values, spec } = this.attachments.need(alias);
    const known = this.clients.get(alias);
    if (known?.values === values) {
      return known.client;
    }
    this.forget(alias);
    const client = openClient(
      values,
      // What a connection of ours asks for, a pooler that refuses options would refuse beside the attachment's own.
      this.limits("catalog", spec),
    );
    const idle = new IdleTimer(this.idleMs, () => {
      this.forget(alias);
    });
    this.clients.set(alias, { values, client, idle });
    return client;
  }

  private forget(alias: string): void {
    const known = this.clients.get(alias);
    this.clients.delete(alias);
    known?.idle.stop();
    known?.client.then(endClient).catch(() => undefined);
  }
}
