import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { ErrorClass, ErrorInfo } from "../../src/core/errors/errorInfo";
import { envSource, openFile, openSql, run, workspaceFolder } from "./support";

const canary = "canary-9d1f-invented";

/** Attaches from a broken env file and answers what the user was told. */
async function failureOf(file: string): Promise<ErrorInfo> {
  const answer: unknown = await run("viaduct.attachFromEnvFile", {
    alias: "broken",
    source: envSource(file),
    readOnly: true,
  });
  assert.ok(
    typeof answer === "object" && answer !== null && "failed" in answer,
    "attaching did not fail",
  );
  return (answer as { failed: ErrorInfo }).failed;
}

async function portOf(): Promise<string> {
  const env = await readFile(path.join(workspaceFolder(), ".env"), "utf8");
  return /^POSTGRES_PORT=(\d+)/m.exec(env)?.[1] ?? "";
}

describe("bad input in a real extension host", () => {
  const cases: readonly (readonly [
    string,
    ErrorClass,
    (port: string) => string,
  ])[] = [
    [
      "a missing variable",
      "variableMissing",
      (port) =>
        `POSTGRES_HOST=localhost\nPOSTGRES_PORT=${port}\nPOSTGRES_PASSWORD=${canary}\n`,
    ],
    [
      "a wrong password",
      "authenticationFailed",
      (port) =>
        `POSTGRES_HOST=localhost\nPOSTGRES_PORT=${port}\nPOSTGRES_DATABASE=biological_memory_source\nPOSTGRES_USER=nobody_here\nPOSTGRES_PASSWORD=${canary}\n`,
    ],
    [
      "a refused connection",
      "connectionRefused",
      () =>
        `POSTGRES_HOST=127.0.0.1\nPOSTGRES_PORT=1\nPOSTGRES_DATABASE=d\nPOSTGRES_USER=u\nPOSTGRES_PASSWORD=${canary}\n`,
    ],
    [
      "an unknown host",
      "hostUnknown",
      () =>
        `POSTGRES_HOST=no-such-host.invalid\nPOSTGRES_PORT=5432\nPOSTGRES_DATABASE=d\nPOSTGRES_USER=u\nPOSTGRES_PASSWORD=${canary}\n`,
    ],
  ];

  for (const [name, expected, text] of cases) {
    it(`${name} gets one clear message, and the editor goes on`, async () => {
      await openFile(".env.broken", text(await portOf()));
      const failed = await failureOf(".env.broken");
      assert.equal(failed.class, expected, failed.message);
      assert.notEqual(failed.hint, "");
      assert.ok(
        !JSON.stringify(failed).includes(canary),
        "the password is told",
      );
      await openSql("host-after.sql", "SELECT 42 AS answer;");
      const view = await run("viaduct.runStatement");
      assert.equal(view?.state, "succeeded");
    });
  }

  it("a missing env file is named", async () => {
    const failed = await failureOf(".env.nowhere");
    assert.equal(failed.class, "envFileMissing");
    assert.match(failed.message, /\.env\.nowhere/);
  });
});
