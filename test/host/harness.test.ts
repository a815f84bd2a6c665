import assert from "node:assert/strict";
import * as vscode from "vscode";

/** What every other host test takes for granted. */
describe("the extension host", () => {
  it("is a real one, with the demo workspace open and Viaduct under development", () => {
    assert.match(vscode.version, /^1\.\d+\.\d+$/);
    assert.equal(vscode.workspace.workspaceFolders?.length, 1);
    assert.ok(vscode.workspace.isTrusted);
    const viaduct = vscode.extensions.getExtension("viaduct.viaduct");
    assert.ok(viaduct, "Viaduct is not installed");
  });
});
