import * as vscode from "vscode";
import type { EnvironmentRole } from "../../core/connections/attachment";
import { environmentRoles } from "../../core/connections/attachmentOptions";
import { aliasProblem } from "./aliasProblem";
import type { AttachParts } from "./attachParts";

/** Names that an attachment cannot have, because something else in the session has them. */
export async function takenNames(
  { session, settings }: AttachParts,
  except?: string,
): Promise<readonly string[]> {
  const catalogs = await session.listCatalogs();
  const names = [
    ...catalogs.map(({ name }) => name),
    ...session.detached.keys(),
    ...settings.attachments.map(({ alias }) => alias),
  ];
  return names.filter((name) => name.toLowerCase() !== except?.toLowerCase());
}

/** Asks for an alias and says at once what is wrong with it; undefined when the user gave up. */
export async function askAlias(
  title: string,
  value: string,
  taken: readonly string[],
): Promise<string | undefined> {
  const alias = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t(
      "Name of the database in SQL, as in SELECT … FROM name.public.table",
    ),
    value,
    ignoreFocusOut: true,
    validateInput: (name) => aliasProblem(name.trim(), taken),
  });
  return alias?.trim();
}

/** Asks whether writes are allowed; undefined when the user gave up. */
export async function askReadOnly(title: string): Promise<boolean | undefined> {
  const picked = await vscode.window.showQuickPick(
    [
      {
        label: vscode.l10n.t("$(eye) Read-only"),
        detail: vscode.l10n.t(
          "Writes are refused: in DuckDB, on the server and in native runs.",
        ),
        readOnly: true,
      },
      {
        label: vscode.l10n.t("$(edit) Read-write"),
        detail: vscode.l10n.t(
          "Statements can change data on the server; each write is confirmed.",
        ),
        readOnly: false,
      },
    ],
    {
      title,
      placeHolder: vscode.l10n.t("What statements may do"),
      ignoreFocusOut: true,
    },
  );
  return picked?.readOnly;
}

/** What a role is called. */
export function roleName(role: EnvironmentRole): string {
  switch (role) {
    case "development":
      return vscode.l10n.t("development");
    case "staging":
      return vscode.l10n.t("staging");
    case "production":
      return vscode.l10n.t("production");
  }
}

/** Asks what the server is used for: null for nothing in particular, undefined when the user gave up. */
export async function askRole(
  title: string,
): Promise<EnvironmentRole | null | undefined> {
  const details: Record<EnvironmentRole, string> = {
    development: vscode.l10n.t("Green in the tree."),
    staging: vscode.l10n.t("Orange in the tree."),
    production: vscode.l10n.t(
      "Red in the tree. A write is confirmed by typing the alias.",
    ),
  };
  const picked = await vscode.window.showQuickPick(
    [
      {
        label: vscode.l10n.t("$(dash) None"),
        detail: vscode.l10n.t("Nothing in particular."),
        role: null,
      },
      ...environmentRoles.map((role) => ({
        label: `$(circle-filled) ${roleName(role)}`,
        detail: details[role],
        role,
      })),
    ],
    {
      title,
      placeHolder: vscode.l10n.t("What the server is used for"),
      ignoreFocusOut: true,
    },
  );
  return picked?.role;
}
