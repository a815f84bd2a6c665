import * as vscode from "vscode";
import { formatTsv } from "../../core/results/formatTsv";
import type { Cell } from "../../core/results/result";
import type { PanelToHost, RunView } from "../../protocol/panel";
import type { EngineSession } from "../engine/engineSession";

/** More cells than this are not for a clipboard; the user is told how many were copied. */
const maximumCells = 2_000_000;
const rowsPerPage = 1_024;

/** Copies a rectangle of a result as tab-separated text: rows come from the engine, not through the page. */
export async function copyCells(
  session: EngineSession,
  run: RunView | null,
  { resultId, range, headers }: Extract<PanelToHost, { type: "copy" }>,
): Promise<number> {
  const result = run?.statements.find(
    (statement) => statement.result?.resultId === resultId,
  )?.result;
  if (result === null || result === undefined) {
    return 0;
  }
  const columns = result.columns.slice(range.fromColumn, range.toColumn);
  const wanted = Math.min(range.toRow, result.rowCount) - range.fromRow;
  const count = Math.min(
    wanted,
    Math.floor(maximumCells / Math.max(columns.length, 1)),
  );
  const rows = await fetchRows(session, resultId, range.fromRow, count);
  const cells = rows.map((row) => row.slice(range.fromColumn, range.toColumn));
  await vscode.env.clipboard.writeText(
    formatTsv(headers ? columns.map(({ name }) => name) : null, cells),
  );
  const told =
    rows.length < wanted
      ? vscode.l10n.t("Copied the first {0} of {1} rows.", rows.length, wanted)
      : vscode.l10n.t("Copied {0} rows.", rows.length);
  vscode.window.setStatusBarMessage(told, 4_000);
  return rows.length;
}

async function fetchRows(
  session: EngineSession,
  resultId: string,
  from: number,
  count: number,
): Promise<readonly (readonly Cell[])[]> {
  const rows: (readonly Cell[])[] = [];
  while (rows.length < count) {
    const limit = Math.min(rowsPerPage, count - rows.length);
    const page = await session.request("page", {
      resultId,
      offset: from + rows.length,
      limit,
    });
    if (page.rows.length === 0) {
      break;
    }
    rows.push(...page.rows);
  }
  return rows;
}
