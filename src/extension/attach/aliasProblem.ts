import * as vscode from "vscode";
import { checkAlias } from "../../core/connections/alias";
import { toErrorInfo } from "../../core/errors/viaductError";

/** Why a name cannot be an alias, for an input box; undefined when it can. `taken` are the names that are in use. */
export function aliasProblem(
  name: string,
  taken: readonly string[] = [],
): string | undefined {
  try {
    checkAlias(name);
  } catch (error) {
    return toErrorInfo(error).message;
  }
  const other = taken.find((each) => each.toLowerCase() === name.toLowerCase());
  return other === undefined
    ? undefined
    : vscode.l10n.t("There is already a database called {0}.", other);
}
