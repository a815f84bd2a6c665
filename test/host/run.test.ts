import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import * as vscode from "vscode";
import {
  diagnosticOf,
  envSource,
  eventually,
  openSql,
  run,
  statementRuns,
  workspaceFolder,
} from "./support";

const alias = "source_memories";

const hybrid = `SELECT d.memory_id, d.processed_content, p.raw_content, d.memory_strength
FROM memory.consolidated_memories d
JOIN source_memories.public.raw_memories p ON d.source_memory_id = p.memory_id
WHERE d.memory_strength > 0.7;
`;

describe("running in a real extension host", () => {
  before("attach the demo database", async () => {
    const info = await run("viaduct.attachFromEnvFile", {
      alias,
      source: envSource(),
      readOnly: true,
    });
    assert.equal(info?.name, alias);
    assert.equal(info.readOnly, true);
    assert.equal(info.state, "attached");
  });

  it("keeps a reference in the settings, and no value", async () => {
    const file = path.join(workspaceFolder(), ".vscode", "settings.json");
    const settings = await readFile(file, "utf8");
    const env = await readFile(path.join(workspaceFolder(), ".env"), "utf8");
    const password = /^POSTGRES_PASSWORD=(.+)$/m.exec(env)?.[1];
    assert.ok(password, "the demo has a password");
    assert.match(settings, /"alias": "source_memories"/);
    assert.match(settings, /"envFile": "\.env"/);
    assert.ok(!settings.includes(password), "the password is in settings.json");
  });

  it("runs the guide's hybrid join, complete", async () => {
    await openSql("host-hybrid.sql", hybrid);
    const view = await run("viaduct.runStatement");
    const outcome = view?.statements[0]?.outcome;
    assert.equal(view?.state, "succeeded");
    assert.equal(view.target, "DuckDB");
    assert.equal(outcome?.complete, true);
    assert.ok(outcome.rowCount > 0);
    assert.ok(
      outcome.sent.some(({ sql }) => sql.includes("raw_memories")),
      "what went to PostgreSQL is told",
    );
  });

  it("runs the statement at the cursor, and only the selection when there is one", async () => {
    const editor = await openSql(
      "host-cursor.sql",
      "SELECT 1 AS a;\nSELECT 2 AS b;\n",
    );
    editor.selection = new vscode.Selection(1, 3, 1, 3);
    const atCursor = await run("viaduct.runStatement");
    assert.equal(atCursor?.statements[0]?.outcome?.columns[0]?.name, "b");
    editor.selection = new vscode.Selection(0, 0, 0, 13);
    const selected = await run("viaduct.runStatement");
    assert.equal(selected?.statements[0]?.outcome?.columns[0]?.name, "a");
    const all = await run("viaduct.runFile");
    assert.equal(all?.statements.length, 2);
  });

  it("runs natively with notices and the server's command tag", async () => {
    await openSql(
      "host-native.sql",
      "DO $$ BEGIN RAISE NOTICE 'from the server; %', 1; END $$;\n",
    );
    const view = await run("viaduct.runOn", alias);
    const outcome = view?.statements[0]?.outcome;
    assert.equal(view?.native, true);
    assert.equal(outcome?.commandTag, "DO");
    assert.deepEqual(outcome.notices, [
      { severity: "NOTICE", message: "from the server; 1" },
    ]);
  });

  it("refuses a write on a read-only attachment and offers what would allow it", async () => {
    await openSql(
      "host-write.sql",
      "CREATE TABLE public.host_canary (i int);\n",
    );
    const view = await run("viaduct.runOn", alias);
    const error = view?.statements[0]?.outcome?.error;
    assert.equal(error?.class, "readOnly");
    assert.ok(error.actions.includes("attachWithWrites"));
  });

  it("puts an error at its place in the file, and takes it away with the next edit", async () => {
    const text =
      "SELECT 1;\n-- é\nSELECT memory_id, no_such_column\nFROM memory.consolidated_memories;\n";
    const editor = await openSql("host-mistake.sql", text);
    editor.selection = new vscode.Selection(2, 0, 2, 0);
    const view = await run("viaduct.runStatement");
    assert.equal(view?.state, "failed");
    const { uri } = editor.document;
    const diagnostic = await diagnosticOf(
      uri,
      ({ source }) => source === "Viaduct",
    );
    assert.equal(editor.document.getText(diagnostic.range), "no_such_column");
    await editor.edit((edit) => {
      edit.insert(new vscode.Position(0, 0), " ");
    });
    await eventually("the error to go", () =>
      vscode.languages
        .getDiagnostics(uri)
        .every(({ source }) => source !== "Viaduct"),
    );
  });

  for (const [name, command, text] of [
    ["a native pg_sleep", "viaduct.runOn", "SELECT pg_sleep(60);"],
    [
      "pg_sleep through DuckDB",
      "viaduct.runStatement",
      "FROM postgres_query('source_memories', 'SELECT pg_sleep(60)::text');",
    ],
    [
      "a huge local cross join",
      "viaduct.runStatement",
      "SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range + b.range = -1;",
    ],
  ] as const) {
    it(`cancels ${name}`, async () => {
      const editor = await openSql("host-cancel.sql", text);
      editor.selection = new vscode.Selection(0, 0, 0, 0);
      const ended =
        command === "viaduct.runOn" ? run(command, alias) : run(command);
      await statementRuns();
      const cancelled = await eventually(
        "the cancel to be taken",
        async () => await run("viaduct.cancelRun"),
      );
      assert.equal(cancelled.cancelled, true);
      const view = await ended;
      assert.equal(view?.state, "cancelled");
      assert.equal(view.statements[0]?.outcome?.complete, false);
    });
  }

  it("survives the death of the engine: the run fails in words, the next one works", async () => {
    const { processId } = await run("viaduct.restartEngine");
    await openSql(
      "host-crash.sql",
      "SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range + b.range = -1;",
    );
    const ended = run("viaduct.runStatement");
    await statementRuns();
    process.kill(processId, "SIGKILL");
    const failed = await ended;
    assert.equal(failed?.state, "failed");
    assert.equal(failed.statements[0]?.outcome?.error?.class, "engineCrashed");
    await openSql("host-hybrid.sql", hybrid);
    const after = await run("viaduct.runStatement");
    assert.equal(after?.state, "succeeded", "attachments are back");
  });
});
