import type * as vscode from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import type { ServerSettings } from "../../protocol/server";

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
      outputChannel: log,
    },
  );
}
