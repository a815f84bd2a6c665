import type * as vscode from "vscode";
import { DisposableStore, type Disposable } from "../lifetime/disposableStore";
import type { Settings } from "../settings/settings";
import { DbtDiagnostics } from "./dbtDiagnostics";
import { DbtSession } from "./dbtSession";
import { DbtStatus } from "./dbtStatus";
import { DbtWorkspace } from "./dbtWorkspace";

/** Everything about dbt that lives as long as the extension. */
export class DbtParts implements Disposable {
  readonly workspace: DbtWorkspace;
  readonly session: DbtSession;
  private readonly store = new DisposableStore();

  constructor(settings: Settings, log: vscode.LogOutputChannel) {
    this.workspace = new DbtWorkspace(settings);
    this.session = this.store.add(
      new DbtSession({
        selection: () => this.workspace.selection(),
        attachments: () => settings.attachments,
        log: (message) => {
          log.info(message);
        },
      }),
    );
    this.store.add(new DbtDiagnostics(this.session));
    this.store.add(new DbtStatus(this.session, this.workspace, settings));
  }

  dispose(): void {
    this.store.dispose();
  }
}
