import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
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

/** The language server: started with the first document that it has something to say about. */
export class LanguageServer implements Disposable {
  private readonly store = new DisposableStore();
  private client: Promise<LanguageClient> | undefined;

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
          void this.checkAgain();
        }
      }),
    );
    vscode.workspace.textDocuments.forEach((document) => {
      this.startFor(document);
    });
  }

  /** Asks the server; it is started when it does not run yet. */
  async request<R>(method: string, params: unknown): Promise<R> {
    const client = await this.start();
    return client.sendRequest<R>(method, params);
  }

  /** Tells the settings, and has every open document checked by them: also by a baseline that has changed. */
  async checkAgain(): Promise<void> {
    const client = await this.client;
    await client?.sendNotification(settingsChanged, this.serverSettings());
  }

  async dispose(): Promise<void> {
    this.store.dispose();
    const client = await this.client?.catch(() => undefined);
    await client?.stop();
  }

  private startFor({ languageId }: vscode.TextDocument): void {
    if (languages.includes(languageId)) {
      this.start().catch((error: unknown) => {
        this.log.error(`The language server did not start: ${String(error)}`);
      });
    }
  }

  private start(): Promise<LanguageClient> {
    this.client ??= this.startClient();
    return this.client;
  }

  private async startClient(): Promise<LanguageClient> {
    const { createLanguageClient } = await import("./languageClient");
    const client = createLanguageClient({
      module: this.module,
      languages,
      settings: this.serverSettings(),
      log: this.log,
    });
    await client.start();
    return client;
  }

  private serverSettings(): ServerSettings {
    return {
      lintEnabled: this.settings.lintEnabled,
      lint: this.settings.lint,
    };
  }
}
