import * as vscode from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { settingsChanged, type ServerSettings } from "../../protocol/server";
import { DisposableStore, type Disposable } from "../lifetime/disposableStore";
import type { Settings } from "../settings/settings";

const languages = [
  "sql",
  "yaml",
  "dockercompose",
  "github-actions-workflow",
  "helm",
];

/** The language server's client: started with the first document that it has something to say about. */
export class LanguageServer implements Disposable {
  private readonly store = new DisposableStore();
  private client: LanguageClient | undefined;

  constructor(
    private readonly module: string,
    private readonly settings: Settings,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.store.add(
      vscode.workspace.onDidOpenTextDocument((document) => {
        this.startFor(document);
      }),
    );
    this.store.add(
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration("viaduct.lint")) {
          void this.client?.sendNotification(
            settingsChanged,
            this.serverSettings(),
          );
        }
      }),
    );
    vscode.workspace.textDocuments.forEach((document) => {
      this.startFor(document);
    });
  }

  /** Asks the server; it is started when it does not run yet. */
  async request<R>(method: string, params: unknown): Promise<R> {
    const client = this.start();
    await client.start();
    return client.sendRequest<R>(method, params);
  }

  async dispose(): Promise<void> {
    this.store.dispose();
    await this.client?.stop();
  }

  private startFor({ languageId }: vscode.TextDocument): void {
    if (languages.includes(languageId)) {
      this.start();
    }
  }

  private start(): LanguageClient {
    if (this.client === undefined) {
      this.client = new LanguageClient(
        "viaduct",
        "Viaduct",
        {
          run: { module: this.module, transport: TransportKind.ipc },
          debug: { module: this.module, transport: TransportKind.ipc },
        },
        {
          documentSelector: languages.map((language) => ({ language })),
          initializationOptions: this.serverSettings(),
          outputChannel: this.log,
        },
      );
      this.client.start().catch((error: unknown) => {
        this.log.error(`The language server did not start: ${String(error)}`);
      });
    }
    return this.client;
  }

  private serverSettings(): ServerSettings {
    return { lintEnabled: this.settings.lintEnabled };
  }
}
