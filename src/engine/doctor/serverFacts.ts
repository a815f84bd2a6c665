import type { Client } from "pg";
import type {
  ConnectionFacts,
  Fact,
  OwnBackend,
  RoleFact,
  RowSecurityFact,
  ServerFact,
  ServerSetting,
  StaleTable,
  TablesFact,
  TlsFact,
} from "../../core/doctor/facts";
import { serverQueries } from "../../core/doctor/queries";
import { viaductError } from "../../core/errors/makeError";
import { postgresError } from "../native/connect";
import { look, lookMs, mapFact } from "./look";

type Row = Readonly<Record<string, unknown>>;

/** What can be seen from one connection to a server; what cannot be seen spoils nothing else. */
export type SeenFromConnection = Omit<
  ConnectionFacts,
  "connectMs" | "throughDuckdb" | "pool"
>;

/** Asks a server about itself, over a connection that nothing else uses. */
export class ServerLook {
  constructor(
    private readonly client: Client,
    /** The schemas that are attached; empty for all. */
    private readonly schemas: readonly string[],
    /** `application_name`s of the session's connections. */
    private readonly ownNames: readonly string[],
  ) {}

  async facts(): Promise<SeenFromConnection> {
    // First of all: these are the settings of a session like those of the runs.
    const settings = await this.settings();
    const server = await this.server();
    // From here on the server itself ends what takes too long, and the connection stays usable.
    await this.rows(
      "Limits",
      `SET statement_timeout = ${lookMs - 500}; SET lock_timeout = 1000`,
    );
    return {
      settings,
      server,
      tls: await this.tls(),
      role: await this.role(),
      tables: await this.tables(),
      rowSecurity: await this.rowSecurity(),
      stale: await this.stale(),
      backends: await this.backends(),
    };
  }

  private async server(): Promise<Fact<ServerFact>> {
    const what = "The server's version";
    // Not the first query of the connection, so that it is the time of a round trip and no more.
    const started = Date.now();
    const begin = performance.now();
    const fact = await this.row(what, serverQueries.server);
    const roundTripMs = performance.now() - begin;
    return mapFact(fact, (row) => ({
      version: text(row["version"]).split(" ")[0] ?? "",
      versionNumber: Number(row["number"]),
      encoding: text(row["encoding"]),
      database: text(row["database"]),
      user: text(row["user"]),
      clockOffsetMs: Number(row["clock"]) - (started + roundTripMs / 2),
      roundTripMs,
    }));
  }

  private async tls(): Promise<Fact<TlsFact>> {
    const fact = await this.row("TLS of the connection", serverQueries.tls);
    return mapFact(fact, (row) => ({
      version: row["ssl"] === true ? text(row["version"]) : null,
    }));
  }

  private async settings(): Promise<Fact<readonly ServerSetting[]>> {
    const fact = await this.rows("The settings", serverQueries.settings);
    return mapFact(fact, (rows) =>
      rows.map((row) => ({
        name: text(row["name"]),
        value: text(row["setting"]),
        source: text(row["source"]),
      })),
    );
  }

  private async role(): Promise<Fact<RoleFact>> {
    const fact = await this.row("The role", serverQueries.role);
    return mapFact(fact, (row) => ({
      superuser: row["rolsuper"] === true,
      bypassRls: row["rolbypassrls"] === true,
      createRole: row["rolcreaterole"] === true,
      canBecomeSuperuser: row["becomes_superuser"] === true,
      writesAllData: row["writes_all"] === true,
      createInDatabase: row["creates"] === true,
      createSchemas: texts(row["create_schemas"]),
      publicCreateSchemas: texts(row["public_schemas"]),
    }));
  }

  private async tables(): Promise<Fact<TablesFact>> {
    const fact = await this.row("The rights on tables", serverQueries.tables, [
      this.schemas,
    ]);
    return mapFact(fact, (row) => ({
      total: Number(row["total"]),
      schemas: texts(row["schemas"]).sort(),
      writable: Number(row["writable"]),
      writableNames: texts(row["writable_names"]),
      unreadable: Number(row["unreadable"]),
      unreadableNames: texts(row["unreadable_names"]),
      partlyReadable: Number(row["partly"]),
    }));
  }

  private async rowSecurity(): Promise<Fact<RowSecurityFact>> {
    const fact = await this.row(
      "Row-level security",
      serverQueries.rowSecurity,
      [this.schemas],
    );
    return mapFact(fact, (row) => ({
      total: Number(row["total"]),
      active: Number(row["active"]),
      activeNames: texts(row["active_names"]),
    }));
  }

  private async stale(): Promise<Fact<readonly StaleTable[]>> {
    const fact = await this.rows("The statistics", serverQueries.stale, [
      this.schemas,
    ]);
    return mapFact(fact, (rows) =>
      rows.map((row) => ({
        schema: text(row["schema"]),
        name: text(row["name"]),
        bytes: Number(row["bytes"]),
        neverAnalyzed: row["never"] === true,
      })),
    );
  }

  private async backends(): Promise<Fact<readonly OwnBackend[]>> {
    const fact = await this.rows(
      "The session's connections",
      serverQueries.backends,
      [this.ownNames],
    );
    return mapFact(fact, (rows) =>
      rows.map((row) => ({
        processId: Number(row["pid"]),
        state: text(row["state"]),
        transactionSeconds:
          row["transaction_seconds"] === null
            ? null
            : Number(row["transaction_seconds"]),
        stateSeconds: Number(row["state_seconds"]),
        blockedBy: Array.isArray(row["blocked_by"])
          ? row["blocked_by"].map(Number)
          : [],
      })),
    );
  }

  private async row(
    what: string,
    sql: string,
    values: readonly (readonly string[])[] = [],
  ): Promise<Fact<Row>> {
    const fact = await this.rows(what, sql, values);
    if (!fact.ok) {
      return fact;
    }
    const [row] = fact.value;
    return row === undefined
      ? {
          ok: false,
          problem: viaductError("unknown", `${what}: the server said nothing.`)
            .info,
        }
      : { ok: true, value: row };
  }

  private rows(
    what: string,
    sql: string,
    values: readonly (readonly string[])[] = [],
  ): Promise<Fact<readonly Row[]>> {
    return look(
      what,
      async () => {
        try {
          const { rows } =
            values.length === 0
              ? await this.client.query<Row>(sql)
              : await this.client.query<Row>(
                  sql,
                  values.map((value) => [...value]),
                );
          return rows;
        } catch (error) {
          throw postgresError(error);
        }
      },
      () => {
        // It did not keep the limit that it was given: later questions must not queue behind this one.
        destroy(this.client);
      },
    );
  }
}

/** Ends a connection without a word. */
export function destroy(client: Client): void {
  const inside = client as unknown as {
    readonly connection: { readonly stream: { destroy(): void } };
  };
  inside.connection.stream.destroy();
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(text) : [];
}
