import * as vscode from "vscode";
import type { CommandId } from "../commands/commandTable";
import type { EngineSession } from "../engine/engineSession";
import { DisposableStore, type Disposable } from "../lifetime/disposableStore";
import type { CatalogInfo } from "../../protocol/catalog";
import { engineTooltip } from "./engineTooltip";
import type { RunView } from "../../protocol/panel";
import type { RunService } from "../run/runService";

/** The status bar: the engine's state with its attachments, and while something runs, how to stop it. */
export class StatusBar implements Disposable {
  private readonly store = new DisposableStore();
  private readonly engine = this.store.add(
    vscode.window.createStatusBarItem(
      "viaduct.engine",
      vscode.StatusBarAlignment.Left,
      10,
    ),
  );
  private readonly run = this.store.add(
    vscode.window.createStatusBarItem(
      "viaduct.run",
      vscode.StatusBarAlignment.Left,
      9,
    ),
  );

  private catalogs: readonly CatalogInfo[] = [];

  constructor(
    private readonly session: EngineSession,
    private readonly runs: RunService,
  ) {
    this.engine.name = vscode.l10n.t("Viaduct Engine");
    this.engine.command = "viaduct.showMenu" satisfies CommandId;
    this.run.name = vscode.l10n.t("Viaduct Run");
    this.run.command = "viaduct.cancelRun" satisfies CommandId;
    this.store.add(
      session.onStateChanged(() => {
        this.showEngine();
      }),
    );
    this.store.add(
      session.onCatalogsChanged(() => {
        this.showEngine();
        void this.readCatalogs();
      }),
    );
    this.store.add(
      runs.onRunChanged(() => {
        this.showRun();
      }),
    );
    this.showEngine();
  }

  dispose(): void {
    this.store.dispose();
  }

  private showEngine(): void {
    const { state } = this.session;
    this.engine.backgroundColor =
      state.kind === "failed"
        ? new vscode.ThemeColor("statusBarItem.errorBackground")
        : undefined;
    switch (state.kind) {
      case "stopped":
        this.engine.text = "$(database) Viaduct";
        this.engine.tooltip = vscode.l10n.t(
          "The engine starts with the first query.",
        );
        break;
      case "starting":
        this.engine.text = "$(loading~spin) Viaduct";
        this.engine.tooltip = vscode.l10n.t("The engine is starting.");
        break;
      case "failed":
        this.engine.text = "$(error) Viaduct";
        this.engine.tooltip = `${state.error.message}\n${state.error.hint}`;
        break;
      case "ready": {
        const aliases = [...this.session.attachments.keys()];
        const problem = state.info.databaseProblem;
        const names = [state.info.catalog, ...aliases].join(" + ");
        this.engine.text = `$(${problem === null ? "database" : "warning"}) ${names}`;
        this.engine.tooltip = engineTooltip(
          state.info,
          this.catalogs,
          viaductVersion(),
        );
        break;
      }
    }
    this.engine.show();
  }

  /** The tooltip is asked for at any time: what it says is kept ready. */
  private async readCatalogs(): Promise<void> {
    if (this.session.state.kind === "ready") {
      try {
        this.catalogs = await this.session.listCatalogs();
        this.showEngine();
      } catch {
        // The engine has ended meanwhile, which its state says.
      }
    }
  }

  private showRun(): void {
    const run = this.runs.current;
    if (run === null || !this.runs.running) {
      this.run.hide();
      return;
    }
    this.run.text = runText(run);
    this.run.backgroundColor = environmentColor(run.environment ?? null);
    this.run.tooltip = vscode.l10n.t("Cancel this run");
    this.run.show();
  }
}

function viaductVersion(): string {
  const manifest: unknown =
    vscode.extensions.getExtension("viaduct.viaduct")?.packageJSON;
  return typeof manifest === "object" &&
    manifest !== null &&
    "version" in manifest
    ? String(manifest.version)
    : "";
}

function runText(run: RunView): string {
  if (run.state === "cancelling") {
    return vscode.l10n.t("$(loading~spin) Cancelling…");
  }
  return run.statements.some(({ confirming }) => confirming === true)
    ? vscode.l10n.t("$(question) Waiting for confirmation")
    : vscode.l10n.t("$(loading~spin) Running on {0}", run.target);
}

/** A run that is about a production server has to be seen from afar. */
function environmentColor(
  environment: RunView["environment"],
): vscode.ThemeColor | undefined {
  switch (environment) {
    case "production":
      return new vscode.ThemeColor("statusBarItem.errorBackground");
    case "staging":
      return new vscode.ThemeColor("statusBarItem.warningBackground");
    case "development":
    case null:
    case undefined:
      return undefined;
  }
}
