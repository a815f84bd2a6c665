import * as vscode from "vscode";
import {
  splitStatements,
  statementAt,
  type Statement,
} from "../../core/sql/statements";
import type { RunTarget } from "../../protocol/engine";
import type { RunView } from "../../protocol/panel";
import type {
  CommandTable,
  StatementReference,
} from "../commands/commandTable";
import type { EngineSession } from "../engine/engineSession";
import { pickAttachment } from "../attach/pickAttachment";
import type { DocumentStatement } from "./runDiagnostics";
import type { RunService } from "./runService";

/** A statement's text and its place, by offsets into the document. */
type Piece = Pick<Statement, "start" | "end" | "text">;

/** What running from an editor needs. */
export interface RunCommandParts {
  readonly session: EngineSession;
  readonly runs: RunService;
  /** Opens the results panel without taking the focus. */
  readonly reveal: () => Promise<void>;
}

const duckdb: RunTarget = { engine: "duckdb" };

/** Run: the given statement, the selection, or the statement at the cursor. */
export function runStatement(
  parts: RunCommandParts,
): CommandTable["viaduct.runStatement"] {
  return (reference) => runIn(parts, duckdb, reference);
}

/** Run File: every statement of the active editor, in order, until the first error. */
export function runFile(
  parts: RunCommandParts,
): CommandTable["viaduct.runFile"] {
  return async () => {
    const document = vscode.window.activeTextEditor?.document;
    if (document === undefined) {
      return undefined;
    }
    return start(parts, duckdb, document, splitStatements(document.getText()));
  };
}

/** Run on <alias>: natively in that PostgreSQL; asks for the alias when none is given and there is a choice. */
export function runOn(parts: RunCommandParts): CommandTable["viaduct.runOn"] {
  return async (alias, reference) => {
    // A menu or a key passes the document's URI (or nothing) where a lens passes an alias.
    const chosen =
      typeof alias === "string"
        ? alias
        : await pickAttachment(
            parts.session,
            vscode.l10n.t("Run on which database?"),
          );
    return chosen === undefined
      ? undefined
      : runIn(parts, { engine: "postgres", alias: chosen }, reference);
  };
}

async function runIn(
  parts: RunCommandParts,
  target: RunTarget,
  reference: StatementReference | undefined,
): Promise<RunView | undefined> {
  if (isStatementReference(reference)) {
    const document = await vscode.workspace.openTextDocument(
      vscode.Uri.parse(reference.uri),
    );
    const text = document.getText().slice(reference.start, reference.end);
    return start(parts, target, document, [
      { start: reference.start, end: reference.end, text },
    ]);
  }
  const editor = vscode.window.activeTextEditor;
  return editor === undefined
    ? undefined
    : start(parts, target, editor.document, chooseStatements(editor));
}

/** What the user means: the selected statements, or the one at the cursor. */
function chooseStatements({
  document,
  selection,
}: vscode.TextEditor): readonly Piece[] {
  if (selection.isEmpty) {
    const statements = splitStatements(document.getText());
    const found = statementAt(statements, document.offsetAt(selection.active));
    return found === undefined ? [] : [found];
  }
  const offset = document.offsetAt(selection.start);
  return splitStatements(document.getText(selection)).map(
    ({ start, end, text }) => ({
      start: start + offset,
      end: end + offset,
      text,
    }),
  );
}

async function start(
  parts: RunCommandParts,
  target: RunTarget,
  document: vscode.TextDocument,
  statements: readonly Piece[],
): Promise<RunView | undefined> {
  if (statements.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("There is no SQL statement here."),
    );
    return undefined;
  }
  await parts.reveal();
  return parts.runs.run({
    target,
    source: vscode.workspace.asRelativePath(document.uri, false),
    statements: statements.map(({ text, start: from }): DocumentStatement => ({
      text,
      place: { uri: document.uri, start: from },
    })),
  });
}

function isStatementReference(value: unknown): value is StatementReference {
  return (
    typeof value === "object" &&
    value !== null &&
    "start" in value &&
    "end" in value
  );
}
