import * as vscode from "vscode";
import type { ErrorInfo } from "../../core/errors/errorInfo";

/** Asks whether what an attachment needs may be downloaded; true when it may. */
export async function askToInstall(
  alias: string,
  { name, from }: NonNullable<ErrorInfo["extension"]>,
): Promise<boolean> {
  const install = vscode.l10n.t("Install");
  const choice = await vscode.window.showInformationMessage(
    vscode.l10n.t(
      "{0} needs DuckDB's {1} extension. Install it from {2}?",
      alias,
      name,
      from,
    ),
    install,
    vscode.l10n.t("Not Now"),
  );
  return choice === install;
}
