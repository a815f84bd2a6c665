import * as vscode from "vscode";
import type {
  AttachmentSource,
  PasswordOrigin,
} from "../../core/connections/attachment";
import type { AttachParts } from "./attachParts";

/** Where a password is to come from; null when the source has it, or none is needed. */
interface Origin {
  readonly origin: PasswordOrigin | null;
}

/** True when the source itself cannot have a password, as far as the names in it tell. */
export async function lacksPassword(
  { session }: AttachParts,
  source: AttachmentSource,
): Promise<boolean> {
  switch (source.kind) {
    case "connection":
      return true;
    case "envFile": {
      const { names } = await session.request("readEnvFile", {
        file: source.file,
      });
      return !names.some(
        (name) =>
          name === "DATABASE_URL" ||
          (name.startsWith(source.prefix) &&
            /PASS|PWD|UR[IL]$|DSN$|SERVICE$/.test(
              name.slice(source.prefix.length),
            )),
      );
    }
    // Their files stay in the engine: a connection without a password says so when it is tested.
    case "dbt":
    case "service":
    case "environment":
      return false;
  }
}

/** Asks where the password comes from; undefined when the user gave up. */
export async function askPasswordOrigin(
  title: string,
): Promise<Origin | undefined> {
  const choices: readonly (Origin & vscode.QuickPickItem)[] = [
    {
      label: vscode.l10n.t("$(lock) Keep it in VS Code's SecretStorage"),
      detail: vscode.l10n.t(
        "Entered once. The operating system encrypts it; no file of the workspace has it.",
      ),
      origin: "secretStorage",
    },
    {
      label: vscode.l10n.t("$(comment) Ask for it in each session"),
      detail: vscode.l10n.t("Kept in memory until the window is closed."),
      origin: "prompt",
    },
    {
      label: vscode.l10n.t("$(circle-slash) From the source, or none"),
      detail: vscode.l10n.t(
        "The source or a password file has it, or the server asks for none.",
      ),
      origin: null,
    },
  ];
  const picked = await vscode.window.showQuickPick(choices, {
    title,
    placeHolder: vscode.l10n.t("Where the password comes from"),
    ignoreFocusOut: true,
  });
  return picked === undefined ? undefined : { origin: picked.origin };
}
