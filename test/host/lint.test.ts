import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
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

/** Applies the fix of a document's first finding, as the light bulb does. */
async function applyFix(editor: vscode.TextEditor): Promise<string> {
  const { uri } = editor.document;
  const finding = await diagnosticOf(uri, isFinding);
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    "vscode.executeCodeActionProvider",
    uri,
    finding.range,
    vscode.CodeActionKind.QuickFix.value,
  );
  const move = actions.find(({ title }) => title.includes(".env"));
  assert.ok(move?.command, actions.map(({ title }) => title).join("; "));
  const name = await vscode.commands.executeCommand<string>(
    move.command.command,
    ...((move.command.arguments ?? []) as unknown[]),
  );
  await eventually("the finding to be gone", () =>
    vscode.languages.getDiagnostics(uri).every((each) => !isFinding(each)),
  );
  return name;
}

function isFinding({ source }: vscode.Diagnostic): boolean {
  return source === lintSource;
}

function fileText(name: string): Promise<string> {
  return readFile(path.join(workspaceFolder(), name), "utf8");
}

describe("the credential lint in a real extension host", () => {
  it("marks exactly the value, names the rule, and does not repeat the value", async () => {
    const editor = await openFile(
      "host-lint.sql",
      "-- é\nCREATE ROLE app LOGIN PASSWORD 'k7-invented-Pw';\n",
    );
    const finding = await diagnosticOf(editor.document.uri, isFinding);
    assert.match(
      editor.document.getText(finding.range),
      /^'?k7-invented-Pw'?$/,
    );
    const code = finding.code as { value: string } | string;
    assert.equal(typeof code === "string" ? code : code.value, "CS101");
    assert.ok(!finding.message.includes("k7-invented-Pw"));
  });

  it("moves a YAML password into the env file, which git ignores", async () => {
    const editor = await openFile(
      "host-lint/profiles.yml",
      "p:\n  target: dev\n  outputs:\n    dev:\n      type: postgres\n      host: h\n      user: u\n      password: 'k8 invented $Pw'\n",
    );
    const name = await applyFix(editor);
    assert.match(
      editor.document.getText(),
      new RegExp(`env_var\\(['"]${name}['"]\\)`),
    );
    assert.ok((await fileText(".env")).includes(`${name}='k8 invented $Pw'`));
    assert.match(await fileText(".gitignore"), /^\.env/m);
  });

  it("rewrites an ATTACH with a password so that the statements still run", async () => {
    const env = await fileText(".env");
    const value = (key: string): string =>
      new RegExp(`^POSTGRES_${key}=['"]?([^'"\n]+)`, "m").exec(env)?.[1] ?? "";
    const editor = await openFile(
      "host-lint-attach.sql",
      `ATTACH 'postgresql://${value("USER")}:${value("PASSWORD")}@127.0.0.1:${value("PORT")}/${value("DATABASE")}' AS moved (TYPE POSTGRES);\nSELECT count(*) FROM moved.public.raw_memories;\n`,
    );
    await applyFix(editor);
    assert.ok(!editor.document.getText().includes(value("PASSWORD")));
    const view = await run("viaduct.runFile");
    assert.equal(
      view?.state,
      "succeeded",
      JSON.stringify(view?.statements.at(-1)?.outcome?.error),
    );
    assert.ok(!JSON.stringify(view).includes(value("PASSWORD")));
  });

  it("is silent when the settings say so, and speaks again", async () => {
    const editor = await openFile(
      "host-lint-off.sql",
      "CREATE ROLE app LOGIN PASSWORD 'k9-invented-Pw';\n",
    );
    const { uri } = editor.document;
    const settings = vscode.workspace.getConfiguration("viaduct");
    await diagnosticOf(uri, isFinding);
    await settings.update("lint.enabled", false, false);
    await eventually("silence", () =>
      vscode.languages.getDiagnostics(uri).every((each) => !isFinding(each)),
    );
    await settings.update("lint.enabled", undefined, false);
    await diagnosticOf(uri, isFinding);
  });
});
