import assert from "node:assert/strict";
import path from "node:path";
import * as vscode from "vscode";
import type {
  CommandId,
  CommandTable,
} from "../../src/extension/commands/commandTable";

import type { ViaductApi } from "../../src/extension/extension";

/** Runs a command as the palette does and answers what it returned. */
export async function run<I extends CommandId>(
  id: I,
  ...args: Parameters<CommandTable[I]>
): Promise<Awaited<ReturnType<CommandTable[I]>>> {
  return vscode.commands.executeCommand<Awaited<ReturnType<CommandTable[I]>>>(
    id,
    ...args,
  );
}

/** The folder that the test workspace is. */
export function workspaceFolder(): string {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, "the tests need a workspace");
  return folder.uri.fsPath;
}

/** Opens a new SQL file of the workspace with this text. */
export async function openSql(
  name: string,
  text: string,
): Promise<vscode.TextEditor> {
  return openFile(name, text);
}

/** Writes a file into the workspace and opens it. */
export async function openFile(
  name: string,
  text: string,
): Promise<vscode.TextEditor> {
  const uri = vscode.Uri.file(path.join(workspaceFolder(), name));
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  const editor = await vscode.window.showTextDocument(uri);
  // A document that was open already has the new text a little later.
  await eventually(`the text of ${name}`, () => isText(editor.document, text));
  return editor;
}

function isText(document: vscode.TextDocument, text: string): boolean {
  const ends = /\r\n|\r/g;
  return document.getText().replace(ends, "\n") === text.replace(ends, "\n");
}

/** Waits until `probe` answers something, asking again and again: no test sleeps. */
export async function eventually<T>(
  what: string,
  probe: () => T | undefined | false | Promise<T | undefined | false>,
  seconds = 30,
): Promise<T> {
  const end = Date.now() + seconds * 1_000;
  for (;;) {
    const value = await probe();
    if (value !== undefined && value !== false) {
      return value;
    }
    assert.ok(
      Date.now() < end,
      `${what} did not happen in ${String(seconds)} s`,
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Waits until the engine has begun the newest run's first statement. */
export async function statementRuns(): Promise<void> {
  const extension =
    vscode.extensions.getExtension<ViaductApi>("viaduct.viaduct");
  assert.ok(extension, "Viaduct is not installed");
  const api = await extension.activate();
  await eventually(
    "the statement to begin",
    () => api.currentRun?.statements[0]?.state === "running",
  ).catch((error: unknown) => {
    throw new Error(`${String(error)}: ${JSON.stringify(api.currentRun)}`);
  });
}

/** Diagnostics of a document, once there is one that fits. */
export async function diagnosticOf(
  uri: vscode.Uri,
  fits: (diagnostic: vscode.Diagnostic) => boolean,
): Promise<vscode.Diagnostic> {
  return eventually("a diagnostic", () =>
    vscode.languages.getDiagnostics(uri).find(fits),
  );
}

/** The env file of the workspace, as an attachment's source. */
export function envSource(file = ".env", prefix = "POSTGRES_") {
  return {
    kind: "envFile",
    file: path.join(workspaceFolder(), file),
    prefix,
  } as const;
}
