import assert from "node:assert/strict";
import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import * as vscode from "vscode";
import { lintSource } from "../../src/protocol/server";
import type { WorkspaceFileFindings } from "../../src/protocol/server";
import {
  diagnosticOf,
  eventually,
  openFile,
  run,
  workspaceFolder,
} from "./support";

const folder = "lint-workspace";
const value = "k7-workspace-Pw";

function fileUri(name: string): vscode.Uri {
  return vscode.Uri.file(path.join(workspaceFolder(), folder, name));
}

async function write(name: string, text: string): Promise<void> {
  await vscode.workspace.fs.writeFile(
    fileUri(name),
    new TextEncoder().encode(text),
  );
}

function shown(name: string): readonly vscode.Diagnostic[] {
  return vscode.languages
    .getDiagnostics(fileUri(name))
    .filter(({ source }) => source === lintSource);
}

/** Checks the workspace; the files of this test with findings, by name. */
async function check(): Promise<ReadonlyMap<string, WorkspaceFileFindings>> {
  const result = await run("viaduct.lintWorkspace");
  assert.ok(result, "the lint is on");
  assert.ok(!JSON.stringify(result).includes(value));
  const prefix = `${fileUri("").toString().replace(/\/$/, "")}/`;
  return new Map(
    result.files
      .filter(({ uri }) => uri.startsWith(prefix))
      .map((file) => [file.uri.slice(prefix.length), file]),
  );
}

describe("the check of the whole workspace in a real extension host", function () {
  this.timeout(60_000);
  const settings = () => vscode.workspace.getConfiguration("viaduct.lint");
  const set = (key: string, to: unknown) =>
    settings().update(key, to, vscode.ConfigurationTarget.Workspace);

  before(async () => {
    await write("roles.sql", `CREATE ROLE a PASSWORD '${value}';\n`);
    await write("app.yaml", `database:\n  password: ${value}\n`);
    await write("clean.sql", "SELECT 1;\n");
    await write(".gitignore", "ignored.sql\n");
    await write(".env", `DB_PASSWORD=${value}\n`);
    await write(
      "note.ipynb",
      JSON.stringify({
        cells: [
          { cell_type: "markdown", metadata: {}, source: ["# x"] },
          {
            cell_type: "code",
            execution_count: null,
            metadata: { vscode: { languageId: "sql" } },
            outputs: [],
            source: ["SELECT 1;\n", `CREATE ROLE n PASSWORD '${value}';`],
          },
        ],
        metadata: { language_info: { name: "sql" } },
        nbformat: 4,
        nbformat_minor: 5,
      }),
    );
  });

  after(async () => {
    for (const key of ["rules", "extraKeys", "enabled"]) {
      await set(key, undefined);
    }
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await rm(fileUri("").fsPath, { recursive: true });
    await rm(path.join(workspaceFolder(), ".viaduct-lint-baseline.json"), {
      force: true,
    });
    await run("viaduct.lintWorkspace");
  });

  it("has what it finds in Problems, for files that are not open, and shows its page", async () => {
    const files = await check();
    assert.deepEqual([...files.keys()].sort(), [
      "app.yaml",
      "note.ipynb",
      "roles.sql",
    ]);
    // The client shows what it was sent file by file.
    for (const name of files.keys()) {
      await eventually(name, () => shown(name).length === 1);
    }
    assert.deepEqual(files.get("note.ipynb")?.findings[0]?.cell, {
      cell: 2,
      line: 2,
      column: 25,
    });
    await eventually("its page", () =>
      vscode.window.tabGroups.all.some(({ tabs }) =>
        tabs.some(
          ({ input }) =>
            input instanceof vscode.TabInputWebview &&
            input.viewType.includes("viaduct.lintReport"),
        ),
      ),
    );
  });

  it("answers all that there is also when another check begins before it ends, as one does with each change of the settings", async () => {
    const [first, second] = await Promise.all([check(), check()]);
    assert.equal(first.size, 3);
    assert.deepEqual([...first.keys()], [...second.keys()]);
    const running = check();
    await set("extraKeys", ["door code"]);
    assert.equal((await running).size, 3);
    await set("extraKeys", undefined);
    const stopped = run("viaduct.lintWorkspace");
    await set("enabled", false);
    await stopped;
    assert.equal(await run("viaduct.lintWorkspace"), undefined);
    await set("enabled", undefined);
    await check();
    await eventually("all", () => shown("roles.sql").length === 1);
  });

  it("says nothing of an env file that no repository would take", async () => {
    await check();
    assert.deepEqual(shown(".env"), []);
  });

  it("keeps what it found right when a file changes on the disk", async () => {
    await check();
    await writeFile(fileUri("roles.sql").fsPath, "SELECT 2;\n");
    await eventually(
      "the finding to go",
      () => shown("roles.sql").length === 0,
    );
    await writeFile(
      fileUri("roles.sql").fsPath,
      `CREATE ROLE a PASSWORD '${value}';\n`,
    );
    await eventually("it to come back", () => shown("roles.sql").length === 1);
  });

  it("goes by the settings at once: severity, off, further keys, all off", async () => {
    await check();
    await set("rules", { CS101: "off" });
    await eventually("it to be off", () => shown("roles.sql").length === 0);
    await set("rules", { CS101: "info" });
    await eventually(
      "it to be information",
      () =>
        shown("roles.sql")[0]?.severity ===
        vscode.DiagnosticSeverity.Information,
    );
    await set("rules", undefined);
    await write("door.yaml", "door_code: 7-3-9-invented\n");
    await set("extraKeys", ["door code"]);
    await eventually("the further key", () => shown("door.yaml").length === 1);
    await set("extraKeys", undefined);
    await eventually("it to be none", () => shown("door.yaml").length === 0);
    await set("enabled", false);
    await eventually("silence", () => shown("app.yaml").length === 0);
    assert.equal(await run("viaduct.lintWorkspace"), undefined);
    await set("enabled", undefined);
    await eventually("it to speak", () => shown("roles.sql").length > 0);
  });

  it("goes by a viaduct-lint.json that is added, changed and deleted", async () => {
    const config = path.join(workspaceFolder(), "viaduct-lint.json");
    await check();
    await writeFile(config, '{"rules": {"CS101": "off"}}');
    await eventually("it to be off", () => shown("roles.sql").length === 0);
    await writeFile(config, `{"exclude": ["${folder}/app.yaml"]}`);
    await eventually("it to be on", () => shown("roles.sql").length === 1);
    await eventually("it to be out", () => shown("app.yaml").length === 0);
    await rm(config);
    await eventually("it to be back", () => shown("app.yaml").length === 1);
  });

  it("goes by the baseline at once, also when it is written by others, and takes a notebook's findings", async () => {
    const files = await check();
    const finding = (name: string) => {
      const [found] = files.get(name)?.findings ?? [];
      assert.ok(found, name);
      const { range, rule } = found;
      return { uri: fileUri(name).toString(), range, rule };
    };
    await run("viaduct.addToBaseline", finding("app.yaml"));
    await eventually("it to go", () => shown("app.yaml").length === 0);
    const baseline = await run("viaduct.addToBaseline", finding("note.ipynb"));
    assert.ok(baseline);
    assert.ok(!(await readFile(baseline, "utf8")).includes(value));
    await eventually("the notebook's", () => shown("note.ipynb").length === 0);
    await rm(baseline);
    await eventually("both again", () => shown("app.yaml").length === 1);
  });

  it("finds and fixes in the cells of a notebook", async () => {
    await check();
    const notebook = await vscode.workspace.openNotebookDocument(
      fileUri("note.ipynb"),
    );
    await vscode.window.showNotebookDocument(notebook);
    const { document } = notebook.cellAt(1);
    const { range, code } = await diagnosticOf(
      document.uri,
      ({ source }) => source === lintSource,
    );
    assert.ok(document.getText(range).includes(value));
    await eventually(
      "the cells alone to have them",
      () => shown("note.ipynb").length === 0,
    );
    const name = await run("viaduct.moveCredential", {
      uri: document.uri.toString(),
      range: {
        start: { line: range.start.line, character: range.start.character },
        end: { line: range.end.line, character: range.end.character },
      },
      rule: String(typeof code === "object" ? code.value : code),
    });
    assert.ok(name);
    assert.ok(!document.getText().includes(value), document.getText());
    await vscode.commands.executeCommand("workbench.action.files.revert");
    const active = await openFile(`${folder}/last.sql`, "SELECT 1;\n");
    assert.ok(active);
  });
});
