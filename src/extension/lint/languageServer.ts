import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import {
  settingsChanged,
  workspaceLintProgress,
  type ServerSettings,
  type WorkspaceLintProgress,
} from "../../protocol/server";
import { DisposableStore, type Disposable } from "../lifetime/disposableStore";
import { Emitter } from "../lifetime/emitter";
import type { Settings } from "../settings/settings";

/** Languages whose documents are checked while they are edited. */
export const lintedLanguages = [
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
  private readonly progressed = this.store.add(
    new Emitter<WorkspaceLintProgress>(),
  );
  private readonly told = this.store.add(new Emitter<null>());
  private watcher: vscode.Disposable | undefined;

  /** How far the check of a workspace is. */
  readonly onProgress = this.progressed.event;
  /** The server was told the settings again. */
  readonly onSettingsTold = this.told.event;

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
          this.watchFiles();
          void this.checkAgain();
        }
      }),
    );
    vscode.workspace.textDocuments.forEach((document) => {
      this.startFor(document);
    });
  }

  /** Asks the server; it is started when it does not run yet. */
  async request<R>(
    method: string,
    params: unknown,
    cancellation?: vscode.CancellationToken,
  ): Promise<R> {
    const client = await this.start();
    return client.sendRequest<R>(method, params, cancellation);
  }

  /** Tells the server, if it runs. */
  async notify(method: string): Promise<void> {
    const client = await this.client;
    await client?.sendNotification(method);
  }

  /** Tells the settings, and has every open document checked by them: also by a baseline that has changed. */
  async checkAgain(): Promise<void> {
    const client = await this.client;
    await client?.sendNotification(settingsChanged, this.serverSettings());
    this.told.fire(null);
  }

  async dispose(): Promise<void> {
    this.watcher?.dispose();
    this.store.dispose();
    const client = await this.client?.catch(() => undefined);
    await client?.stop();
  }

  private startFor({ languageId }: vscode.TextDocument): void {
    if (lintedLanguages.includes(languageId)) {
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
      languages: lintedLanguages,
      settings: this.serverSettings(),
      log: this.log,
    });
    client.onNotification(
      workspaceLintProgress,
      (progress: WorkspaceLintProgress) => {
        this.progressed.fire(progress);
      },
    );
    await client.start();
    this.watchFiles();
    return client;
  }

  /** The baseline and the settings that lie in the folders count at once, whoever writes them. */
  private watchFiles(): void {
    this.watcher?.dispose();
    const { baseline } = this.settings.lint;
    const names = ["viaduct-lint.json", ...(baseline === "" ? [] : [baseline])];
    const watcher = vscode.workspace.createFileSystemWatcher(
      `**/{${names.join(",")}}`,
    );
    const check = (): void => {
      void this.checkAgain();
    };
    watcher.onDidChange(check);
    watcher.onDidCreate(check);
    watcher.onDidDelete(check);
    this.watcher = watcher;
  }

  private serverSettings(): ServerSettings {
    return {
      lintEnabled: this.settings.lintEnabled,
      lint: this.settings.lint,
    };
  }
}
