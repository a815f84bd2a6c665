import * as vscode from "vscode";
import type { PanelToHost } from "../../protocol/panel";

/** Largest picture that a page may hand over, in characters: far more than any chart has. */
const largest = 50_000_000;

/** Writes the picture of a chart where the user wants it, and offers to open it. Answers where; undefined for nowhere. */
export async function savePicture({
  format,
  content,
}: Extract<PanelToHost, { type: "savePicture" }>): Promise<
  vscode.Uri | undefined
> {
  if (content.length > largest) return undefined;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const name = `chart.${format}`;
  const file = await vscode.window.showSaveDialog({
    ...(folder === undefined
      ? {}
      : { defaultUri: vscode.Uri.joinPath(folder, name) }),
    filters: format === "png" ? { PNG: ["png"] } : { SVG: ["svg"] },
    title: vscode.l10n.t("Save Chart"),
  });
  if (file === undefined) return undefined;
  const bytes = Buffer.from(content, format === "png" ? "base64" : "utf8");
  await vscode.workspace.fs.writeFile(file, bytes);
  const open = vscode.l10n.t("Open");
  void vscode.window
    .showInformationMessage(
      vscode.l10n.t(
        "The chart was saved as {0}.",
        vscode.workspace.asRelativePath(file),
      ),
      open,
    )
    .then(async (choice) => {
      if (choice === open) {
        await vscode.commands.executeCommand("vscode.open", file);
      }
    });
  return file;
}
