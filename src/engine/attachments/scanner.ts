import { quoteIdentifier, quoteLiteral } from "../../core/sql/quote";
import type { AttachmentSpec } from "../../core/connections/attachment";
import type { ConnectionValues } from "../../core/connections/connectionValues";
import { describeTls } from "../../core/connections/negotiatedTls";
import {
  attachStatement,
  createSecret,
} from "../../core/connections/secretParameters";
import { classifyDuckdbError } from "../../core/errors/classifyDuckdb";
import { ViaductError } from "../../core/errors/viaductError";
import type { Connection } from "../duckdb";
import { isVerified } from "../native/clientTls";
import { tlsReason } from "../native/tlsReason";
import type { Extensions } from "../extensions/extensions";
import type { Limited, LimitsFor } from "./limits";

/** What `Scanner` is made of. */
export interface ScannerParts {
  /** Of its own, so that attaching never waits for a run. */
  readonly control: Connection;
  readonly extensions: Extensions;
  readonly limits: LimitsFor;
}

/** What a server says about itself, and about the connection to it. */
export interface ServerIdentity {
  readonly serverVersion: string;
  /** As `CatalogInfo.tls`. */
  readonly tls: string | null;
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

  /** Attaches, anew where the alias is attached; answers what the server says about itself and the connection. */
  async attach(
    spec: AttachmentSpec,
    values: ConnectionValues,
  ): Promise<ServerIdentity> {
    const { alias, readOnly } = spec;
    const { control, limits } = this.parts;
    try {
      await this.dropCatalog(alias);
      await control.run(attachStatement(alias, secretName(alias), readOnly));
      const [row] = await control.rows(
        `FROM postgres_query(${quoteLiteral(alias)}, 'SELECT current_setting(''server_version'')')`,
      );
      return {
        serverVersion: row?.[0]?.split(" ")[0] ?? "",
        tls: await this.tlsOf(alias, values),
      };
    } catch (error) {
      const info = classifyDuckdbError(
        error instanceof Error ? error.message : String(error),
      );
      throw new ViaductError(
        await tlsReason(info, values, limits("control", spec)),
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

  async dropCatalog(alias: string): Promise<void> {
    await this.parts.control.run(
      `DETACH DATABASE IF EXISTS ${quoteIdentifier(alias)}`,
    );
  }
}

/** The name of the secret that an alias is attached with. */
export function secretName(alias: string): string {
  return `viaduct_${alias}`;
}
