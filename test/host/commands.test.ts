import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import * as vscode from "vscode";
import { envSource, openSql, run, workspaceFolder } from "./support";

const alias = "source_memories";

async function attach(): Promise<void> {
  const info = await run("viaduct.attachFromEnvFile", {
    alias,
    source: envSource(),
    readOnly: true,
  });
  assert.equal(info?.state, "attached");
}

function settingsText(): Promise<string> {
  return readFile(
    path.join(workspaceFolder(), ".vscode", "settings.json"),
    "utf8",
  );
}

describe("the commands in a real extension host", () => {
  beforeEach(attach);

  it("previews the first rows of a relation, and no more of them", async () => {
    const view = await run("viaduct.previewRelation", {
      catalog: alias,
      schema: "public",
      relation: "raw_memories",
    });
    assert.equal(view?.state, "succeeded");
    assert.equal(view.statements[0]?.outcome?.rowCount, 100);
    assert.match(
      view.statements[0].outcome.sent.map(({ sql }) => sql).join("\n"),
      /LIMIT 100/,
    );
  });

  it("copies a name as one writes it in SQL", async () => {
    await run("viaduct.copyQualifiedName", {
      catalog: alias,
      schema: "public",
      relation: "Raw Memories",
    });
    assert.equal(
      await vscode.env.clipboard.readText(),
      `${alias}.public."Raw Memories"`,
    );
  });

  it("detaches for this session, keeps the reference in the settings, and attaches again", async () => {
    assert.equal(await run("viaduct.detach", { catalog: alias }), alias);
    assert.ok((await settingsText()).includes(alias));
    await openSql("host-detached.sql", `FROM ${alias}.public.raw_memories;`);
    const view = await run("viaduct.runStatement");
    assert.equal(view?.state, "failed");
    const info = await run("viaduct.attach", { catalog: alias });
    assert.equal(info?.state, "attached");
  });

  it("reconnects", async () => {
    const info = await run("viaduct.reconnect", { catalog: alias });
    assert.equal(info?.state, "attached");
  });

  it("installs and loads an extension without a network", async () => {
    const installed = await run("viaduct.installExtension", "fts");
    assert.equal(installed?.installed, true);
    const loaded = await run("viaduct.loadExtension", "fts");
    assert.equal(loaded?.loaded, true);
  });

  it("keeps the attachments over a restart of the engine", async () => {
    const { duckdbVersion, processId } = await run("viaduct.restartEngine");
    assert.match(duckdbVersion, /^v1\.5\.5/);
    assert.notEqual(processId, process.pid);
    await openSql(
      "host-restarted.sql",
      `SELECT count(*) FROM ${alias}.public.sources;`,
    );
    const view = await run("viaduct.runStatement");
    assert.equal(view?.state, "succeeded");
  });

  it("opens the env file of an attachment", async () => {
    const file = await run("viaduct.openEnvFile", { catalog: alias });
    assert.equal(file, path.join(workspaceFolder(), ".env"));
    assert.equal(
      vscode.window.activeTextEditor?.document.uri.fsPath,
      path.join(workspaceFolder(), ".env"),
    );
  });
});
