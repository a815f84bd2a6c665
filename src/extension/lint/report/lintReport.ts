import type * as vscode from "vscode";
import type { DisposableStore } from "../../lifetime/disposableStore";
import type { Settings } from "../../settings/settings";
import type { LanguageServer } from "../languageServer";
import { LintStatus } from "../lintStatus";
import { LintReportPanel } from "./lintReportPanel";
import { ReportActions } from "./reportActions";
import { WorkspaceCheck } from "./workspaceCheck";

/** Makes the check of the workspace, its page and the status of the lint; `store` owns them. */
export function lintReport(
  store: DisposableStore,
  extensionUri: vscode.Uri,
  server: LanguageServer,
  settings: Settings,
): LintReportPanel {
  const check = store.add(new WorkspaceCheck(server, settings));
  store.add(new LintStatus(settings));
  return store.add(
    new LintReportPanel({
      extensionUri,
      check,
      actions: new ReportActions(server, settings),
      shown: (uri) => settings.relative(uri.fsPath),
    }),
  );
}
