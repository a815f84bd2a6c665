import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";
import { appendEnv } from "../../src/core/connections/envAppend";
import { parseEnvText } from "../../src/engine/environment";
import { fixed, quoted } from "../support/fixedScript";
import { connectAdmin, testServer } from "../support/postgres";

const execute = promisify(execFile);

const psql = "/usr/bin/psql";

const withPsql = existsSync(psql)
  ? describe
  : (title: string, body: () => void) =>
      describe.skip(`${title} (no psql on this machine)`, body);

withPsql("scripts of psql after their fixes", () => {
  /** Runs a script with the fixed text's variables in the environment, as `set -a; . ./.env` makes it. */
  async function runFixed(
    text: string,
    values: readonly string[],
  ): Promise<string> {
    const { env, text: after } = fixed(text, values);
    const { host, port, user, password } = testServer();
    const written = parseEnvText(appendEnv("", env), "");
    const child = execute(
      psql,
      [
        "-X",
        "-v",
        "ON_ERROR_STOP=1",
        "-At",
        "-h",
        host,
        "-p",
        String(port),
        "-U",
        user,
        "postgres",
      ],
      {
        env: {
          PATH: process.env["PATH"] ?? "",
          PGPASSWORD: password,
          ...Object.fromEntries(written),
        },
      },
    );
    child.child.stdin?.end(after);
    return (await child).stdout;
  }

  const awkward = "k7'Lp\\0\"q$2 é";

  it("make roles that can log in with exactly the password, from a file of Windows", async () => {
    await runFixed(
      `-- roles\r\nDROP ROLE IF EXISTS fixed_role;\r\nCREATE ROLE fixed_role LOGIN PASSWORD ${quoted(awkward)};\r\n`,
      ["Lp"],
    );
    try {
      const client = await connectAdmin(testServer(), {
        user: "fixed_role",
        password: awkward,
      });
      await client.end();
    } finally {
      const admin = await connectAdmin();
      await admin.query("DROP ROLE fixed_role");
      await admin.end();
    }
  });

  it("make a user mapping, a setting and a subscription with the value", async () => {
    const output = await runFixed(
      "CREATE EXTENSION IF NOT EXISTS postgres_fdw;\n" +
        "CREATE SERVER fixed_server FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'h');\n" +
        `CREATE USER MAPPING FOR CURRENT_USER SERVER fixed_server OPTIONS (user 'u', password ${quoted(awkward)});\n` +
        "SELECT array_to_string(umoptions, ',') FROM pg_user_mappings WHERE srvname = 'fixed_server';\n" +
        "DROP SERVER fixed_server CASCADE;\n" +
        `SET app.api_key = 'k8Lp0q2';\nSELECT current_setting('app.api_key');\n` +
        "CREATE SUBSCRIPTION fixed_subscription CONNECTION 'host=h user=u password=k9Lp0q2 dbname=d' PUBLICATION p WITH (connect = false);\n" +
        "SELECT subconninfo FROM pg_subscription;\n" +
        "ALTER SUBSCRIPTION fixed_subscription DISABLE;\nALTER SUBSCRIPTION fixed_subscription SET (slot_name = NONE);\nDROP SUBSCRIPTION fixed_subscription;\n",
      ["Lp"],
    );
    const lines = output.split("\n");
    assert.ok(lines.includes(`user=u,password=${awkward}`), output);
    assert.ok(lines.includes("k8Lp0q2"), output);
    assert.ok(
      lines.includes("host=h user=u password=k9Lp0q2 dbname=d"),
      output,
    );
  });

  it("connect, and take variables, as before", async () => {
    const token = "ghp_k7Lp0q2m9Xw4Zr8Tn5Vb3Hs6Jd1Fg0Ya2Qe4";
    const { host, port, user, password } = testServer();
    const encoded = encodeURIComponent(password);
    const output = await runFixed(
      `\\set api_token 'k8''Lp'\nSELECT :'api_token';\n` +
        `\\connect postgresql://${user}:${encoded}@${host}:${port}/postgres\nSELECT 'by URL';\n` +
        `SELECT upper('host=h user=u password=k9Lp0q2 port=1');\n` +
        `SELECT concat('{"X": "${token}"}'::jsonb);\nSELECT upper('${token}');\n`,
      ["Lp", encoded, token],
    );
    const lines = output.split("\n");
    assert.ok(lines.includes(`{"X": "${token}"}`), output);
    assert.ok(lines.includes(token.toUpperCase()), output);
    assert.ok(lines.includes("k8'Lp"), output);
    assert.ok(lines.includes("by URL"), output);
    assert.ok(lines.includes("HOST=H USER=U PASSWORD=K9LP0Q2 PORT=1"), output);
  });
});
