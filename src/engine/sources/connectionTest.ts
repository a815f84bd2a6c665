import { randomUUID } from "node:crypto";
import type { AttachmentSpec } from "../../core/connections/attachment";
import { describeTls } from "../../core/connections/negotiatedTls";
import type { ConnectionValues } from "../../core/connections/connectionValues";
import type { ConnectionReport } from "../../protocol/catalog";
import type { AttachRequest } from "../../protocol/engine";
import { Scanner, secretName, type ScannerParts } from "../attachments/scanner";
import { isVerified } from "../native/clientTls";
import { openClient, postgresError } from "../native/connect";
import { endClient } from "../native/endClient";
import type { ConnectionSources } from "./connectionSources";

/** What `ConnectionTest` is made of. */
export interface ConnectionTestParts extends ScannerParts {
  readonly sources: ConnectionSources;
}

/** Scratch databases of a test; they are there for a moment, and no list shows them. */
export const testAliasPrefix = "viaduct_test_";

/** Connects as an attachment would, in both engines, and attaches nothing. */
export class ConnectionTest {
  private readonly scanner: Scanner;

  constructor(private readonly parts: ConnectionTestParts) {
    this.scanner = new Scanner(parts);
  }

  async run(request: AttachRequest): Promise<ConnectionReport> {
    const values = await this.parts.sources.read(request);
    const report = await this.native(request, values);
    await this.throughDuckdb(request, values);
    return report;
  }

  private async native(
    request: AttachRequest,
    values: ConnectionValues,
  ): Promise<ConnectionReport> {
    const start = performance.now();
    const client = await openClient(
      values,
      this.parts.limits("control", request),
    );
    try {
      const { rows } = await client.query<{
        version: string;
        tls: string | null;
      }>(
        `SELECT current_setting('server_version') AS version,
           (SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid() AND ssl) AS tls`,
      );
      const connected = performance.now();
      await client.query("SELECT 1");
      const answered = performance.now();
      const serverVersion = rows[0]?.version.split(" ")[0] ?? "";
      const { database, host, port, user } = values;
      return {
        serverVersion,
        detail: `PostgreSQL ${serverVersion} · ${database} at ${host}:${port} as ${user}`,
        tls: describeTls(values, {
          version: rows[0]?.tls ?? null,
          isVerified: isVerified(values),
        }),
        connectMs: Math.round(connected - start),
        roundTripMs: Math.round((answered - connected) * 10) / 10,
      };
    } catch (error) {
      throw postgresError(error);
    } finally {
      await endClient(client);
    }
  }

  /** libpq may see certificates and options in another way than Node. */
  private async throughDuckdb(
    request: AttachRequest,
    values: ConnectionValues,
  ): Promise<void> {
    const { scanner } = this;
    const spec: AttachmentSpec = {
      ...request,
      alias: testAliasPrefix + randomUUID().slice(0, 8),
    };
    await scanner.load();
    try {
      await scanner.bindSecret(secretName(spec.alias), values, spec);
      await scanner.attach(spec, values);
    } finally {
      await scanner.dropCatalog(spec.alias).catch(() => undefined);
      await scanner.dropSecret(spec.alias).catch(() => undefined);
    }
  }
}
