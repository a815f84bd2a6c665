import assert from "node:assert/strict";
import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import * as vscode from "vscode";
import {
  diagnosticOf,
  eventually,
  openFile,
  openSql,
  run,
  workspaceFolder,
} from "./support";

const profiles = `host_memory:
  target: dev
  outputs:
    dev:
      type: duckdb
      path: 'host.duckdb'
      settings:
        threads: 2
        postgres_scanner_timeout: 30000
      external_sources:
        postgresql:
          alias: dbt_source
          host: "{{ env_var('POSTGRES_HOST') }}"
          port: "{{ env_var('POSTGRES_PORT', '5432') | int }}"
          database: "{{ env_var('DBT_HOST_DATABASE') }}"
          user: "{{ env_var('POSTGRES_USER') }}"
          password: "{{ env_var('POSTGRES_PASSWORD') }}"
    broken:
      type: duckdb
      path: ':memory:'
      external_sources:
        postgresql:
          host: "{{ env_var('HOST_NO_SUCH_VARIABLE') }}"
          database: x
          user: y
          password: "{{ env_var('POSTGRES_PASSWORD') }}"
`;

function at(name: string): string {
  return path.join(workspaceFolder(), name);
}

function setting(key: string): unknown {
  return vscode.workspace.getConfiguration("viaduct").get(key);
}

/** What the settings name comes before what the output names. */
function setDatabase(value: string | undefined): Thenable<void> {
  return vscode.workspace
    .getConfiguration("viaduct")
    .update("database", value, vscode.ConfigurationTarget.Workspace);
}

describe("a dbt target in a real extension host", () => {
  const file = at("dbt/profiles.yml");

  before(
    "a project with a profile, and an env file of the target's own",
    async () => {
      await setDatabase(undefined);
      await openFile("dbt/profiles.yml", profiles);
      await openFile(
        "dbt/dbt_project.yml",
        "name: host\nprofile: host_memory\n",
      );
      await writeFile(
        at(".env.dev"),
        "DBT_HOST_DATABASE=${POSTGRES_DATABASE}\n",
      );
      const env = new TextDecoder().decode(
        await vscode.workspace.fs.readFile(vscode.Uri.file(at(".env"))),
      );
      const database = /^POSTGRES_DATABASE=(.+)$/m.exec(env)?.[1] ?? "";
      await writeFile(at(".env.dev"), `DBT_HOST_DATABASE=${database}\n`);
    },
  );

  after(async () => {
    await run("viaduct.selectDbtTarget", { profile: null });
    await setDatabase("memory.duckdb");
    await run("viaduct.restartEngine");
    await rm(at("dbt"), { recursive: true, force: true });
    await rm(at(".env.dev"), { force: true });
  });

  it("is saved as settings, and nothing that dbt finds by itself is", async () => {
    const selection = await run("viaduct.selectDbtTarget", {
      file,
      profile: "host_memory",
      target: "dev",
    });
    assert.deepEqual(selection, {
      file,
      projectFolder: at("dbt"),
      profile: "host_memory",
      target: "dev",
    });
    assert.equal(setting("dbt.profile"), "host_memory");
    assert.equal(setting("dbt.target"), "dev");
    assert.equal(setting("dbt.profilesDir"), "");
  });

  it("gives the session its DuckDB file and its connection, with the env file of the target", async () => {
    await openSql(
      "host-dbt.sql",
      "SELECT current_database() AS a WHERE current_database() = 'host';\nSELECT count(*) FROM dbt_source.public.sources;\n",
    );
    const view = await run("viaduct.runFile");
    assert.deepEqual(
      view?.statements.map(({ state, outcome }) => outcome?.error ?? state),
      ["succeeded", "succeeded"],
    );
    assert.equal(view.statements[0]?.outcome?.rowCount, 1);
  });

  it("shows what is wrong in an output at its place in the file, and opens it there", async () => {
    await run("viaduct.selectDbtTarget", {
      file,
      profile: "host_memory",
      target: "broken",
    });
    const uri = vscode.Uri.file(file);
    const diagnostic = await diagnosticOf(
      uri,
      ({ code }) => code === "variableMissing",
    );
    const line = profiles
      .split("\n")
      .findIndex((text) => text.includes("HOST_NO_SUCH_VARIABLE"));
    assert.equal(diagnostic.range.start.line, line);
    assert.match(diagnostic.message, /HOST_NO_SUCH_VARIABLE/);
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    assert.equal(await run("viaduct.openProfile"), file);
    assert.equal(vscode.window.activeTextEditor?.selection.active.line, line);
  });

  it("takes the mark away once the file is right", async () => {
    await writeFile(
      file,
      profiles.replace("HOST_NO_SUCH_VARIABLE", "POSTGRES_HOST"),
    );
    await eventually("the mark to go", () =>
      vscode.languages
        .getDiagnostics(vscode.Uri.file(file))
        .every(({ code }) => code !== "variableMissing"),
    );
  });

  it("is let go of", async () => {
    await run("viaduct.selectDbtTarget", { profile: null });
    assert.equal(setting("dbt.profile"), "");
    await openSql("host-dbt-none.sql", "FROM dbt_source.public.sources;\n");
    const view = await run("viaduct.runStatement");
    assert.equal(view?.state, "failed");
  });
});
