import assert from "node:assert/strict";
import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import * as vscode from "vscode";
import type { AttachmentSource } from "../../src/core/connections/attachment";
import { lintSource } from "../../src/protocol/server";
import { canary } from "../support/canary";
import { catalog, file } from "./attachmentSupport";
import { CanaryHost, dataFolder } from "./canarySupport";
import { diagnosticOf, eventually, openFile, openSql } from "./support";
import { WatchedWindow } from "./watchedWindow";

// All files are loaded before the first test runs, and so before Viaduct is activated.
const watched = new WatchedWindow();
const node = { catalog };
const table = { ...node, schema: "public", relation: "sources" };

describe("a canary password in a real extension host", () => {
  let host: CanaryHost;
  let settings = "";
  const settingsFile = file(".vscode/settings.json");

  before(async () => {
    host = await CanaryHost.start(watched);
    settings = await readFile(settingsFile, "utf8");
    const wanted: unknown = JSON.parse(settings);
    await writeFile(
      settingsFile,
      JSON.stringify({
        ...(wanted as object),
        // Whoever looks for a mistake in the lint turns this on, and shows the log to others.
        "viaduct.trace.server": "verbose",
      }),
    );
  });

  after(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await writeFile(settingsFile, settings);
    await rm(file("canary"), { recursive: true });
  });

  afterEach(() => host.search());

  const sourceOf = (sources: CanaryHost["good"], name: string) => {
    const source = sources.requests[name]?.source;
    assert.ok(source, name);
    return source;
  };

  const add = (source: AttachmentSource, readOnly = true) =>
    host.run([], "viaduct.addAttachment", { alias: catalog, source, readOnly });

  const remove = () =>
    host.run([{ press: "Remove" }], "viaduct.removeAttachment", node);

  for (const name of [
    "envFile",
    "url",
    "service",
    "passfile",
    "dbt",
    "dbtAttach",
  ]) {
    it(`leaves no trace when it comes from: ${name}`, async () => {
      assert.equal((await add(sourceOf(host.good, name)))?.state, "attached");
      await host.run([], "viaduct.testConnection", node);
      const view = await host.run([], "viaduct.previewRelation", table);
      assert.equal(view?.state, "succeeded");
      await host.search();
      await remove();
      const failed: unknown = await add(sourceOf(host.bad, name));
      assert.match(JSON.stringify(failed), /"failed":\{"class":/);
    });
  }

  it("is refused in a connection string that would be saved", async () => {
    const failed: unknown = await add(sourceOf(host.good, "written"));
    assert.match(JSON.stringify(failed), /"connectionInvalid".*settings never/);
  });

  it("leaves no trace when it is asked for, kept in SecretStorage, refused and forgotten", async () => {
    const source = sourceOf(host.good, "given");
    for (const password of ["prompt", "secretStorage"] as const) {
      const info = await host.run([{ type: canary }], "viaduct.addAttachment", {
        alias: catalog,
        source,
        readOnly: true,
        options: { password },
      });
      assert.equal(info?.state, "attached", JSON.stringify(info));
      await host.run([], "viaduct.restartEngine");
      const view = await host.run([], "viaduct.previewRelation", table);
      assert.equal(view?.state, "succeeded");
      await host.search();
      await host.run([], "viaduct.forgetPassword", node);
      await remove();
    }
    const failed: unknown = await host.run(
      [{ type: `${canary}!` }],
      "viaduct.addAttachment",
      {
        alias: catalog,
        source,
        readOnly: true,
        options: { password: "prompt" },
      },
    );
    assert.match(JSON.stringify(failed), /"authenticationFailed"/);
  });

  it("is in its env file only until it has moved to SecretStorage", async () => {
    const moving = file("canary/moving.env");
    await writeFile(moving, await readFile(host.good.envFile));
    host.known.push(moving);
    await add({ kind: "envFile", file: moving, prefix: "POSTGRES_" });
    await host.run(
      [{ press: "Remove POSTGRES_PASSWORD" }],
      "viaduct.moveToSecretStorage",
      node,
    );
    host.known.splice(host.known.indexOf(moving), 1);
    await host.run([], "viaduct.restartEngine");
    const view = await host.run([], "viaduct.previewRelation", table);
    assert.equal(view?.state, "succeeded");
    await host.search();
    await remove();
  });

  it("is in no SQL that is written for a secret, and in nothing that its run says", async () => {
    const editor = await openSql("canary/secret.sql", "\n");
    await host.run([], "viaduct.createSecretFromEnvFile", {
      name: "canary secret",
      source: {
        kind: "envFile",
        file: host.good.envFile,
        prefix: "POSTGRES_",
      },
      alias: "by_secret",
    });
    assert.match(editor.document.getText(), /getenv\('POSTGRES_PASSWORD'\)/);
    const view = await host.run([], "viaduct.runFile");
    assert.equal(view?.state, "succeeded");
  });

  it("is in no question before a write, and in no local copy", async () => {
    await host.run([], "viaduct.addAttachment", {
      alias: catalog,
      source: sourceOf(host.good, "envFile"),
      readOnly: false,
      options: { environment: "production" },
    });
    await openSql(
      "canary/write.sql",
      "CREATE TABLE public.canary_written (i int);\n",
    );
    const view = await host.run([{ type: catalog }], "viaduct.runOn", catalog);
    assert.equal(view?.statements[0]?.outcome?.commandTag, "CREATE TABLE");
    const copy = await host.run([], "viaduct.keepLocalCopy", table);
    assert.ok(copy);
  });

  it("is in no report of the doctor, and in no listing or journal", async () => {
    const report = await host.run([], "viaduct.runDoctor");
    assert.ok(report.checks.some(({ subject }) => subject === catalog));
    const listings = [
      "viaduct.query_log",
      "duckdb_databases()",
      "duckdb_secrets()",
      "duckdb_settings()",
    ];
    const files = listings.map((_, at) =>
      file(`canary/listing${String(at)}.csv`),
    );
    await openSql(
      "canary/listings.sql",
      listings
        .map((name, at) => `COPY (FROM ${name}) TO '${files[at] ?? ""}';\n`)
        .join(""),
    );
    const view = await host.run([], "viaduct.runFile");
    assert.equal(view?.state, "succeeded", JSON.stringify(view));
    const journal = await readFile(files[0] ?? "", "utf8");
    assert.match(journal, /canary_written/);
    await remove();
  });

  it("is in no finding about it, no hover, no fix and no trace of the language server", async () => {
    const name = "canary/found.sql";
    host.known.push(file(name));
    const { document } = await openFile(
      name,
      `CREATE ROLE app LOGIN PASSWORD '${canary.replaceAll("'", "''")}';\n`,
    );
    const { uri } = document;
    const finding = await diagnosticOf(
      uri,
      ({ source }) => source === lintSource,
    );
    for (const [command, ...args] of [
      ["vscode.executeHoverProvider", uri, finding.range.start],
      ["vscode.executeCodeActionProvider", uri, finding.range],
    ] as const) {
      const found = await vscode.commands.executeCommand<unknown[]>(
        command,
        ...args,
      );
      assert.notEqual(found.length, 0, command);
      // An edit of a document holds the document's text; what is asked for here are the words.
      host.seen.push(JSON.stringify(found));
    }
    // The window keeps the document, which the files of tests after this one would find.
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode("--"));
    await eventually("the text to be read again", () => {
      return document.getText() === "--";
    });
  });

  it("is in no line of the log, also where traces are wanted", async () => {
    await host.run([], "viaduct.showLog");
    // Its file is searched, too, where VS Code has the native module that writes one.
    for (const line of [/Engine ready/, /run-\d+ on /, /connectionInvalid/]) {
      assert.ok(
        watched.log.some((each) => line.test(each)),
        String(line),
      );
    }
    assert.ok(!watched.log.some((line) => line.includes("textDocument/")));
  });

  it("is found where it is planted", async () => {
    const planted = [
      path.join(dataFolder(), "planted.log"),
      file("planted.txt"),
    ];
    for (const each of planted) {
      await writeFile(each, encodeURIComponent(canary));
      await assert.rejects(host.search(), each);
      await rm(each);
    }
    const diagnostics = vscode.languages.createDiagnosticCollection("planted");
    diagnostics.set(vscode.Uri.file(settingsFile), [
      new vscode.Diagnostic(new vscode.Range(0, 0, 0, 1), canary),
    ]);
    await assert.rejects(host.search());
    diagnostics.dispose();
    host.seen.splice(0, host.seen.length);
    await host.search();
    await plantDocument(() => assert.rejects(host.search()));
  });
});

/** Does something while an open document has the password in it; the document is in no file and no backup. */
async function plantDocument(work: () => Promise<void>): Promise<void> {
  const texts = [canary, ""];
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const provider = vscode.workspace.registerTextDocumentContentProvider(
    "planted",
    {
      onDidChange: changed.event,
      provideTextDocumentContent: () => texts.shift() ?? "",
    },
  );
  const uri = vscode.Uri.parse("planted:document");
  const document = await vscode.workspace.openTextDocument(uri);
  await work();
  changed.fire(uri);
  await eventually("the text to go", () => document.getText() === "");
  provider.dispose();
}
