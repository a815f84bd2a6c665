import * as vscode from "vscode";
import { reuseVariables } from "../../core/credentials/fix/reuseVariables";
import {
  fixPlanRequest,
  type FixPlan,
  type FixPlanParams,
} from "../../protocol/server";
import type { CommandTable } from "../commands/commandTable";
import type { Settings } from "../settings/settings";
import { carryOut, tellChanged } from "./carryOut";
import { namesOfEnvFiles } from "./credentialEnvFile";
import type { LanguageServer } from "./languageServer";
import { storedPlaceOf } from "./storedPlaces";
import type { StoredSecrets } from "./storedSecrets";

/**
 * Moves a hard-coded credential of DuckDB's SQL into VS Code's SecretStorage, where `getenv()` of Viaduct's engine finds
 * it; answers its name.
 */
export function storeCredential(
  server: LanguageServer,
  settings: Settings,
  stored: StoredSecrets,
): CommandTable["viaduct.storeCredential"] {
  return async (reference) => {
    if (reference === undefined) {
      return undefined;
    }
    const uri = vscode.Uri.parse(reference.uri);
    const known = await stored.all();
    // What an env file says under a name comes first: the name must be in none.
    const takenNames = [
      ...(await namesOfEnvFiles(settings, uri)),
      ...Object.keys(known),
    ];
    const params: FixPlanParams = {
      ...reference,
      takenNames,
      takenBeside: takenNames,
    };
    const wanted = await server.request<FixPlan | null>(fixPlanRequest, params);
    const [first] = wanted?.env ?? [];
    if (wanted?.isForGetenv !== true || first === undefined) {
      tellChanged();
      return undefined;
    }
    const document = await vscode.workspace.openTextDocument(uri);
    const { plan, names } = reuseVariables(
      wanted,
      document.getText(),
      (name, value) => known[name] === value,
      Object.keys(known),
    );
    if (
      !(await carryOut(uri, plan, () =>
        stored.add(plan.env, storedPlaceOf(uri)),
      ))
    ) {
      tellChanged();
      return undefined;
    }
    tellStored(names);
    return names[0];
  };
}

/** Says where values are now. */
export function tellStored(names: readonly string[]): void {
  void vscode.window.showInformationMessage(
    vscode.l10n.t(
      "{0} is in VS Code's secret storage now, for Viaduct in this workspace only. If the file was ever committed, change the password: it is still in the history.",
      names.join(", "),
    ),
  );
}
