import * as vscode from "vscode";
import { formatTsv } from "../../core/results/formatTsv";
import type { Cell } from "../../core/results/result";
import type { PanelToHost, RunView } from "../../protocol/panel";
import type { RowsRef } from "../../protocol/results";
import type { EngineSession } from "../engine/engineSession";

/** More cells than this are not for a clipboard; the user is told how many were copied. */
const maximumCells = 2_000_000;
const rowsPerPage = 1_024;

/** Copies cells of a result as tab-separated text: rows come from the engine, not through the page. */
export async function copyCells(
  session: EngineSession,
  run: RunView | null,
  { area, headers }: Extract<PanelToHost, { type: "copy" }>,
): Promise<number> {
  const { resultId, viewId, fromRow, toRow } = area;
  const result = run?.statements.find(
    (statement) => statement.result?.resultId === resultId,
  )?.result;
  if (result === null || result === undefined) {
    return 0;
  }
  const { columns } = area;
  const wanted = Math.min(toRow, result.rowCount) - fromRow;
  const count = Math.min(
    wanted,
    Math.floor(maximumCells / Math.max(columns.length, 1)),
  );
  const rows = await fetchRows(session, { resultId, viewId }, fromRow, count);
  const cells = rows.map((row) => columns.map((at) => row[at] ?? null));
  const names = columns.map((at) => result.columns[at]?.name ?? "");
  await vscode.env.clipboard.writeText(
    formatTsv(headers ? names : null, cells),
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
  of: RowsRef,
  from: number,
  count: number,
): Promise<readonly (readonly Cell[])[]> {
  const rows: (readonly Cell[])[] = [];
  while (rows.length < count) {
    const limit = Math.min(rowsPerPage, count - rows.length);
    const page = await session.request("page", {
      ...of,
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
