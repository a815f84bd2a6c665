import * as vscode from "vscode";
import type { CommandId } from "../commands/commandTable";
import { DisposableStore, type Disposable } from "../lifetime/disposableStore";
import type { Settings } from "../settings/settings";
import type { DbtReport, DbtSession } from "./dbtSession";
import type { DbtWorkspace } from "./dbtWorkspace";

/** `dbt: profile/target` in the status bar, where the workspace has a dbt project or a selected profile. */
export class DbtStatus implements Disposable {
  private readonly store = new DisposableStore();
  private readonly item = this.store.add(
    vscode.window.createStatusBarItem(
      "viaduct.dbt",
      vscode.StatusBarAlignment.Left,
      9.5,
    ),
  );
  private hasProject = false;

  constructor(
    private readonly dbt: DbtSession,
    private readonly workspace: DbtWorkspace,
    private readonly settings: Pick<Settings, "database" | "relative">,
  ) {
    this.item.name = vscode.l10n.t("Viaduct dbt Target");
    this.item.command = "viaduct.selectDbtTarget" satisfies CommandId;
    const look = (): void => {
      void this.look();
    };
    if (vscode.workspace.isTrusted) {
      this.watch(look);
    }
    this.store.add(vscode.workspace.onDidChangeWorkspaceFolders(look));
    this.store.add(
      vscode.workspace.onDidGrantWorkspaceTrust(() => {
        this.watch(look);
        look();
      }),
    );
    this.store.add(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (
          event.affectsConfiguration("viaduct.dbt") ||
          event.affectsConfiguration("viaduct.database")
        ) {
          look();
        }
      }),
    );
    this.store.add(
      dbt.onChanged((report) => {
        this.show(report);
      }),
    );
    look();
  }

  dispose(): void {
    this.store.dispose();
  }

  private watch(look: () => void): void {
    const projects = this.store.add(
      vscode.workspace.createFileSystemWatcher(
        "**/dbt_project.yml",
        false,
        true,
        false,
      ),
    );
    this.store.add(projects.onDidCreate(look));
    this.store.add(projects.onDidDelete(look));
  }

  /** What is there by name; nothing of a profile is read for it. */
  private async look(): Promise<void> {
    this.hasProject = (await this.workspace.projects()).length > 0;
    await this.dbt.select();
    this.show(this.dbt.report);
  }

  private show(report: DbtReport): void {
    const { selection, target, problems, notes } = report;
    if (selection === null) {
      this.item.text = vscode.l10n.t("$(layers) dbt: no target");
      this.item.tooltip = vscode.l10n.t(
        "Choose the dbt profile and target whose DuckDB file, settings and connections are used.",
      );
    } else {
      const name = target ?? selection.target ?? vscode.l10n.t("default");
      const icon = problems.length > 0 ? "warning" : "layers";
      this.item.text = `$(${icon}) dbt: ${selection.profile}/${name}`;
      this.item.tooltip = [
        selection.file,
        ...problems.map(({ message }) => message),
        ...notes,
        ...this.overruled(report),
        vscode.l10n.t("Click to choose another profile or target."),
      ].join("\n");
    }
    this.item.backgroundColor =
      problems.length > 0
        ? new vscode.ThemeColor("statusBarItem.warningBackground")
        : undefined;
    if (this.hasProject || selection !== null) {
      this.item.show();
    } else {
      this.item.hide();
    }
  }

  /** The workspace's own file comes before the output's: that must not surprise anybody. */
  private overruled({ database }: DbtReport): readonly string[] {
    const own = this.settings.database;
    return own === null || database === null || own === database
      ? []
      : [
          vscode.l10n.t(
            "The DuckDB file is {0} (viaduct.database), and not the output's {1}.",
            this.settings.relative(own),
            this.settings.relative(database),
          ),
        ];
  }
}
