import * as vscode from "vscode";
import type { AttachmentSpec } from "../../core/connections/attachment";
import type { AttachParts } from "./attachParts";

/** Asks for a whole number, or none; undefined when the user gave up. */
export async function askNumber(
  title: string,
  current: number | undefined,
  smallest: number,
): Promise<{ readonly value: number | undefined } | undefined> {
  const text = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t(
      "A whole number from {0}. Empty: as in the settings.",
      smallest,
    ),
    value: current === undefined ? "" : String(current),
    ignoreFocusOut: true,
    validateInput: (value) =>
      value.trim() === "" ||
      (/^\d{1,9}$/.test(value.trim()) && Number(value) >= smallest)
        ? undefined
        : vscode.l10n.t("Write a whole number from {0}.", smallest),
  });
  if (text === undefined) {
    return undefined;
  }
  return { value: text.trim() === "" ? undefined : Number(text) };
}

/** Asks for a certificate or key file, or none; undefined when the user gave up. */
export async function askFile(
  title: string,
  mayBeSystem: boolean,
): Promise<{ readonly file: string | undefined } | undefined> {
  const choose = vscode.l10n.t("$(folder-opened) Choose a file…");
  const system = vscode.l10n.t("$(shield) What this machine trusts");
  const none = vscode.l10n.t("$(dash) None, or as the source says");
  const picked = await vscode.window.showQuickPick(
    [choose, ...(mayBeSystem ? [system] : []), none],
    { title, ignoreFocusOut: true },
  );
  switch (picked) {
    case choose: {
      const [uri] =
        (await vscode.window.showOpenDialog({ title, canSelectMany: false })) ??
        [];
      return uri === undefined ? undefined : { file: uri.fsPath };
    }
    case system:
      return { file: "system" };
    case none:
      return { file: undefined };
    default:
      return undefined;
  }
}

/** Asks for the schemas to show: a pick of what the server has while it is attached, otherwise their names. */
export async function askSchemas(
  { session }: AttachParts,
  spec: AttachmentSpec,
): Promise<readonly string[] | undefined> {
  const title = vscode.l10n.t("Schemas of {0}", spec.alias);
  const chosen = spec.options?.schemas ?? [];
  const found = chosen.length === 0 ? await schemasOf(session, spec.alias) : [];
  if (found.length > 0) {
    const picked = await vscode.window.showQuickPick(found, {
      title,
      placeHolder: vscode.l10n.t("Choose the only ones to show; none for all"),
      canPickMany: true,
      ignoreFocusOut: true,
    });
    return picked?.length === found.length ? [] : picked;
  }
  const text = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t(
      "Names separated by commas, in the server's own spelling. Empty for all.",
    ),
    value: chosen.join(", "),
    ignoreFocusOut: true,
  });
  return text
    ?.split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

/** What is attached under the alias may be something else, or away: then there is nothing to pick from. */
async function schemasOf(
  session: AttachParts["session"],
  alias: string,
): Promise<readonly string[]> {
  if (!session.attachments.has(alias)) {
    return [];
  }
  return session
    .request("listSchemas", { catalog: alias })
    .catch((): readonly string[] => []);
}
