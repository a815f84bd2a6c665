import {
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  ResponseError,
} from "vscode-jsonrpc/node";
import { Redactor } from "../core/errors/redactor";
import { toErrorInfo } from "../core/errors/viaductError";
import type {
  EngineFault,
  EngineHandlers,
  EngineMethod,
} from "../protocol/engine";
import { createEngine } from "./engine";

/** The JSON-RPC error code of every `EngineFault`; the class is in its data. */
const faultCode = -32000;

function serve(): void {
  const connection = createMessageConnection(
    new IPCMessageReader(process),
    new IPCMessageWriter(process),
  );
  const engine = createEngine((event, payload) => {
    // The parent may be gone; then the process ends by itself, and removes its files before.
    connection.sendNotification(event, payload).catch(() => undefined);
  });
  for (const method of Object.keys(engine) as EngineMethod[]) {
    const handler = engine[method] as (params: unknown) => Promise<unknown>;
    connection.onRequest(method, async (params: unknown) => {
      try {
        const result = await handler(params);
        if (method === "shutdown") {
          // After the answer is on its way.
          setImmediate(() => {
            process.disconnect();
          });
        }
        return result;
      } catch (error) {
        const info = toErrorInfo(error);
        return new ResponseError<EngineFault>(faultCode, info.message, {
          error: info,
        });
      }
    });
  }
  process.once("disconnect", () => void exitWithParent(engine));
  process.on("uncaughtException", (error) => {
    reportAndExit(error, (message) =>
      connection.sendNotification("log", { level: "error", message }),
    );
  });
  connection.listen();
}

/** The parent is gone, or has said goodbye: temporary files go, and the process within two seconds. */
async function exitWithParent(engine: EngineHandlers): Promise<void> {
  setTimeout(leave, 2_000).unref();
  await engine.shutdown(null).catch(() => undefined);
  leave();
}

/** `process.exit` waits for every thread, and one of DuckDB's may wait for a server that says nothing. */
function leave(): void {
  process.kill(process.pid, "SIGKILL");
}

function reportAndExit(
  error: Error,
  send: (message: string) => Promise<void>,
): void {
  const text = new Redactor().redact(error.stack ?? error.message);
  void send(text).finally(() => process.exit(1));
}

serve();
