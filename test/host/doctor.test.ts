import assert from "node:assert/strict";
import * as vscode from "vscode";
import { envSource, eventually, run } from "./support";

const alias = "source_memories";

function doctorTabs(): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(
      ({ input }) =>
        input instanceof vscode.TabInputWebview &&
        input.viewType.endsWith("viaduct.doctor"),
    );
}

describe("the doctor in a real extension host", () => {
  before(async () => {
    const info = await run("viaduct.attachFromEnvFile", {
      alias,
      source: envSource(),
      readOnly: true,
    });
    assert.equal(info?.state, "attached");
  });

  it("examines the session, shows it in a tab, and answers with the report", async () => {
    const { checks } = await run("viaduct.runDoctor");
    const status = (id: string) =>
      checks.find((check) => check.id === id)?.status;
    assert.equal(status("engine.version"), "pass");
    assert.equal(status("extension.validation"), "pass");
    assert.equal(status("server.reachable"), "pass");
    assert.equal(status("server.query"), "pass");
    assert.ok(checks.some(({ subject }) => subject === alias));
    await eventually("the doctor's tab", () => doctorTabs().length === 1);
  });

  it("uses the same tab again, also for two at once", async () => {
    const [first, second] = await Promise.all([
      run("viaduct.runDoctor"),
      run("viaduct.runDoctor"),
    ]);
    assert.equal(first.checks.length, second.checks.length);
    assert.equal(doctorTabs().length, 1);
  });

  it("examines an attachment whose env file has gone, and says why", async () => {
    const file = vscode.Uri.file(envSource("gone.env").file);
    await vscode.workspace.fs.copy(vscode.Uri.file(envSource().file), file);
    await run("viaduct.attachFromEnvFile", {
      alias: "going",
      source: envSource("gone.env"),
      readOnly: true,
    });
    await vscode.workspace.fs.delete(file);
    try {
      const { checks } = await run("viaduct.runDoctor");
      const check = checks.find(
        ({ id, subject }) => id === "source.readable" && subject === "going",
      );
      assert.equal(check?.status, "fail", check?.reason);
    } finally {
      await run("viaduct.detach", { catalog: "going" });
    }
  });

  after(async () => {
    await vscode.window.tabGroups.close(doctorTabs());
  });
});
