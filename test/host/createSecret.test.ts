import assert from "node:assert/strict";
import { copyFile, readFile } from "node:fs/promises";
import path from "node:path";
import * as vscode from "vscode";
import { envSource, openSql, run, workspaceFolder } from "./support";

const file = ".env.elsewhere";

describe("creating a secret from an env file", () => {
  before("an env file that the settings do not name", () =>
    copyFile(
      path.join(workspaceFolder(), ".env"),
      path.join(workspaceFolder(), file),
    ),
  );

  after(async () => {
    await vscode.workspace
      .getConfiguration("viaduct")
      .update("envFiles", undefined, vscode.ConfigurationTarget.Workspace);
    await run("viaduct.restartEngine");
  });

  it("writes SQL into the editor, before the statement at the cursor, that works when it is run", async () => {
    const editor = await openSql(
      "host-secret.sql",
      "SELECT 1 AS a;\nSELECT count(*) FROM by_secret.public.sources;\n",
    );
    editor.selection = new vscode.Selection(1, 5, 1, 5);
    const name = await run("viaduct.createSecretFromEnvFile", {
      name: "host secret",
      source: envSource(file),
      alias: "by_secret",
    });
    assert.equal(name, "host secret");
    const text = editor.document.getText();
    assert.match(text, /^SELECT 1 AS a;\n(?:--.*\n)?CREATE OR REPLACE SECRET/);
    assert.match(text, /PORT getenv\('POSTGRES_PORT'\)::INT/);
    assert.match(
      text,
      /\(TYPE POSTGRES, SECRET "host secret"\);\n\nSELECT count/,
    );
    const password = /^POSTGRES_PASSWORD=(.+)$/m.exec(
      await readFile(path.join(workspaceFolder(), file), "utf8"),
    )?.[1];
    assert.ok(password);
    assert.ok(!text.includes(password));
    const view = await run("viaduct.runFile");
    assert.deepEqual(
      view?.statements.map(({ state, outcome }) => outcome?.error ?? state),
      ["succeeded", "succeeded", "succeeded", "succeeded"],
    );
  });

  it("lets getenv() read the env file from there on", () => {
    assert.deepEqual(
      vscode.workspace.getConfiguration("viaduct").get("envFiles"),
      [".env", file],
    );
  });

  it("opens a new document where no SQL is edited", async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await run("viaduct.createSecretFromEnvFile", {
      name: "plain",
      source: envSource(),
      alias: "anew",
    });
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.isUntitled, true);
    assert.equal(document.languageId, "sql");
    assert.match(document.getText(), /ATTACH '' AS anew/);
    await vscode.commands.executeCommand(
      "workbench.action.revertAndCloseActiveEditor",
    );
  });
});
