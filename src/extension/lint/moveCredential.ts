import * as vscode from "vscode";
import { reuseVariables } from "../../core/credentials/fix/reuseVariables";
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
import { carryOut, tellChanged } from "./carryOut";
import {
  addToEnvFile,
  envFilesFor,
  namesOfEnvFiles,
  takenNames,
  withVariablesOf,
  type CredentialEnvFiles,
} from "./credentialEnvFile";
import { nextSteps } from "./fixNotes";
import type { LanguageServer } from "./languageServer";
import { tellStored } from "./storeCredential";
import { storedPlaceOf } from "./storedPlaces";
import type { StoredSecrets, Variables } from "./storedSecrets";

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
    const moved =
      plan === null ? undefined : await moveToFiles(uri, plan, files);
    if (moved === undefined) {
      tellChanged();
      return undefined;
    }
    tellMoved(moved, files, settings);
    return moved.names[0];
  };
}

/**
 * The same for every finding of a document that has a fix, as one change; what Viaduct's `getenv()` reads goes to
 * SecretStorage when that is asked for. Answers how many there were.
 */
export function moveAllCredentials(
  server: LanguageServer,
  settings: Settings,
  stored: StoredSecrets,
): CommandTable["viaduct.moveAllCredentials"] {
  return async (document, into) => {
    const active = vscode.window.activeTextEditor?.document.uri;
    const uri = document === undefined ? active : vscode.Uri.parse(document);
    if (uri === undefined) {
      return undefined;
    }
    const files = envFilesFor(settings, uri);
    const intoStorage = into === "secretStorage";
    const known = intoStorage ? await stored.all() : {};
    const taken = await takenNames(files);
    const params: FixAllParams = {
      uri: uri.toString(),
      intoStorage,
      takenBeside: taken.takenBeside,
      // What an env file says under a name comes before what is stored under it.
      takenNames: intoStorage
        ? [...(await namesOfEnvFiles(settings, uri)), ...Object.keys(known)]
        : taken.takenNames,
    };
    const wanted = await server.request<FixAllPlan | null>(
      fixAllPlanRequest,
      params,
    );
    const plan = wanted === null ? null : await withStored(uri, wanted, known);
    if (plan === null) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t("No finding in this file has a fix."),
      );
      return 0;
    }
    const moved = await moveToFiles(uri, plan, files, () =>
      plan.stored.length === 0
        ? Promise.resolve()
        : stored.add(plan.stored, storedPlaceOf(uri)),
    );
    if (moved === undefined) {
      tellChanged();
      return undefined;
    }
    if (plan.storedNames.length > 0) {
      tellStored(plan.storedNames);
    }
    tellMoved(moved, files, settings);
    return plan.fixed;
  };
}

/** The plan with variables that are stored already, with the same values, in the place of new ones. */
async function withStored(
  uri: vscode.Uri,
  plan: FixAllPlan,
  known: Variables,
): Promise<FixAllPlan & { readonly storedNames: readonly string[] }> {
  const document = await vscode.workspace.openTextDocument(uri);
  const reused = reuseVariables(
    { edits: plan.edits, env: plan.stored },
    document.getText(),
    (name, value) => known[name] === value,
    Object.keys(known),
  );
  const { edits, env } = reused.plan;
  return { ...plan, edits, stored: env, storedNames: reused.names };
}

/** A plan that was carried out. */
interface Moved extends FixPlan {
  /** Variables that the document refers to now, new ones or not. */
  readonly names: readonly string[];
}

/** Undefined when the document is not the one any more that the plan is for. */
async function moveToFiles(
  uri: vscode.Uri,
  wanted: FixPlan,
  files: CredentialEnvFiles,
  store: () => Promise<void> = () => Promise.resolve(),
): Promise<Moved | undefined> {
  const { plan, names } = await withVariablesOf(uri, wanted, files);
  const isDone = await carryOut(uri, plan, async () => {
    await store();
    await addToEnvFile(files.configured, plan.env);
    await addToEnvFile(files.beside, plan.envBeside);
  });
  return isDone ? { ...plan, names } : undefined;
}

function tellMoved(
  { env, envBeside, names, notes }: Moved,
  { configured, beside }: CredentialEnvFiles,
  settings: Settings,
): void {
  if (env.length + envBeside.length === 0 && names.length > 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        "The env file has the value already, as {0}. If this file was ever committed, change the password: it is still in the history.",
        names.join(", "),
      ),
    );
  }
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
