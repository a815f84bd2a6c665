import * as vscode from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { openRuleCommand, type ServerSettings } from "../../protocol/server";

/** What the client is made from. */
export interface LanguageClientParts {
  /** Absolute path of the server's bundle. */
  readonly module: string;
  readonly languages: readonly string[];
  readonly settings: ServerSettings;
  readonly log: vscode.LogOutputChannel;
}

/** The client of the language server, in a process of its own over IPC. A bundle by itself, see `esbuild.js`. */
export function createLanguageClient({
  module,
  languages,
  settings,
  log,
}: LanguageClientParts): LanguageClient {
  return new LanguageClient(
    "viaduct",
    "Viaduct",
    {
      run: { module, transport: TransportKind.ipc },
      debug: { module, transport: TransportKind.ipc },
    },
    {
      documentSelector: languages.map((language) => ({ language })),
      initializationOptions: settings,
      // A hover links to the page of its rule.
      markdown: { isTrusted: { enabledCommands: [openRuleCommand] } },
      outputChannel: log,
      traceOutputChannel: untraced(log),
    },
  );
}

/**
 * The log as a channel that never traces: a trace has the texts of documents and the values that a fix moves into an
 * env file, at whatever level the log is read.
 */
function untraced(log: vscode.LogOutputChannel): vscode.LogOutputChannel {
  return Object.create(log, {
    logLevel: { value: vscode.LogLevel.Info },
    onDidChangeLogLevel: {
      value: () => new vscode.Disposable(() => undefined),
    },
  }) as vscode.LogOutputChannel;
}
