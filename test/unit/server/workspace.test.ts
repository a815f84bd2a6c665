import assert from "node:assert/strict";
import { unlinkSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  CancellationTokenSource,
  type MessageConnection,
} from "vscode-jsonrpc/node";
import type { Diagnostic } from "vscode-languageserver/node";
import { defaultLintSettings } from "../../../src/core/credentials/lintSettings";
import {
  addToBaselineRequest,
  allowValueRequest,
  clearWorkspaceLint,
  lintWorkspaceRequest,
  settingsChanged,
  workspaceLintProgress,
  type BaselineFile,
  type LintWorkspaceParams,
  type WorkspaceLintProgress,
  type WorkspaceLintResult,
} from "../../../src/protocol/server";
import { LintFolder } from "../../support/lintFolder";
import { startLintServer, type LintServer } from "../../support/lintServer";

const secret = "k7Lp0q2";
const didOpen = "textDocument/didOpen";
const didClose = "textDocument/didClose";
const role = `CREATE ROLE a PASSWORD '${secret}';\n`;

describe("the whole workspace in the language server", () => {
  let server: LintServer;
  let connection: MessageConnection;
  let folder: LintFolder;
  /** Latest diagnostics of each document, by its path in the folder. */
  let shown: Map<string, readonly Diagnostic[]>;
  let said: string;
  let progress: WorkspaceLintProgress[];
  let arrived: () => void;

  const uriOf = (name: string) => pathToFileURL(join(folder.path, name)).href;
  const params = (): LintWorkspaceParams => ({
    folders: [pathToFileURL(folder.path).href],
    token: "t",
    gitHistory: false,
  });
  const check = (more: Partial<LintWorkspaceParams> = {}) =>
    connection.sendRequest<WorkspaceLintResult>(lintWorkspaceRequest, {
      ...params(),
      ...more,
    });
  const rulesOf = (name: string) =>
    shown.get(uriOf(name))?.map(({ code }) => code) ?? [];

  async function until(isSo: () => boolean): Promise<void> {
    while (!isSo()) {
      await new Promise<void>((resolve) => {
        arrived = resolve;
      });
    }
  }

  beforeEach(async () => {
    folder = new LintFolder();
    folder.git("init", "-q");
    shown = new Map();
    said = "";
    progress = [];
    arrived = () => undefined;
    server = await startLintServer(uriOf(""), (connection) => {
      connection.onNotification((method, ...all: unknown[]) => {
        said += JSON.stringify([method, all]);
      });
      connection.onNotification(
        "textDocument/publishDiagnostics",
        (each: { uri: string; diagnostics: readonly Diagnostic[] }) => {
          shown.set(each.uri, each.diagnostics);
          said += JSON.stringify(each);
          arrived();
        },
      );
      connection.onNotification(
        workspaceLintProgress,
        (each: WorkspaceLintProgress) => {
          progress.push(each);
          arrived();
        },
      );
    });
    ({ connection } = server);
  });

  afterEach(async () => {
    assert.ok(!said.includes(secret), "no value leaves the server");
    await server.stop();
    folder.remove();
  });

  it("finds what is in files that are not open, and keeps it right", async () => {
    folder.write(".gitignore", "out/\n.env\n");
    folder.write("a.sql", role);
    folder.write("sub/b ä.yml", `password: ${secret}\n`);
    folder.write("out/c.sql", role);
    folder.write(".env", `PGPASSWORD=${secret}\n`);
    folder.write("binary.sql", new Uint8Array([0, 1]));
    folder.write("known.sql", `${role.trim()} -- credlint:ignore CS101\n`);
    const result = await check();
    assert.ok(!JSON.stringify(result).includes(secret));
    assert.deepEqual(
      result.files.map(({ uri, findings, isTracked }) => [
        uri,
        findings.map(({ rule, masked }) => `${rule} ${masked}`),
        isTracked,
      ]),
      [
        [uriOf("a.sql"), ["CS101 k7••••, 7 characters"], null],
        [uriOf("sub/b ä.yml"), ["CY210 k7••••, 7 characters"], null],
      ],
    );
    assert.equal(result.checkedFiles, 4);
    assert.equal(result.suppressed, 1);
    assert.deepEqual(
      result.skipped.map(({ uri }) => uri),
      [uriOf("binary.sql")],
    );
    await until(() => rulesOf("a.sql").length > 0);
    assert.deepEqual(rulesOf("sub/b ä.yml"), ["CY210"]);
    assert.equal(progress.at(-1)?.checkedFiles, 4);

    folder.write("a.sql", "SELECT 1;\n");
    folder.write("new.sql", role);
    folder.write("out/new.sql", role);
    unlinkSync(join(folder.path, "sub/b ä.yml"));
    await connection.sendNotification("workspace/didChangeWatchedFiles", {
      changes: ["a.sql", "out/new.sql", "sub/b ä.yml", "new.sql"].map(
        (name) => ({ uri: uriOf(name), type: 2 }),
      ),
    });
    await until(() => rulesOf("new.sql").length > 0);
    assert.deepEqual(rulesOf("a.sql"), []);
    assert.deepEqual(rulesOf("sub/b ä.yml"), []);
    assert.ok(!shown.has(uriOf("out/new.sql")));

    await connection.sendNotification(clearWorkspaceLint);
    await until(() => rulesOf("new.sql").length === 0);
  });

  it("leaves open documents to their own check, and takes over when they close", async () => {
    folder.write("a.sql", role);
    const textDocument = { uri: uriOf("a.sql") };
    await connection.sendNotification(didOpen, {
      textDocument: {
        ...textDocument,
        languageId: "sql",
        version: 1,
        text: `${role}${role}`,
      },
    });
    await until(() => rulesOf("a.sql").length === 2);
    assert.equal((await check()).files.length, 1);
    assert.equal(rulesOf("a.sql").length, 2);
    await connection.sendNotification(didClose, { textDocument });
    await until(() => rulesOf("a.sql").length === 1);
  });

  it("leaves a notebook whose cells are open to them, by the notebook's own baseline", async () => {
    const cells = [{ cell_type: "code", source: role }];
    const metadata = { language_info: { name: "sql" } };
    folder.write("n.ipynb", JSON.stringify({ cells, metadata }));
    const [found] = (await check()).files;
    assert.equal(found?.findings[0]?.cell?.cell, 1);
    assert.deepEqual(rulesOf("n.ipynb"), ["CS101"]);
    // In a window of another machine the cell's URI says which.
    for (const host of ["", "localhost:8000", "ssh-remote%2Bhost"]) {
      const uri = `${uriOf("n.ipynb").replace("file://", `vscode-notebook-cell://${host}`)}#W0sZmlsZQ%3D%3D`;
      const textDocument = { uri, languageId: "sql", version: 1, text: role };
      await connection.sendNotification(didOpen, { textDocument });
      await until(() => shown.get(uri)?.length === 1);
      assert.deepEqual(rulesOf("n.ipynb"), [], host);
      await connection.sendNotification(didClose, { textDocument });
      await until(() => rulesOf("n.ipynb").length === 1);
    }
  });

  it("is cancelled, with what was found until then, and serves a keystroke meanwhile", async () => {
    for (let number = 1000; number < 2000; number++) {
      folder.write(`${number}.sql`, role.repeat(20));
    }
    const source = new CancellationTokenSource();
    const running = connection.sendRequest<WorkspaceLintResult>(
      lintWorkspaceRequest,
      params(),
      source.token,
    );
    await until(() => progress.some(({ checkedFiles }) => checkedFiles > 0));
    const uri = uriOf("typed.sql");
    await connection.sendNotification(didOpen, {
      textDocument: { uri, languageId: "sql", version: 1, text: role },
    });
    await until(() => (shown.get(uri) ?? []).length > 0);
    source.cancel();
    const result = await running;
    assert.equal(result.isCancelled, true);
    assert.ok(result.checkedFiles > 0 && result.checkedFiles < 1000);
    assert.equal(result.files.length, result.checkedFiles);
  });

  it("goes by the settings, the baseline and the allowed values", async () => {
    folder.write("a.sql", `${role}CREATE ROLE b PASSWORD '0ther-one';\n`);
    folder.write("fixtures/a.sql", role);
    const settings = { ...defaultLintSettings, exclude: ["fixtures/"] };
    await connection.sendNotification(settingsChanged, {
      lintEnabled: true,
      lint: settings,
    });
    const [file] = (await check()).files;
    const [first, second] = file?.findings ?? [];
    assert.ok(
      file !== undefined && first !== undefined && second !== undefined,
    );
    const baseline = await connection.sendRequest<BaselineFile>(
      addToBaselineRequest,
      {
        folder: params().folders[0],
        findings: [{ uri: file.uri, ...first }],
      },
    );
    assert.equal(baseline.uri, uriOf(".viaduct-lint-baseline.json"));
    assert.ok(!baseline.text.includes(secret));
    folder.write(".viaduct-lint-baseline.json", baseline.text);
    const allowed = await connection.sendRequest<string>(allowValueRequest, {
      uri: file.uri,
      ...second,
    });
    await connection.sendNotification(settingsChanged, {
      lintEnabled: true,
      lint: { ...settings, allowedValues: [allowed] },
    });
    const result = await check();
    assert.deepEqual(result.files, []);
    assert.equal(result.suppressed, 2);
    assert.deepEqual(await folder.found(["a.sql"]), ["a.sql CS101"]);

    folder.write("a.sql", "SELECT 1;\n");
    assert.equal((await check()).staleBaselineEntries, 1);
    const gone = { uri: file.uri, ...first };
    assert.equal(await connection.sendRequest(allowValueRequest, gone), null);
  });

  it("tells what git tracks, though it would ignore it, and what is in the history", async () => {
    folder.write(".gitignore", "out/");
    folder.write("out/a.sql", role);
    folder.git("add", "-f", "out/a.sql");
    folder.git("commit", "-qm", "a");
    for (const name of ["b.sql", "out/b.sql"]) folder.write(name, role);
    const { files } = await check({ gitHistory: true });
    const told = files.map(({ isTracked, findings }) => [
      isTracked,
      findings[0]?.inHistorySince,
    ]);
    assert.deepEqual(told, [
      [false, null],
      [true, "2024-03-05T10:00:00.000Z"],
    ]);
  });
});
