import * as vscode from "vscode";
import type { EnvFileSource } from "../../core/connections/attachment";
import type { CommandTable, SecretArguments } from "../commands/commandTable";
import { findConnections } from "./envFiles";
import { insertSecretSql, type SecretParts } from "./insertSecretSql";

/** Longer names are cut in lists; DuckDB itself takes any name. */
const longestName = 100;

/**
 * Creates a temporary DuckDB secret from an env file, for an `ATTACH … (SECRET name)` of the user's own, and offers to
 * write the SQL that does the same.
 */
export function createSecretFromEnvFile(
  parts: SecretParts,
): CommandTable["viaduct.createSecretFromEnvFile"] {
  return async (given) => {
    const request = isRequest(given) ? given : await ask(parts);
    if (request === undefined) {
      return undefined;
    }
    const { name, source, alias } = request;
    await parts.session.request("createSecret", { name, source });
    if (alias !== undefined) {
      await insertSecretSql(parts, { name, source, alias });
    } else if (!isRequest(given)) {
      void offer(parts, name, source);
    }
    return name;
  };
}

async function ask({
  session,
  settings,
}: SecretParts): Promise<SecretArguments | undefined> {
  const candidates = await findConnections(session, settings);
  if (candidates.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        "No env file of this workspace has connection values such as POSTGRES_HOST and POSTGRES_DATABASE.",
      ),
    );
    return undefined;
  }
  const items = candidates.map(({ source, label }) => ({
    label: source.prefix === "" ? "DATABASE_URL" : `${source.prefix}*`,
    description: label,
    source,
  }));
  const choice = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Create a secret from an env file"),
    placeHolder: vscode.l10n.t("Connection values to put into the secret"),
    matchOnDescription: true,
  });
  if (choice === undefined) {
    return undefined;
  }
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t("Name of the secret"),
    prompt: vscode.l10n.t("As in ATTACH '' AS … (TYPE POSTGRES, SECRET name)"),
    value: "postgres_connection",
    validateInput: nameProblem,
  });
  return name === undefined ? undefined : { name, source: choice.source };
}

/** A secret is no catalog: none of a catalog's reserved names is taken. */
function nameProblem(name: string): string | undefined {
  return name.trim() === "" || name.length > longestName || /\p{Cc}/u.test(name)
    ? vscode.l10n.t(
        "The name of a secret has between 1 and {0} characters.",
        longestName,
      )
    : undefined;
}

async function offer(
  parts: SecretParts,
  name: string,
  source: EnvFileSource,
): Promise<void> {
  const insert = vscode.l10n.t("Insert SQL");
  const choice = await vscode.window.showInformationMessage(
    vscode.l10n.t(
      "Secret {0} is ready until the engine ends. The SQL that creates it anew, with getenv() and without any value, can be written into an editor.",
      name,
    ),
    insert,
  );
  if (choice === insert) {
    await insertSecretSql(parts, { name, source });
  }
}

function isRequest(value: unknown): value is SecretArguments {
  return (
    typeof value === "object" &&
    value !== null &&
    "name" in value &&
    "source" in value
  );
}
