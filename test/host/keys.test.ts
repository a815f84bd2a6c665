import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import * as vscode from "vscode";

interface Key {
  readonly key: string;
  readonly command: string;
  readonly when?: string;
}

describe("the keys in a real extension host", () => {
  it("are taken from nothing of VS Code's that has them everywhere", async () => {
    const defaults = await vscode.workspace.openTextDocument(
      vscode.Uri.parse("vscode://defaultsettings/keybindings.json"),
    );
    const text = defaults.getText();
    const known = JSON.parse(
      text
        .slice(text.indexOf("["), text.lastIndexOf("]") + 1)
        .replace(/^\/\/.*$/gm, ""),
    ) as readonly Key[];
    assert.ok(known.length > 500, `only ${String(known.length)} keys`);
    const ours = known.filter(({ command }) => command.startsWith("viaduct."));
    assert.ok(ours.length > 10, "Viaduct's keys are not among them");
    const taken = ours.flatMap(({ key }) =>
      known
        .filter((other) => other.key === key && other.when === undefined)
        .map(({ command }) => `${key}: ${command}`),
    );
    assert.deepEqual(taken, []);
  });

  it("hold somewhere only, and leave Alt with a letter to the menu bar that opens a menu by it", async () => {
    const { contributes } = JSON.parse(
      await readFile(
        path.join(
          vscode.extensions.getExtension("viaduct.viaduct")?.extensionPath ??
            "",
          "package.json",
        ),
        "utf8",
      ),
    ) as { readonly contributes: { readonly keybindings: readonly Key[] } };
    for (const { key, command, when } of contributes.keybindings) {
      assert.match(when ?? "", /[fF]ocus/, command);
      // File, Edit, Selection, View, Go, Run, Terminal, Help: what a page does with the key does not keep them shut.
      assert.doesNotMatch(key, /^(?:shift\+)?alt\+[fesvgrth]$/, command);
      // AltGr is both of them: somewhere every such key types a letter (ć and ś in Polish) or a bracket.
      assert.doesNotMatch(key, /\bctrl\+(?:shift\+)?alt\+.$/, command);
    }
  });
});
