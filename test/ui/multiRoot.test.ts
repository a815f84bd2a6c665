import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { DemoInVscode } from "../support/demo";
import { until } from "../support/until";
import { demoSuite } from "./support/demoSuite";

const otherDatabase = "garden";

/** A second database on the demo's server, and a folder whose env file names it with the same variables. */
async function makeOther(demo: DemoInVscode, folder: string): Promise<void> {
  const admin = await demo.postgres.connect();
  try {
    await admin.query(`CREATE DATABASE ${otherDatabase}`);
  } finally {
    await admin.end();
  }
  const client = await demo.postgres.connect(otherDatabase);
  try {
    await client.query(
      `CREATE TABLE plants AS SELECT 'fern' AS name;
       GRANT SELECT ON plants TO memory_writer`,
    );
  } finally {
    await client.end();
  }
  await mkdir(path.join(folder, ".vscode"), { recursive: true });
  const env = await readFile(path.join(demo.workspace, ".env"), "utf8");
  await writeFile(
    path.join(folder, ".env"),
    env.replace(
      /^POSTGRES_DATABASE=.*$/m,
      `POSTGRES_DATABASE=${otherDatabase}`,
    ),
  );
}

/** A workspace of several folders, each with an env file and settings of its own, in a real window. */
describe("a workspace of two folders", () => {
  const suite = demoSuite({
    prepare: async (demo) => {
      const other = path.join(path.dirname(demo.workspace), "second");
      await makeOther(demo, other);
      await writeFile(
        settingsOf(demo.workspace),
        JSON.stringify({
          ...entry("memories"),
          "viaduct.envFiles": [".env.first"],
        }),
      );
      await writeFile(
        settingsOf(other),
        JSON.stringify({
          ...entry("plants_db", { environment: "staging" }),
          "viaduct.envFiles": [".env.second"],
        }),
      );
      await writeFile(
        path.join(demo.workspace, "both.sql"),
        `SELECT (SELECT name FROM plants_db.public.plants) AS plant,
       (SELECT count(*) > 0 FROM memories.public.raw_memories) AS has_memories;
`,
      );
      await writeFile(
        path.join(demo.workspace, "hosts.sql"),
        `CREATE SECRET of_first (TYPE postgres, HOST getenv('ONLY_FIRST'));
CREATE SECRET of_second (TYPE postgres, HOST getenv('ONLY_SECOND'));
SELECT string_agg(name || ' has ' || regexp_extract(secret_string, 'host=([^;]*)', 1), ', ' ORDER BY name) AS hosts
FROM duckdb_secrets() WHERE name LIKE 'of_%';
`,
      );
      await writeFile(
        path.join(demo.workspace, ".env.first"),
        "ONLY_FIRST=first.example\n",
      );
      await writeFile(
        path.join(other, ".env.second"),
        "ONLY_SECOND=second.example\n",
      );
      await openFolders(demo, "workspace", "second");
    },
    opens: workspaceFile,
  });

  const first = (): string => suite.demo.workspace;
  const second = (): string => path.join(path.dirname(first()), "second");

  it("has the attachments of both, each with the env file of its own folder", async () => {
    const { sideBar } = suite.workbench;
    await sideBar.open("Viaduct");
    await until("both attachments", async () => {
      const rows = await sideBar.rows();
      return (
        rows.includes("memories read-only") &&
        rows.includes("plants_db read-only · staging")
      );
    });
    await sideBar.expand("plants_db", 1);
    await sideBar.expand("public", 2);
    await sideBar.row("plants", 3);
    const rows = await sideBar.rows();
    assert.ok(!rows.includes("raw_memories"), rows.join(" | "));
    await sideBar.tooltip(
      "plants_db",
      /garden at [^]*Source: POSTGRES_\* in second\/\.env/,
    );
    await sideBar.tooltip(
      "memories",
      /biological_memory_source at [^]*Source: POSTGRES_\* in workspace\/\.env/,
    );
    await suite.workbench.screenshot("multi-root-dark");
  });

  it("runs a statement over both, whatever folder it is in", async () => {
    const { workbench } = suite;
    await workbench.openFile("both.sql");
    await workbench.editor.lenses("Run on memories", "Run on plants_db");
    await workbench.editor.clickLens(/^\W*Run$/);
    const text = await workbench
      .webview("#results")
      .waitForText(/fern[^]*true|true[^]*fern/, 60_000);
    assert.match(text, /DuckDB \(hybrid\)/);
  });

  it("has the env files that each folder's settings name, for getenv()", async () => {
    const { workbench } = suite;
    await workbench.openFile("hosts.sql");
    await workbench.runCommand("Viaduct: Run File");
    await workbench
      .webview("#results")
      .waitForText(
        /of_first has first\.example, of_second has second\.example/,
        60_000,
      );
  });

  it("saves what the wizard adds with the folder that its env file is in", async () => {
    const { workbench } = suite;
    const before = await readFile(settingsOf(first()), "utf8");
    await workbench.runCommand("Viaduct: Add Attachment…");
    await workbench.quickInput.choose(/POSTGRES_\* in second\/\.env$/);
    await workbench.quickInput.answer(/Name of the database/, "added");
    await workbench.quickInput.choose(/Read-only/);
    await workbench.quickInput.choose(/None/);
    await until("its row", async () =>
      (await workbench.sideBar.rows()).includes("added read-only"),
    );
    await until(
      "its entry",
      async () => (await aliases(second())).length === 2,
    );
    assert.deepEqual(await aliases(second()), ["plants_db", "added"]);
    assert.match(
      await readFile(settingsOf(second()), "utf8"),
      /"alias": "added",\s+"envFile": "\.env"/,
    );
    assert.equal(await readFile(settingsOf(first()), "utf8"), before);
    await workbench.sideBar.tooltip("added", /garden at /);
  });

  it("removes one from the settings that have it", async () => {
    const { workbench } = suite;
    await workbench.sideBar.contextAction("added", "Remove Attachment…");
    await workbench.page
      .locator(".monaco-dialog-box")
      .getByRole("button", { name: "Remove" })
      .click();
    await until(
      "the entry to go",
      async () => (await aliases(second())).length === 1,
    );
    assert.deepEqual(await aliases(second()), ["plants_db"]);
    assert.deepEqual(await aliases(first()), ["memories"]);
  });

  it("has the attachments of a folder that is added while it is open, until it is removed", async () => {
    const { demo, workbench } = suite;
    const third = path.join(path.dirname(first()), "third");
    await mkdir(path.join(third, ".vscode"), { recursive: true });
    await writeFile(
      path.join(third, ".env"),
      await readFile(path.join(second(), ".env")),
    );
    await writeFile(settingsOf(third), JSON.stringify(entry("third_db")));
    await openFolders(demo, "workspace", "second", "third");
    const has = async (row: string): Promise<boolean> =>
      (await workbench.sideBar.rows()).includes(row);
    await until("its attachment", () => has("third_db read-only"));
    await workbench.sideBar.tooltip(
      "third_db",
      /garden at [^]*Source: POSTGRES_\* in third\/\.env/,
    );
    await openFolders(demo, "workspace", "second");
    await until(
      "its attachment to go",
      async () => !(await has("third_db read-only")),
    );
    assert.ok(await has("memories read-only"));
    assert.ok(await has("plants_db read-only · staging"));
  });

  it("follows the settings of each folder, and tells of an alias that two want", async () => {
    const { workbench } = suite;
    await writeFile(
      settingsOf(second()),
      JSON.stringify({
        "viaduct.attachments": [
          { alias: "herbs", envFile: ".env" },
          { alias: "Memories", envFile: ".env" },
        ],
      }),
    );
    await workbench.sideBar.row("herbs", 1);
    await workbench.sideBar.row(
      /"Memories" in the settings of folder "second": another attachment/,
      1,
    );
    const rows = await workbench.sideBar.rows();
    assert.ok(!rows.some((row) => row.startsWith("plants_db")), rows.join());
    assert.match(
      await workbench.sideBar.tooltip("memories"),
      /biological_memory_source at /,
    );
  });
});

function workspaceFile({ workspace }: DemoInVscode): string {
  return path.join(path.dirname(workspace), "two.code-workspace");
}

/** Writes the file of the workspace, which a window that has it open follows. */
async function openFolders(
  demo: DemoInVscode,
  ...folders: readonly string[]
): Promise<void> {
  await writeFile(
    workspaceFile(demo),
    JSON.stringify({
      folders: folders.map((folder) => ({ path: folder })),
      settings: {},
    }),
  );
}

/** Settings with one attachment from the env file beside them. */
function entry(alias: string, more: object = {}): object {
  return { "viaduct.attachments": [{ alias, envFile: ".env", ...more }] };
}

function settingsOf(folder: string): string {
  return path.join(folder, ".vscode/settings.json");
}

/** The aliases that a folder's own settings name. */
async function aliases(folder: string): Promise<readonly string[]> {
  const settings = JSON.parse(await readFile(settingsOf(folder), "utf8")) as {
    "viaduct.attachments"?: readonly { readonly alias: string }[];
  };
  return (settings["viaduct.attachments"] ?? []).map(({ alias }) => alias);
}
