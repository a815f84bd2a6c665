import assert from "node:assert/strict";
import { readFile, rm } from "node:fs/promises";
import * as vscode from "vscode";
import { lintSource } from "../../src/protocol/server";
import { canary } from "../support/canary";
import { demoValues, file } from "./attachmentSupport";
import { CanaryHost } from "./canarySupport";
import { diagnosticOf, openFile, run } from "./support";
import { WatchedWindow } from "./watchedWindow";

const watched = new WatchedWindow();
const name = "STORED_DB_PASSWORD";

describe("a canary password that moves from SQL to VS Code's secret storage", () => {
  let host: CanaryHost;

  before(async () => {
    host = await CanaryHost.start(watched);
  });
  after(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await rm(file("canary"), { recursive: true });
  });
  afterEach(() => host.search());

  const attach = async (): Promise<string> => {
    const port = (await demoValues()).get("PORT") ?? "";
    return `ATTACH 'postgresql://canary_host:${encodeURIComponent(canary).replaceAll("'", "%27")}@127.0.0.1:${port}/${host.database}' AS stored_db (TYPE postgres, READ_ONLY);\nSELECT count(*) FROM stored_db.public.sources;\nDETACH stored_db;\n`;
  };

  /** Opens SQL with the password, and has it moved as the light bulb does; answers the text then. */
  async function move(relative: string): Promise<string> {
    host.known.push(file(relative));
    const { document } = await openFile(relative, await attach());
    const finding = await diagnosticOf(
      document.uri,
      ({ source }) => source === lintSource,
    );
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      document.uri,
      finding.range,
    );
    host.seen.push(JSON.stringify(actions));
    const store = actions.find(
      ({ command }) => command?.command === "viaduct.storeCredential",
    );
    assert.match(store?.title ?? "", /works in Viaduct only/);
    const moved = await host.run(
      [],
      "viaduct.storeCredential",
      ...(store?.command?.arguments as [never]),
    );
    assert.equal(moved, name);
    await document.save();
    host.known.splice(host.known.indexOf(file(relative)), 1);
    return document.getText();
  }

  const succeeds = async (): Promise<void> => {
    const view = await host.run([], "viaduct.runFile");
    assert.equal(view?.state, "succeeded", JSON.stringify(view));
  };

  it("is nowhere else, and the statement runs with it, in this engine and in the next", async () => {
    const before = await readFile(file(".env"), "utf8");
    const text = await move("canary/stored.sql");
    assert.ok(text.includes(`PASSWORD getenv('${name}')`), text);
    assert.equal(await readFile(file(".env"), "utf8"), before);
    await succeeds();
    await host.search();
    await run("viaduct.restartEngine");
    await succeeds();
  });

  it("is kept once, whatever number of files it is moved from", async () => {
    const text = await move("canary/stored-too.sql");
    assert.ok(text.includes(`getenv('${name}')`), text);
    await succeeds();
  });

  it("is listed by name, and not found any more once it is forgotten", async () => {
    assert.equal(
      await host.run(
        [{ pick: /^STORED_DB_PASSWORD$/ }],
        "viaduct.forgetStoredSecret",
      ),
      undefined,
    );
    await succeeds();
    assert.equal(
      await host.run(
        [{ pick: /^STORED_DB_PASSWORD$/ }, { press: "Forget" }],
        "viaduct.forgetStoredSecret",
      ),
      name,
    );
    const view = await host.run([], "viaduct.runFile");
    assert.equal(view?.state, "failed");
    assert.equal(
      view.statements[0]?.outcome?.error?.class,
      "variableMissing",
      JSON.stringify(view),
    );
    assert.equal(await host.run([], "viaduct.forgetStoredSecret"), undefined);
  });
});
