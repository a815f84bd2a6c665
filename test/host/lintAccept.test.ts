import assert from "node:assert/strict";
import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import * as vscode from "vscode";
import { lintSource } from "../../src/protocol/server";
import {
  diagnosticOf,
  eventually,
  openFile,
  run,
  workspaceFolder,
} from "./support";

const value = "k7-Known Pw";

function isFinding({ source }: vscode.Diagnostic): boolean {
  return source === lintSource;
}

/** Carries out the action of this title on the first finding, as the light bulb does; answers what its command did. */
async function act(editor: vscode.TextEditor, title: string): Promise<unknown> {
  const { uri } = editor.document;
  const finding = await diagnosticOf(uri, isFinding);
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    "vscode.executeCodeActionProvider",
    uri,
    finding.range,
    vscode.CodeActionKind.QuickFix.value,
  );
  const action = actions.find((each) => each.title.startsWith(title));
  assert.ok(action?.command, actions.map((each) => each.title).join("; "));
  assert.ok(!JSON.stringify(action).includes(value));
  return vscode.commands.executeCommand(
    action.command.command,
    ...((action.command.arguments ?? []) as unknown[]),
  );
}

async function silence(uri: vscode.Uri): Promise<void> {
  await eventually("the finding to be gone", () =>
    vscode.languages.getDiagnostics(uri).every((each) => !isFinding(each)),
  );
}

describe("accepting a finding", () => {
  const baseline = (): string =>
    path.join(workspaceFolder(), ".viaduct-lint-baseline.json");
  const settings = () => vscode.workspace.getConfiguration("viaduct");
  const sql = `CREATE ROLE known LOGIN PASSWORD '${value}';\n`;

  after(async () => {
    await settings().update(
      "lint.allowedValues",
      undefined,
      vscode.ConfigurationTarget.Workspace,
    );
    await rm(baseline(), { force: true });
  });

  it("in the baseline ends it there and nowhere else, and the file has no value", async () => {
    const editor = await openFile("host-lint-known.sql", sql);
    const { uri } = editor.document;
    assert.equal(await act(editor, "Add to the baseline"), baseline());
    await silence(uri);
    const text = await readFile(baseline(), "utf8");
    assert.ok(!text.includes(value) && !text.includes("known LOGIN"), text);
    assert.match(text, /host-lint-known\.sql/);
    const other = await openFile("host-lint-known-too.sql", sql);
    await diagnosticOf(other.document.uri, isFinding);
    // A second one goes beside the first.
    await act(other, "Add to the baseline");
    await silence(other.document.uri);
    const both = await readFile(baseline(), "utf8");
    assert.match(
      both,
      /host-lint-known\.sql[^]*host-lint-known-too\.sql|host-lint-known-too\.sql[^]*host-lint-known\.sql/,
    );
    // Another value in the place of the known one is a finding.
    await other.edit((edit) => {
      edit.replace(new vscode.Range(0, 34, 0, 36), "k8");
    });
    await diagnosticOf(other.document.uri, isFinding);
    await other.document.save();
  });

  it("by its value ends it in every file, by a hash in the settings", async () => {
    const editor = await openFile(
      "host-lint-allowed.sql",
      `CREATE ROLE allowed LOGIN PASSWORD '${value}';\n`,
    );
    const other = await openFile(
      "host-lint-allowed.yml",
      `database:\n  password: "${value}"\n`,
    );
    await diagnosticOf(other.document.uri, isFinding);
    const entry = await act(editor, "Allow this value");
    assert.deepEqual(settings().get("lint.allowedValues"), [entry]);
    await silence(editor.document.uri);
    await silence(other.document.uri);
    assert.ok(typeof entry === "string" && !entry.includes(value));
    const written = await readFile(
      path.join(workspaceFolder(), ".vscode/settings.json"),
      "utf8",
    );
    assert.ok(written.includes(entry) && !written.includes(value));
  });

  it("answers nothing for a finding that is not there any more", async () => {
    const { document } = await openFile("host-lint-gone.sql", "SELECT 1;\n");
    const gone = {
      uri: document.uri.toString(),
      range: {
        start: { line: 0, character: 0 },
        end: { line: 0, character: 6 },
      },
      rule: "CS101",
    };
    for (const id of [
      "viaduct.addToBaseline",
      "viaduct.allowValue",
      "viaduct.storeCredential",
    ] as const) {
      assert.equal(await run(id, gone), undefined, id);
    }
  });
});
