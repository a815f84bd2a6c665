import assert from "node:assert/strict";
import { fork, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import {
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  type MessageConnection,
} from "vscode-jsonrpc/node";
import type { CodeAction, Diagnostic, Hover } from "vscode-languageserver/node";
import {
  fixPlanRequest,
  settingsChanged,
  type FixPlan,
  type MoveCredential,
} from "../../../src/protocol/server";

const entry = join(import.meta.dirname, "../../../src/server/main.ts");
const uri = "file:///folder/a.sql";
const secret = "k7Lp0q2";
const text = `ATTACH 'postgres://u:${secret}@h/d' AS a (TYPE postgres);`;

interface Published {
  readonly uri: string;
  readonly diagnostics: readonly Diagnostic[];
}

describe("the language server as a process", () => {
  let child: ChildProcess;
  let connection: MessageConnection;
  let published: Published[];
  let arrived: () => void;

  /** The next diagnostics for which `isWanted` holds. */
  async function diagnostics(
    isWanted: (each: Published) => boolean,
  ): Promise<readonly Diagnostic[]> {
    for (;;) {
      const index = published.findIndex(isWanted);
      if (index >= 0) {
        return published.splice(0, index + 1)[index]?.diagnostics ?? [];
      }
      await new Promise<void>((resolve) => {
        arrived = resolve;
      });
    }
  }

  beforeEach(async () => {
    published = [];
    arrived = () => undefined;
    child = fork(entry, ["--node-ipc"], { execArgv: ["--import", "tsx"] });
    connection = createMessageConnection(
      new IPCMessageReader(child),
      new IPCMessageWriter(child),
    );
    connection.onNotification(
      "textDocument/publishDiagnostics",
      (params: Published) => {
        published.push(params);
        arrived();
      },
    );
    connection.listen();
    await connection.sendRequest("initialize", {
      processId: process.pid,
      rootUri: null,
      capabilities: {},
      initializationOptions: { lintEnabled: true },
    });
    await connection.sendNotification("initialized", {});
  });

  afterEach(async () => {
    await connection.sendRequest("shutdown");
    const exited = new Promise((resolve) => child.once("exit", resolve));
    await connection.sendNotification("exit");
    await exited;
    connection.dispose();
  });

  function open(content: string): Promise<void> {
    return connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId: "sql", version: 1, text: content },
    });
  }

  it("goes from a document to its finding, its fix and back to none", async () => {
    await open(text);
    const [finding] = await diagnostics(
      ({ diagnostics: all }) => all.length > 0,
    );
    assert.equal(finding?.code, "CS105");

    const textDocument = { uri };
    const actions = await connection.sendRequest<CodeAction[]>(
      "textDocument/codeAction",
      {
        textDocument,
        range: finding.range,
        context: { diagnostics: [finding] },
      },
    );
    assert.ok(!JSON.stringify([finding, actions]).includes(secret));
    const argument = actions[0]?.command?.arguments?.[0] as MoveCredential;
    const hover = await connection.sendRequest<Hover>("textDocument/hover", {
      textDocument,
      position: finding.range.start,
    });
    assert.match(JSON.stringify(hover), /Password in a URL/);

    const plan = await connection.sendRequest<FixPlan>(fixPlanRequest, {
      ...argument,
      takenNames: [],
    });
    assert.deepEqual(plan.env, [{ name: "A_PASSWORD", value: secret }]);

    const contentChanges = [...plan.edits]
      .reverse()
      .map(({ range, newText }) => ({ range, text: newText }));
    await connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version: 2 },
      contentChanges,
    });
    assert.deepEqual(
      await diagnostics(({ diagnostics: all }) => all.length === 0),
      [],
    );
  });

  it("is silent when it is switched off, and when the document closes", async () => {
    await open(text);
    await diagnostics(({ diagnostics: all }) => all.length > 0);
    await connection.sendNotification(settingsChanged, { lintEnabled: false });
    await diagnostics(({ diagnostics: all }) => all.length === 0);
    await connection.sendNotification(settingsChanged, { lintEnabled: true });
    await diagnostics(({ diagnostics: all }) => all.length > 0);
    await connection.sendNotification("textDocument/didClose", {
      textDocument: { uri },
    });
    await diagnostics(({ diagnostics: all }) => all.length === 0);
    const plan = await connection.sendRequest(fixPlanRequest, {
      uri,
      range: {
        start: { line: 0, character: 0 },
        end: { line: 0, character: 1 },
      },
      rule: "CS105",
      takenNames: [],
    });
    assert.equal(plan, null);
  });
});
