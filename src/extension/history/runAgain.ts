import * as vscode from "vscode";
import type { HistoryEntry } from "../../core/history/historyEntry";
import type { RunView } from "../../protocol/panel";
import type { EngineSession } from "../engine/engineSession";
import type { RunService } from "../run/runService";
import { serverBehind } from "./serverBehind";

/** What running a statement of the history again needs. */
export interface RunAgainParts {
  readonly session: EngineSession;
  readonly runs: RunService;
  /** Opens the results panel without taking the focus. */
  readonly reveal: () => Promise<void>;
}

/** Opens a statement of the history in a new editor. */
export async function openEntry({ text }: HistoryEntry): Promise<void> {
  const document = await vscode.workspace.openTextDocument({
    language: "sql",
    content: text,
  });
  await vscode.window.showTextDocument(document);
}

/** Runs a statement where it was run before; says why not where that cannot be. */
export async function runAgain(
  parts: RunAgainParts,
  entry: HistoryEntry,
): Promise<RunView | undefined> {
  if (entry.isRedacted) {
    await openEntry(entry);
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        "What was secret in this statement, or beyond its first 100,000 characters, is not in the history: complete it here, then run it.",
      ),
    );
    return undefined;
  }
  if (!(await isThere(parts, entry))) {
    return undefined;
  }
  await parts.reveal();
  const { target } = entry;
  return parts.runs.run({
    target:
      target.engine === "duckdb"
        ? { engine: "duckdb" }
        : { engine: "postgres", alias: target.alias },
    source: entry.source,
    statements: [{ text: entry.text, place: null }],
  });
}

/** True when the entry's target is still what it was; says so and offers an editor where it is not. */
async function isThere(
  { session }: RunAgainParts,
  entry: HistoryEntry,
): Promise<boolean> {
  const { target } = entry;
  if (target.engine === "duckdb") {
    return true;
  }
  const { alias, server } = target;
  // The attachments of the settings are made when the engine starts.
  await session.listCatalogs();
  const isAttached = session.attachments.has(alias);
  const now = isAttached ? await serverBehind(session, alias) : "";
  if (isAttached && (server === "" || now === "" || now === server)) {
    return true;
  }
  const open = vscode.l10n.t("Open in an Editor");
  const choice = await vscode.window.showWarningMessage(
    isAttached
      ? vscode.l10n.t(
          "“{0}” is another database now ({1} instead of {2}): the statement was not run.",
          alias,
          now,
          server,
        )
      : vscode.l10n.t(
          "“{0}” is not attached any more: the statement was not run.",
          alias,
        ),
    open,
  );
  if (choice === open) {
    await openEntry(entry);
  }
  return false;
}
