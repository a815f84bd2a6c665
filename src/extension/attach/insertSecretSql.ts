import * as vscode from "vscode";
import type { EnvFileSource } from "../../core/connections/attachment";
import { secretStatements } from "../../core/connections/secretStatement";
import { splitStatements, statementAt } from "../../core/sql/statements";
import type { EngineSession } from "../engine/engineSession";
import type { Settings } from "../settings/settings";
import { aliasProblem } from "./aliasProblem";
import { findUsedAliases } from "./envFiles";

/** What creating a secret needs. */
export interface SecretParts {
  readonly session: EngineSession;
  readonly settings: Settings;
}

/** The secret whose SQL is written, and the alias of its ATTACH; without one it is asked for. */
interface Secret {
  readonly name: string;
  readonly source: EnvFileSource;
  readonly alias?: string;
}

/** Writes the SQL that creates the secret with `getenv()` and attaches with it; what it names is what the file has. */
export async function insertSecretSql(
  parts: SecretParts,
  { name, source, alias: given }: Secret,
): Promise<void> {
  const { file, prefix } = source;
  const { names } = await parts.session.request("readEnvFile", { file });
  const alias = given ?? (await askAlias(parts, prefix));
  if (alias === undefined) {
    return;
  }
  const text = secretStatements({
    secret: name,
    alias,
    prefix,
    variables: names,
  });
  if (text === null) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        "{0} has no variables that this SQL could be written with.",
        parts.settings.relative(file),
      ),
    );
    return;
  }
  await write(text);
  await letGetenvRead(parts, { name, source }, names);
}

/** `getenv()` reads the env files of the settings only: the secret's own is added where it is not among them. */
async function letGetenvRead(
  { session, settings }: SecretParts,
  { name, source }: Secret,
  names: readonly string[],
): Promise<void> {
  const { file, prefix } = source;
  const label = settings.relative(file);
  if (!settings.envFiles.includes(file)) {
    await settings.addEnvFile(file);
    await session.restart();
    await session.request("createSecret", { name, source });
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        "{0} was added to viaduct.envFiles: getenv() reads it now, and before the others.",
        label,
      ),
    );
    return;
  }
  const mine = new Set(names.filter((variable) => variable.startsWith(prefix)));
  const later = settings.envFiles.slice(settings.envFiles.indexOf(file) + 1);
  for (const other of later) {
    const found = await session
      .request("readEnvFile", { file: other })
      .then(({ names: others }) => others.find((each) => mine.has(each)))
      .catch(() => undefined);
    if (found !== undefined) {
      void vscode.window.showWarningMessage(
        vscode.l10n.t(
          "getenv('{0}') reads {1}, which comes after {2} in viaduct.envFiles.",
          found,
          settings.relative(other),
          label,
        ),
      );
      return;
    }
  }
}

async function askAlias(
  { session }: SecretParts,
  prefix: string,
): Promise<string | undefined> {
  const used = await findUsedAliases();
  const ofPrefix = prefix.replace(/_+$/, "").toLowerCase();
  const free = [...used, ofPrefix, "source"].find(
    (alias) =>
      aliasProblem(alias) === undefined && !session.attachments.has(alias),
  );
  return vscode.window.showInputBox({
    title: vscode.l10n.t("Name of the database in SQL"),
    prompt: vscode.l10n.t("As in SELECT … FROM name.public.table"),
    value: free ?? "",
    validateInput: (value) => aliasProblem(value),
  });
}

/** Into the active SQL editor, before the statement at the cursor; without one, into a new document. */
async function write(text: string): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.languageId !== "sql") {
    const document = await vscode.workspace.openTextDocument({
      language: "sql",
      content: text,
    });
    await vscode.window.showTextDocument(document);
    return;
  }
  const { document, selection } = editor;
  const statement = statementAt(
    splitStatements(document.getText()),
    document.offsetAt(selection.active),
  );
  const at =
    statement === undefined
      ? selection.active
      : document.positionAt(statement.start);
  const before = document.lineAt(at.line).text.slice(0, at.character);
  const lead = before.trim() === "" ? "" : "\n";
  const place = lead === "" ? at.with({ character: 0 }) : at;
  await editor.edit((edit) => {
    edit.insert(place, `${lead}${text}\n`);
  });
  const cursor = lead === "" ? place : new vscode.Position(at.line + 1, 0);
  editor.selection = new vscode.Selection(cursor, cursor);
  editor.revealRange(editor.selection);
}
