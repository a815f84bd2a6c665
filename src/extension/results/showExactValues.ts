import * as vscode from "vscode";
import type { ExactWay } from "../../protocol/engine";
import type { ExactArguments } from "../commands/resultTable";
import { executeCommand } from "../commands/registerCommands";
import type { Results } from "./results";
import { hasChangedValues } from "./resultTab";

/** A statement with columns that are not the server's own, by a way that changes nothing: in a new editor. */
export function showExactValues(results: Results) {
  return async (wish?: ExactArguments): Promise<ExactWay | undefined> => {
    await results.restored();
    const ways = waysOf(results, wish?.resultId);
    if (ways === null) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t("Every value of this result is the server's own."),
      );
      return undefined;
    }
    const offered =
      wish?.kind === undefined
        ? ways
        : ways.filter(({ kind }) => kind === wish.kind);
    if (offered.length === 0) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t(
          "This statement cannot be written so that nothing is changed: cast the column to text on the server, in postgres_query('alias', 'SELECT column::text …').",
        ),
      );
      return undefined;
    }
    const way = offered.length === 1 ? offered[0] : await pick(offered);
    if (way !== undefined) {
      await open(way);
    }
    return way;
  };
}

/** Null where nothing is changed; none while the statement runs, too. */
function waysOf(
  results: Results,
  resultId: string | undefined,
): readonly ExactWay[] | null {
  const tab =
    resultId === undefined ? results.current : results.tabs.ofResult(resultId);
  const statements = (tab?.run.statements ?? []).filter(
    ({ result }) =>
      result !== null &&
      (resultId === undefined || result.resultId === resultId),
  );
  const changed = statements.filter(hasChangedValues);
  return changed.length === 0
    ? null
    : changed.flatMap(({ outcome }) => outcome?.exactWays ?? []);
}

async function pick(ways: readonly ExactWay[]): Promise<ExactWay | undefined> {
  const picked = await vscode.window.showQuickPick(
    ways.map((way) => ({
      label:
        way.kind === "server"
          ? vscode.l10n.t("Run on {0}", way.alias)
          : vscode.l10n.t("Write with the column as text"),
      description: way.sql.replace(/\s+/g, " ").slice(0, 120),
      way,
    })),
    { placeHolder: vscode.l10n.t("Show the exact values by which way?") },
  );
  return picked?.way;
}

/** What is to run on the server runs at once; the other is the user's to look at, as types have changed in it. */
async function open({ kind, alias, sql }: ExactWay): Promise<void> {
  const document = await vscode.workspace.openTextDocument({
    language: "sql",
    content: `${sql}\n`,
  });
  await vscode.window.showTextDocument(document);
  if (kind === "server") {
    await executeCommand("viaduct.runOn", alias, {
      uri: document.uri.toString(),
      start: 0,
      end: sql.length,
    });
  }
}
