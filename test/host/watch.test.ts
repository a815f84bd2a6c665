import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import * as vscode from "vscode";
import { remove } from "./attachmentSupport";
import {
  envSource,
  eventually,
  openSql,
  run,
  workspaceFolder,
} from "./support";

const alias = "watched";
const file = ".env.watched";

type Role = "writer" | "reader";

/** An env file of the demo's database; the lines of its second role are commented out there. */
async function writeEnv(role: Role): Promise<string> {
  const text = await readFile(path.join(workspaceFolder(), ".env"), "utf8");
  const chosen =
    role === "writer" ? text : text.replaceAll("# POSTGRES", "POSTGRES");
  await writeFile(path.join(workspaceFolder(), file), chosen);
  const user = [...chosen.matchAll(/^POSTGRES_USER=(.+)$/gm)].at(-1)?.[1];
  assert.ok(user);
  return user;
}

function setReconnect(value: string | undefined): Thenable<void> {
  return vscode.workspace
    .getConfiguration("viaduct")
    .update("reconnectOnChange", value, vscode.ConfigurationTarget.Workspace);
}

/** Whether the attachment's session is this role's. */
async function isUser(user: string): Promise<boolean> {
  await openSql(
    `host-watch-${user}.sql`,
    `SELECT 1 AS a WHERE current_user = '${user}';\n`,
  );
  const view = await run("viaduct.runOn", alias);
  const outcome = view?.statements[0]?.outcome;
  assert.ok(outcome, "it did not run");
  assert.equal(outcome.error, null);
  return outcome.rowCount === 1;
}

describe("watching the files that attachments connect with", () => {
  let writer = "";

  before("attach from an env file of its own", async () => {
    writer = await writeEnv("writer");
    const info = await run("viaduct.attachFromEnvFile", {
      alias,
      source: envSource(file),
      readOnly: true,
    });
    assert.equal(info?.state, "attached", JSON.stringify(info));
    await setReconnect("always");
  });

  after(async () => {
    await setReconnect(undefined);
    await remove(alias);
  });

  it("reconnects with the new values by itself where the settings say so", async () => {
    assert.equal(await isUser(writer), true);
    const reader = await writeEnv("reader");
    assert.notEqual(reader, writer);
    await eventually("the new role", () => isUser(reader));
  });

  it("takes no notice of a change where the settings say so", async () => {
    await setReconnect("never");
    const reader = await writeEnv("reader");
    await writeEnv("writer");
    assert.equal(await isUser(reader), true);
    await run("viaduct.reconnect", { catalog: alias });
    assert.equal(await isUser(writer), true);
  });
});
