import * as vscode from "vscode";
import {
  fixAllPlanRequest,
  fixPlanRequest,
  type FixAllParams,
  type FixAllPlan,
  type FixPlan,
  type FixPlanParams,
} from "../../protocol/server";
import type { CommandTable } from "../commands/commandTable";
import type { Settings } from "../settings/settings";
import {
  addToEnvFile,
  envFilesFor,
  takenNames,
  type CredentialEnvFiles,
} from "./credentialEnvFile";
import { nextSteps } from "./fixNotes";
import type { LanguageServer } from "./languageServer";

/** Moves a hard-coded credential into the env file and puts a reference in its place. */
export function moveCredential(
  server: LanguageServer,
  settings: Settings,
): CommandTable["viaduct.moveCredential"] {
  return async (reference) => {
    if (reference === undefined) {
      return undefined;
    }
    const uri = vscode.Uri.parse(reference.uri);
    const files = envFilesFor(settings, uri);
    const params: FixPlanParams = {
      ...reference,
      ...(await takenNames(files)),
    };
    const plan = await server.request<FixPlan | null>(fixPlanRequest, params);
    if (plan === null || !(await carryOut(uri, plan, files))) {
      tellChanged();
      return undefined;
    }
    const [first] = [...plan.env, ...plan.envBeside];
    tellMoved(plan, files, settings);
    return first?.name;
  };
}

/** The same for every finding of a document that has a fix, as one change; answers how many there were. */
export function moveAllCredentials(
  server: LanguageServer,
  settings: Settings,
): CommandTable["viaduct.moveAllCredentials"] {
  return async (document) => {
    const active = vscode.window.activeTextEditor?.document.uri;
    const uri = document === undefined ? active : vscode.Uri.parse(document);
    if (uri === undefined) {
      return undefined;
    }
    const files = envFilesFor(settings, uri);
    const params: FixAllParams = {
      uri: uri.toString(),
      ...(await takenNames(files)),
    };
    const plan = await server.request<FixAllPlan | null>(
      fixAllPlanRequest,
      params,
    );
    if (plan === null) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t("No finding in this file has a fix."),
      );
      return 0;
    }
    if (!(await carryOut(uri, plan, files))) {
      tellChanged();
      return undefined;
    }
    tellMoved(plan, files, settings);
    return plan.fixed;
  };
}

/** False when the document is not the one any more that the plan is for. */
async function carryOut(
  uri: vscode.Uri,
  plan: FixPlan,
  files: CredentialEnvFiles,
): Promise<boolean> {
  const document = await vscode.workspace.openTextDocument(uri);
  if (plan.version !== document.version) {
    return false;
  }
  // The values are safe in the env file before they go from the document.
  await addToEnvFile(files.configured, plan.env);
  await addToEnvFile(files.beside, plan.envBeside);
  if (plan.version !== document.version) {
    return false;
  }
  const edit = new vscode.WorkspaceEdit();
  for (const { range, newText } of plan.edits) {
    const { start, end } = range;
    edit.replace(
      uri,
      new vscode.Range(start.line, start.character, end.line, end.character),
      newText,
    );
  }
  return vscode.workspace.applyEdit(edit);
}

function tellChanged(): void {
  void vscode.window.showInformationMessage(
    vscode.l10n.t("The file has changed: try the fix again."),
  );
}

function tellMoved(
  { env, envBeside, notes }: FixPlan,
  { configured, beside }: CredentialEnvFiles,
  settings: Settings,
): void {
  for (const [entries, file] of [
    [env, configured],
    [envBeside, beside],
  ] as const) {
    if (entries.length > 0) {
      const shown = settings.relative(file.fsPath);
      const sentences = [
        vscode.l10n.t(
          "{0} is in {1} now. If the file was ever committed, change the password: it is still in the history.",
          entries.map(({ name }) => name).join(", "),
          shown,
        ),
        ...nextSteps(notes, shown),
      ];
      void vscode.window.showInformationMessage(sentences.join(" "));
    }
  }
}
