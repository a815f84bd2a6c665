import * as vscode from "vscode";
import { toErrorInfo } from "../../../core/errors/viaductError";
import {
  clearWorkspaceLint,
  lintWorkspaceRequest,
  type LintWorkspaceParams,
  type WorkspaceFileFindings,
  type WorkspaceLintProgress,
  type WorkspaceLintResult,
} from "../../../protocol/server";
import {
  DisposableStore,
  type Disposable,
} from "../../lifetime/disposableStore";
import { Emitter } from "../../lifetime/emitter";
import type { Settings } from "../../settings/settings";
import type { LanguageServer } from "../languageServer";
import { shownFindings } from "../shownFindings";
import { liveFindings } from "./liveFindings";

/** How the check of the workspace stands. */
export interface CheckState {
  readonly kind: "none" | "running" | "done" | "cancelled" | "failed" | "off";
  readonly progress: WorkspaceLintProgress | null;
  /** The newest one, with the files as they are now. */
  readonly result: WorkspaceLintResult | null;
  readonly problem: string;
  /** When the result was made; undefined without one. */
  readonly madeAt: Date | undefined;
}

/** Checks the whole workspace when it is asked to; keeps the result right while files and settings change. */
export class WorkspaceCheck implements Disposable {
  private readonly store = new DisposableStore();
  private readonly changed = this.store.add(new Emitter<CheckState>());
  private cancellation: vscode.CancellationTokenSource | undefined;
  private newest: Promise<WorkspaceLintResult | undefined> =
    Promise.resolve(undefined);
  /** Each file as it was checked, and as it is now: null when nothing is left. */
  private readonly files = new Map<
    string,
    {
      readonly checked: WorkspaceFileFindings;
      now: WorkspaceFileFindings | null;
    }
  >();
  private current: CheckState = {
    kind: "none",
    progress: null,
    result: null,
    problem: "",
    madeAt: undefined,
  };

  /** Fires with every change of `state`. */
  readonly onChanged = this.changed.event;

  constructor(
    private readonly server: LanguageServer,
    private readonly settings: Settings,
  ) {
    this.store.add(
      server.onProgress((progress) => {
        if (this.current.kind === "running") {
          this.set({ progress });
        }
      }),
    );
    this.store.add(
      server.onSettingsTold(() => {
        void this.afterSettings();
      }),
    );
    this.store.add(
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        this.refresh(uris);
      }),
    );
  }

  get state(): CheckState {
    return this.current;
  }

  /** Checks, with a notification that tells how far it is and can end it. Undefined when the lint is off. */
  async run(): Promise<WorkspaceLintResult | undefined> {
    return this.check(vscode.ProgressLocation.Notification);
  }

  /** Ends the check that goes on; what was found until then is shown. */
  cancel(): void {
    this.cancellation?.cancel();
  }

  dispose(): void {
    this.cancel();
    this.store.dispose();
  }

  /** Settings decide about files that are not open, too. */
  private async afterSettings(): Promise<void> {
    if (this.current.kind === "none") {
      return;
    }
    if (this.settings.lintEnabled) {
      await this.check(vscode.ProgressLocation.Window);
      return;
    }
    this.end();
    await this.server.notify(clearWorkspaceLint);
  }

  /** One check at a time: who waits for an older one gets what the newer one answers. */
  private check(
    location: vscode.ProgressLocation,
  ): Promise<WorkspaceLintResult | undefined> {
    if (!this.settings.lintEnabled) {
      this.end();
      return this.newest;
    }
    this.cancel();
    const cancellation = new vscode.CancellationTokenSource();
    this.cancellation = cancellation;
    this.set({ kind: "running", progress: null, problem: "" });
    const isNewest = (): boolean => this.cancellation === cancellation;
    this.newest = this.withProgress(location, cancellation)
      .then(
        (result) => {
          if (!isNewest()) {
            return this.newest;
          }
          this.take(result);
          return result;
        },
        (error: unknown) => {
          if (!isNewest()) {
            return this.newest;
          }
          this.set({ kind: "failed", problem: toErrorInfo(error).message });
          throw error;
        },
      )
      .finally(() => {
        cancellation.dispose();
      });
    return this.newest;
  }

  /** The lint is off: nothing is checked, and nothing known. */
  private end(): void {
    this.cancel();
    this.cancellation = undefined;
    this.newest = Promise.resolve(undefined);
    this.set({ kind: "off", result: null, madeAt: undefined });
  }

  private async withProgress(
    location: vscode.ProgressLocation,
    cancellation: vscode.CancellationTokenSource,
  ): Promise<WorkspaceLintResult> {
    const title = vscode.l10n.t("Checking the workspace for credentials");
    return vscode.window.withProgress(
      { location, title, cancellable: true },
      (progress, token) => {
        const listening = this.onChanged(({ progress: now }) => {
          progress.report(now === null ? {} : { message: words(now) });
        });
        token.onCancellationRequested(() => {
          cancellation.cancel();
        });
        return this.ask(cancellation.token).finally(() => {
          listening.dispose();
        });
      },
    );
  }

  private take(result: WorkspaceLintResult): void {
    this.files.clear();
    for (const checked of result.files) {
      this.files.set(pathOf(checked.uri), { checked, now: checked });
    }
    const kind = result.isCancelled ? "cancelled" : "done";
    this.set({ kind, result, madeAt: new Date() });
  }

  private ask(token: vscode.CancellationToken): Promise<WorkspaceLintResult> {
    const folders = vscode.workspace.workspaceFolders ?? [];
    const params: LintWorkspaceParams = {
      folders: folders.map(({ uri }) => uri.toString()),
      token: "workspace",
      gitHistory: true,
    };
    return this.server.request(lintWorkspaceRequest, params, token);
  }

  /** Takes what is shown now of files that the result has. */
  private refresh(uris: readonly vscode.Uri[]): void {
    const { result, kind } = this.current;
    let isChanged = false;
    for (const uri of uris) {
      const file = this.files.get(uri.fsPath);
      // What is shown of a notebook's cells has the places of the cells.
      if (file !== undefined && !uri.path.endsWith(".ipynb")) {
        const shown = shownFindings(vscode.languages.getDiagnostics(uri));
        file.now = liveFindings(file.checked, shown);
        isChanged = true;
      }
    }
    if (isChanged && result !== null && kind !== "running") {
      const files = [...this.files.values()].flatMap(({ now }) => now ?? []);
      this.set({ result: { ...result, files } });
    }
  }

  private set(change: Partial<CheckState>): void {
    this.current = { ...this.current, ...change };
    this.changed.fire(this.current);
  }
}

function words({
  checkedFiles,
  totalFiles,
  findings,
}: WorkspaceLintProgress): string {
  return totalFiles === null
    ? vscode.l10n.t("looking for files…")
    : vscode.l10n.t(
        "{0} of {1} files, findings: {2}",
        checkedFiles,
        totalFiles,
        findings,
      );
}

function pathOf(uri: string): string {
  return vscode.Uri.parse(uri).fsPath;
}
