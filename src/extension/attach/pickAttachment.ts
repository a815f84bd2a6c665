import * as vscode from "vscode";
import type { EngineSession } from "../engine/engineSession";

/** Asks for one of the attached PostgreSQL databases; the only one is taken without asking. */
export async function pickAttachment(
  session: EngineSession,
  title: string,
): Promise<string | undefined> {
  const catalogs = await session.listCatalogs();
  const attached = catalogs.filter(({ kind }) => kind === "postgres");
  if (attached.length === 0) {
    const attach = vscode.l10n.t("Attach from Env File");
    const choice = await vscode.window.showInformationMessage(
      vscode.l10n.t("No PostgreSQL database is attached."),
      attach,
    );
    if (choice === attach) {
      await vscode.commands.executeCommand("viaduct.attachFromEnvFile");
    }
    return undefined;
  }
  if (attached.length === 1) {
    return attached[0]?.name;
  }
  const items = attached.map(({ name, detail, readOnly }) => ({
    label: name,
    description: readOnly
      ? vscode.l10n.t("read-only")
      : vscode.l10n.t("read-write"),
    detail,
  }));
  return (await vscode.window.showQuickPick(items, { title }))?.label;
}
