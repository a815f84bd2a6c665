import * as vscode from "vscode";
import type { EnvironmentRole } from "../../core/connections/attachment";
import { roleName } from "../attach/askAttachment";
import { DisposableStore, type Disposable } from "../lifetime/disposableStore";

const scheme = "viaduct-environment";

/** The colour of a role; a theme can change it. */
export function roleColor(role: EnvironmentRole): vscode.ThemeColor {
  return new vscode.ThemeColor(`viaduct.${role}Foreground`);
}

/** What an item of the tree is told by, so that it gets the badge and the colour of its role. */
export function roleUri(alias: string, role: EnvironmentRole): vscode.Uri {
  return vscode.Uri.from({ scheme, path: `/${alias}`, query: role });
}

/** Marks databases by what they are used for: a colour, and a letter for those who do not see it. */
export class EnvironmentDecorations
  implements vscode.FileDecorationProvider, Disposable
{
  private readonly store = new DisposableStore();

  constructor() {
    this.store.add(vscode.window.registerFileDecorationProvider(this));
  }

  provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
    if (uri.scheme !== scheme) {
      return undefined;
    }
    const role = uri.query as EnvironmentRole;
    return new vscode.FileDecoration(
      roleName(role).charAt(0).toUpperCase(),
      // The description of the row says it.
      undefined,
      roleColor(role),
    );
  }

  dispose(): void {
    this.store.dispose();
  }
}
