import { fork, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import {
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  type MessageConnection,
} from "vscode-jsonrpc/node";

/** The language server as a process of its own, over a folder. */
export interface LintServer {
  readonly connection: MessageConnection;
  stop(): Promise<void>;
}

/** Starts it. `listen` sets up what comes from it, before anything can. */
export async function startLintServer(
  folderUri: string,
  listen: (connection: MessageConnection) => void,
): Promise<LintServer> {
  const entry = join(import.meta.dirname, "../../src/server/main.ts");
  const child: ChildProcess = fork(entry, ["--node-ipc"], {
    execArgv: ["--import", "tsx"],
  });
  const connection = createMessageConnection(
    new IPCMessageReader(child),
    new IPCMessageWriter(child),
  );
  connection.onRequest("client/registerCapability", () => null);
  connection.onRequest("client/unregisterCapability", () => null);
  listen(connection);
  connection.listen();
  await connection.sendRequest("initialize", {
    processId: process.pid,
    rootUri: null,
    workspaceFolders: [{ uri: folderUri, name: "folder" }],
    capabilities: {},
    initializationOptions: { lintEnabled: true },
  });
  await connection.sendNotification("initialized", {});
  return {
    connection,
    async stop() {
      await connection.sendRequest("shutdown");
      const exited = new Promise((resolve) => child.once("exit", resolve));
      await connection.sendNotification("exit");
      await exited;
      connection.dispose();
    },
  };
}
