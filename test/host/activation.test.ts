import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import * as vscode from "vscode";
import type { ViaductApi } from "../../src/extension/extension";

describe("activation", () => {
  it("starts no engine, and waits until it is used", async () => {
    const extension =
      vscode.extensions.getExtension<ViaductApi>("viaduct.viaduct");
    assert.ok(extension, "Viaduct is not installed");
    assert.equal(extension.isActive, false, "something activated it already");
    const started = performance.now();
    const api = await extension.activate();
    const elapsed = performance.now() - started;
    assert.equal(api.engineState, "stopped");
    assert.equal(api.currentRun, null);
    // The bench asks for the time; a test does not judge it.
    const file = process.env["VIADUCT_ACTIVATION_FILE"];
    if (file !== undefined) {
      await writeFile(file, JSON.stringify([api.activationMs, elapsed]));
    }
  });
});
