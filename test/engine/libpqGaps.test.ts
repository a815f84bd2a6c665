import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { EngineProcess } from "../../src/extension/engine/engineProcess";
import { engineOptions } from "../support/engineHarness";
import { startEngineWith } from "../support/engineProcess";
import { writeEnvFile } from "../support/postgres";

/** Each would change a connection, or keep it from being made, if it filled a gap. */
const stray: Readonly<Record<string, string>> = {
  PGSERVICE: "no_such_service",
  PGSERVICEFILE: "/no/such/file",
  PGHOST: "192.0.2.1",
  PGHOSTADDR: "192.0.2.1",
  PGPORT: "1",
  PGDATABASE: "no_such_database",
  PGUSER: "no_such_user",
  PGPASSWORD: "wrong",
  PGPASSFILE: "/no/such/file",
  PGOPTIONS: "-c search_path=stray",
  PGSSLMODE: "verify-full",
  PGSSLNEGOTIATION: "direct",
  PGSSLCERT: "/no/such/cert",
  PGSSLKEY: "/no/such/key",
  PGSSLCERTMODE: "require",
  PGSSLROOTCERT: "/no/such/root",
  PGSSLCRL: "/no/such/crl",
  PGSSLCRLDIR: "/no/such/crls",
  PGSSLMINPROTOCOLVERSION: "TLSv9",
  PGSSLMAXPROTOCOLVERSION: "TLSv9",
  PGMINPROTOCOLVERSION: "9.9",
  PGMAXPROTOCOLVERSION: "9.9",
  PGREQUIREAUTH: "none",
  PGREQUIREPEER: "nobody",
  PGREQUIRESSL: "1",
  PGCHANNELBINDING: "require",
  PGGSSENCMODE: "require",
  PGTARGETSESSIONATTRS: "standby",
  PGLOADBALANCEHOSTS: "nonsense",
  PGCONNECT_TIMEOUT: "nonsense",
  PGCLIENTENCODING: "SQL_ASCII",
  PGREPLICATION: "database",
  PGTZ: "Asia/Tokyo",
  PGDATESTYLE: "German",
};

describe("variables that no source has asked for", () => {
  let folder = "";
  let envFile = "";
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "viaduct-gaps-"));
    envFile = await writeEnvFile(path.join(folder, ".env"));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const settings =
    "SELECT current_user || ' ' || current_setting('search_path') || ' ' || current_setting('client_encoding') || ' ' || (SELECT setting || source FROM pg_settings WHERE name = 'TimeZone')";

  const seen = async (
    environment: Readonly<Record<string, string>>,
  ): Promise<string[]> => {
    const engine: EngineProcess = startEngineWith(environment);
    try {
      await engine.request("initialize", engineOptions(folder));
      await engine.request("attach", {
        alias: "db",
        readOnly: true,
        source: { kind: "envFile", file: envFile, prefix: "POSTGRES_" },
      });
      const run = async (
        text: string,
        target: { engine: "duckdb" } | { engine: "postgres"; alias: string },
      ): Promise<string> => {
        const { statements } = await engine.request("run", {
          runId: target.engine,
          target,
          statements: [{ text }],
        });
        const [outcome] = statements;
        assert.equal(outcome?.error, null, JSON.stringify(outcome));
        assert.ok(outcome.resultId);
        const { rows } = await engine.request("page", {
          resultId: outcome.resultId,
          offset: 0,
          limit: 1,
        });
        return rows[0]?.[0] ?? "";
      };
      const quoted = settings.replaceAll("'", "''");
      return [
        await run(`FROM postgres_query('db', '${quoted}')`, {
          engine: "duckdb",
        }),
        await run(settings, { engine: "postgres", alias: "db" }),
      ];
    } finally {
      await engine.dispose();
    }
  };

  it("fill no gap, neither in DuckDB nor natively", async () => {
    const clean = await seen({});
    assert.deepEqual(await seen(stray), clean);
    assert.match(clean[0] ?? "", /^viaduct "\$user", public UTF8 /);
  });

  it("fill no gap of a socket, a password or a service either", async () => {
    const file = path.join(folder, "pg_service.conf");
    await writeFile(file, "[s]\nhost=127.0.0.1\nport=1\n");
    const engine = startEngineWith({ ...stray, PGSERVICEFILE: file });
    try {
      await engine.request("initialize", engineOptions(folder));
      await assert.rejects(
        engine.request("attach", {
          alias: "db",
          readOnly: true,
          source: { kind: "service", service: "s", file: null },
        }),
        /port 1 failed|Connection refused|ECONNREFUSED/i,
      );
    } finally {
      await engine.dispose();
    }
  });
});
