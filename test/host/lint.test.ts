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

  it("links each finding to the page of its rule that is installed", async () => {
    const editor = await openFile(
      "host-lint-rule.sql",
      "CREATE ROLE app LOGIN PASSWORD 'k7-invented-Pw';\n",
    );
    const { code } = await diagnosticOf(editor.document.uri, isFinding);
    assert.ok(typeof code === "object");
    const { path: command, query, scheme } = code.target;
    assert.equal(scheme, "command");
    const page = await vscode.commands.executeCommand<string>(
      command,
      ...(JSON.parse(query) as unknown[]),
    );
    assert.match(page, /docs.rules.CS101\.md$/);
    assert.match(await readFile(page, "utf8"), /^# CS101/);
    await eventually("the page to be shown", () =>
      vscode.window.tabGroups.all.some(({ activeTab }) =>
        activeTab?.label.includes("CS101"),
      ),
    );
    await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
    assert.equal(await run("viaduct.openRule", "../../package"), undefined);
  });

  it("fixes all of a file at once, which one undo takes back", async () => {
    const text =
      "CREATE ROLE one LOGIN PASSWORD 'k8-all''s Pw';\r\nCREATE ROLE two LOGIN PASSWORD 'k8-more-Pw';\r\n-- CREATE ROLE three PASSWORD 'k8-old-Pw';\r\n";
    const editor = await openFile("host-lint-all.sql", text);
    const { uri } = editor.document;
    await diagnosticOf(uri, isFinding);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      uri,
      new vscode.Range(0, 0, 0, 0),
      vscode.CodeActionKind.SourceFixAll.value,
    );
    const all = actions.find(
      ({ kind }) => kind?.value === "source.fixAll.viaduct",
    );
    assert.ok(all?.command, actions.map(({ title }) => title).join("; "));
    assert.ok(!JSON.stringify(all).includes("k8-"));
    assert.equal(
      await vscode.commands.executeCommand<number>(
        all.command.command,
        ...((all.command.arguments ?? []) as unknown[]),
      ),
      3,
    );
    assert.equal(
      editor.document.getText(),
      "\\getenv one_password ONE_PASSWORD\r\n\\getenv two_password TWO_PASSWORD\r\nCREATE ROLE one LOGIN PASSWORD :'one_password';\r\nCREATE ROLE two LOGIN PASSWORD :'two_password';\r\n",
    );
    const env = await fileText(".env");
    assert.ok(env.includes(`ONE_PASSWORD="k8-all's Pw"`), env);
    assert.ok(env.includes("TWO_PASSWORD=k8-more-Pw"), env);
    await vscode.commands.executeCommand("undo");
    assert.equal(editor.document.getText(), text);
    await vscode.commands.executeCommand("redo");
    assert.equal(await run("viaduct.moveAllCredentials", uri.toString()), 0);
  });

  it("ignores a finding with a reason that is there to be typed", async () => {
    const editor = await openFile(
      "host-lint-ignore.sql",
      "CREATE ROLE app LOGIN PASSWORD 'k7-invented-Pw';\nSELECT 1;\n",
    );
    const { uri } = editor.document;
    const finding = await diagnosticOf(uri, isFinding);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      uri,
      finding.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    const ignore = actions.find(({ title }) => title.startsWith("Ignore"));
    assert.ok(ignore?.edit);
    assert.ok(await vscode.workspace.applyEdit(ignore.edit));
    await eventually(
      "the reason to be selected",
      () => editor.document.getText(editor.selection) === "reason",
    );
    await vscode.commands.executeCommand("type", { text: "a test role" });
    assert.equal(
      editor.document.lineAt(0).text,
      "CREATE ROLE app LOGIN PASSWORD 'k7-invented-Pw'; -- credlint:ignore CS101 a test role",
    );
    await eventually("the finding to be gone", () =>
      vscode.languages.getDiagnostics(uri).every((each) => !isFinding(each)),
    );
  });

  it("ignores a finding in a block scalar above it, as far in as it stands", async () => {
    const text =
      "steps:\n  - run: |\n      export PGPASSWORD=k7-invented-Pw\n      psql\n";
    const editor = await openFile("host-lint-ignore.yml", text);
    const { uri } = editor.document;
    const finding = await diagnosticOf(uri, isFinding);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      uri,
      finding.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    const ignore = actions.find(({ title }) => title.startsWith("Ignore"));
    assert.ok(ignore?.edit);
    assert.ok(await vscode.workspace.applyEdit(ignore.edit));
    await eventually("the comment to be there", () =>
      editor.document.getText().includes("credlint:ignore"),
    );
    assert.equal(
      editor.document.getText(),
      text.replace("  - run", "  # credlint:ignore CY211 reason\n  - run"),
    );
    await eventually("the finding to be gone", () =>
      vscode.languages.getDiagnostics(uri).every((each) => !isFinding(each)),
    );
  });

  it("keeps the env file of a compose file beside it, out of git by the rules of the folders above", async () => {
    const folder = "host-lint-compose/stack";
    await openFile("host-lint-compose/.git/HEAD", "ref: refs/heads/main\n");
    await openFile("host-lint-compose/.gitignore", "*.env\n!.env\n");
    const editor = await openFile(
      `${folder}/compose.yaml`,
      "services:\n  db:\n    environment:\n      POSTGRES_PASSWORD: k7-$$invented\n",
    );
    await applyFix(editor);
    assert.equal(
      editor.document.lineAt(3).text.trim(),
      'POSTGRES_PASSWORD: "${POSTGRES_PASSWORD:?}"',
    );
    assert.equal(
      await fileText(`${folder}/.env`),
      "POSTGRES_PASSWORD='k7-$invented'\n",
    );
    assert.equal(await fileText(`${folder}/.gitignore`), ".env\n");
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
