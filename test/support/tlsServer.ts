import { chown, mkdtemp, chmod, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Certificate } from "./certificates";
import { PostgresServer } from "./postgresServer";
import { until } from "./until";

/** A PostgreSQL of a test's own, whose TLS and `pg_hba.conf` can be changed while it runs. */
export class TlsServer {
  private constructor(
    readonly folder: string,
    private readonly server: PostgresServer,
  ) {}

  static async start(): Promise<TlsServer> {
    const folder = await mkdtemp(path.join(tmpdir(), "viaduct-tls-"));
    // As root, the server runs as another user, who has to get in.
    await chmod(folder, 0o755);
    return new TlsServer(folder, await PostgresServer.start(folder, 0));
  }

  get port(): number {
    return this.server.port;
  }

  get log(): string {
    return this.server.log;
  }

  async sql(text: string): Promise<readonly Record<string, unknown>[]> {
    const client = await this.server.connect();
    try {
      return (await client.query<Record<string, unknown>>(text)).rows;
    } finally {
      await client.end();
    }
  }

  /** Serves with a certificate from now on; `authority` is whose client certificates it takes. Null for no TLS. */
  async serve(certificate: Certificate | null, authority = ""): Promise<void> {
    await this.write("server.crt", certificate?.cert ?? "");
    await this.write("server.key", certificate?.key ?? "");
    await this.write("clients.crt", authority);
    const isOn = certificate === null ? "off" : "on";
    for (const setting of [
      "ssl_cert_file = 'server.crt'",
      "ssl_key_file = 'server.key'",
      `ssl_ca_file = '${authority === "" ? "" : "clients.crt"}'`,
      `ssl = ${isOn}`,
    ]) {
      await this.sql(`ALTER SYSTEM SET ${setting}`);
    }
    await this.reload();
    await until("the server's TLS", async () => {
      const [row] = await this.sql("SHOW ssl");
      return row?.["ssl"] === isOn;
    });
  }

  /** Replaces `pg_hba.conf`; the superuser `postgres` always gets in. */
  async letIn(lines: readonly string[]): Promise<void> {
    const always = "host all postgres 127.0.0.1/32 scram-sha-256";
    await this.write("pg_hba.conf", [always, ...lines, ""].join("\n"));
    await this.reload();
    await until("the rules", async () => {
      const rows = await this.sql("SELECT error FROM pg_hba_file_rules");
      return rows.length === lines.length + 1;
    });
  }

  async stop(): Promise<void> {
    await this.server.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  private async reload(): Promise<void> {
    const before = "SELECT pg_conf_load_time()::text AS at";
    const [old] = await this.sql(before);
    await this.sql("SELECT pg_reload_conf()");
    await until("a reload", async () => {
      const [now] = await this.sql(before);
      return now?.["at"] !== old?.["at"];
    });
  }

  private async write(name: string, text: string): Promise<void> {
    const [row] = await this.sql("SHOW data_directory");
    const data = String(row?.["data_directory"]);
    const file = path.join(data, name);
    await writeFile(file, text, { mode: 0o600 });
    const { uid, gid } = await stat(data);
    await chown(file, uid, gid);
  }
}
