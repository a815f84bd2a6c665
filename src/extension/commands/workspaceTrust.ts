import * as vscode from "vscode";
import { viaductError } from "../../core/errors/makeError";
import type { CommandId } from "./commandTable";

/** Commands that touch no file, setting or server of the workspace. */
const harmless: ReadonlySet<CommandId> = new Set<CommandId>([
  "viaduct.showLog",
  // A page that came with the extension, which hovers of the lint link to.
  "viaduct.openRule",
]);

/**
 * Refuses a command in a workspace that is not trusted. What the manifest says of a command (`enablement`) counts for
 * menus, keys and the palette only: other extensions and links call commands past it.
 */
export function requireTrust(id: CommandId): void {
  if (!vscode.workspace.isTrusted && !harmless.has(id)) {
    throw viaductError(
      "engineUnavailable",
      vscode.l10n.t(
        "In an untrusted workspace nothing is read, connected to or run.",
      ),
      { hint: vscode.l10n.t("Trust the workspace first."), actions: [] },
    );
  }
}
