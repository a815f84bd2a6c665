import { quoteIdentifier, quoteLiteral } from "../../core/sql/quote";
import type { AttachmentSpec } from "../../core/connections/attachment";
import type { ConnectionValues } from "../../core/connections/connectionValues";
import { describeTls } from "../../core/connections/negotiatedTls";
import {
  attachStatement,
  createSecret,
} from "../../core/connections/secretParameters";
import { classifyDuckdbError } from "../../core/errors/classifyDuckdb";
import type { ErrorInfo } from "../../core/errors/errorInfo";
import { viaductError } from "../../core/errors/makeError";
import { ViaductError } from "../../core/errors/viaductError";
import type { Connection } from "../duckdb";
import { isVerified } from "../native/clientTls";
import { tlsReason } from "../native/tlsReason";
import type { Extensions } from "../extensions/extensions";
import { findSilence } from "./firstWord";
import { optionsNotKept } from "./keptOptions";
import type { Limited, LimitsFor } from "./limits";

/** What `Scanner` is made of. */
export interface ScannerParts {
  /** Of its own, so that attaching never waits for a run. */
  readonly control: Connection;
  readonly extensions: Extensions;
  readonly limits: LimitsFor;
  /** Connections to each server that has no limit of its own; null for the extension's default. */
  readonly poolSize: number | null;
}

/** What a server says about itself, and about the connection to it. */
export interface ServerIdentity {
  readonly serverVersion: string;
  /** As `CatalogInfo.tls`. */
  readonly tls: string | null;
  /** What was asked of the server's sessions and is not in force there. */
  readonly notKept: readonly string[];
}

/** What DuckDB's postgres extension is told about an alias. */
export class Scanner {
  constructor(private readonly parts: ScannerParts) {}

  async load(): Promise<void> {
    await this.parts.extensions.ensure("postgres_scanner");
    // Off by default, and then a table that another session made or changed is not seen (engine-facts, fact 9).
    await this.parts.control
      .run("SET GLOBAL pg_staleness_query_enabled = true")
      .catch(() => undefined);
  }

  async bindSecret(
    name: string,
    values: ConnectionValues,
    attachment: Limited,
  ): Promise<void> {
    const { sql, values: bound } = createSecret(
      name,
      values,
      this.parts.limits("run", attachment),
    );
    await this.parts.control.run(sql, new Map(Object.entries(bound)));
  }

  /** Null where there is a server that says anything: then DuckDB can be told to attach it. */
  silenceOf(
    spec: AttachmentSpec,
    values: ConnectionValues,
  ): Promise<ErrorInfo | null> {
    return findSilence(spec.alias, values, this.parts.limits("control", spec));
  }

  /** Tells DuckDB of an alias, and attaches it unless its server is silent. */
  async begin(
    spec: AttachmentSpec,
    values: ConnectionValues,
    silence: ErrorInfo | null,
  ): Promise<ServerIdentity> {
    await this.load();
    await this.bindSecret(secretName(spec.alias), values, spec);
    if (silence !== null) {
      await this.dropCatalog(spec.alias);
      throw new ViaductError(silence);
    }
    return this.attach(spec, values);
  }

  /** Attaches, anew where the alias is attached; answers what the server says about itself and the connection. */
  async attach(
    spec: AttachmentSpec,
    values: ConnectionValues,
  ): Promise<ServerIdentity> {
    const { alias, readOnly, options } = spec;
    const { control, limits } = this.parts;
    try {
      await this.dropCatalog(alias);
      await control.run(
        attachStatement(alias, secretName(alias), {
          readOnly,
          schemas: options?.schemas ?? [],
        }),
      );
      const [row] = await control.rows(
        `FROM postgres_query(${quoteLiteral(alias)}, 'SELECT current_setting(''server_version'')')`,
      );
      await this.refuseMissingSchemas(alias, options?.schemas ?? []);
      await this.limitPool(alias, options?.poolSize ?? this.parts.poolSize);
      return {
        serverVersion: row?.[0]?.split(" ")[0] ?? "",
        tls: await this.tlsOf(alias, values),
        notKept: await optionsNotKept(control, alias, limits("run", spec)),
      };
    } catch (error) {
      if (error instanceof ViaductError) {
        throw error;
      }
      const info = classifyDuckdbError(
        error instanceof Error ? error.message : String(error),
      );
      throw new ViaductError(
        await tlsReason(info, values, limits("control", spec)),
      );
    }
  }

  /** The extension says nothing of a schema that is not there: its tables would just be missing. */
  private async refuseMissingSchemas(
    alias: string,
    schemas: readonly string[],
  ): Promise<void> {
    if (schemas.length === 0) {
      return;
    }
    const sql = "SELECT nspname::text AS name FROM pg_catalog.pg_namespace";
    const rows = await this.parts.control.rows(
      `FROM postgres_query(${quoteLiteral(alias)}, ${quoteLiteral(sql)})`,
    );
    const present = new Set(rows.map(([name]) => name));
    const missing = schemas.filter((schema) => !present.has(schema));
    if (missing.length > 0) {
      const names = missing.map((name) => `"${name}"`).join(", ");
      throw viaductError(
        "catalog",
        `The database of "${alias}" has no schema ${names}.`,
        {
          origin: "postgres",
          hint: "Correct the schemas of the attachment, or leave them out to attach all.",
          actions: ["editAttachment"],
        },
      );
    }
  }

  /** The most connections that DuckDB keeps to the server; extensions before 1.5.2 have one limit for all. */
  private async limitPool(alias: string, size: number | null): Promise<void> {
    if (size !== null) {
      const { control } = this.parts;
      await control
        .rows(
          `FROM postgres_configure_pool(catalog_name := ${quoteLiteral(alias)}, max_connections := ${Math.max(0, Math.trunc(size))})`,
        )
        .catch(() =>
          control
            .run(`SET GLOBAL pg_connection_limit = ${Math.trunc(size)}`)
            .catch(() => undefined),
        );
    }
  }

  /** Null for a server that does not say, because it only speaks PostgreSQL's protocol. */
  private async tlsOf(
    alias: string,
    values: ConnectionValues,
  ): Promise<string | null> {
    const sql =
      "SELECT ssl::text, version FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
    const [row] = await this.parts.control
      .rows(`FROM postgres_query(${quoteLiteral(alias)}, ${quoteLiteral(sql)})`)
      .catch(() => []);
    return row === undefined
      ? null
      : describeTls(values, {
          version: row[0] === "true" ? (row[1] ?? "TLS") : null,
          isVerified: isVerified(values),
        });
  }

  async dropSecret(alias: string): Promise<void> {
    await this.parts.control.run(
      `DROP SECRET IF EXISTS ${quoteIdentifier(secretName(alias))}`,
    );
  }

  /** Makes the extension look at the servers' schemas anew. */
  async clearCache(): Promise<void> {
    await this.parts.control
      .run("CALL pg_clear_cache()")
      .catch(() => undefined);
  }

  /** Every database that DuckDB has, in lower case. */
  async catalogNames(): Promise<ReadonlySet<string>> {
    const rows = await this.parts.control.rows(
      "SELECT lower(database_name) FROM duckdb_databases()",
    );
    return new Set(rows.map(([name]) => name ?? ""));
  }

  async dropCatalog(alias: string): Promise<void> {
    await this.parts.control.run(
      `DETACH DATABASE IF EXISTS ${quoteIdentifier(alias)}`,
    );
  }
}

/** How the names of Viaduct's own secrets begin. */
export const secretPrefix = "viaduct_";

/** The name of the secret that an alias is attached with. */
export function secretName(alias: string): string {
  return `${secretPrefix}${alias}`;
}
