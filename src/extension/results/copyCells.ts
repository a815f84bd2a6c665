import * as vscode from "vscode";
import type { CellArea, CopyFormat } from "../../protocol/results";
import type { EngineSession } from "../engine/engineSession";
import { withRowsProgress } from "./rowsTask";
import { rowsText } from "./rowsText";

/** How cells become text. */
export interface CopyWish {
  readonly format: CopyFormat;
  readonly headers: boolean;
  /** Name of the table in `INSERT` statements. */
  readonly table: string;
  /** The zone in which times with a zone are shown: what is copied is what one sees. Null for that of the run. */
  readonly timeZone: string | null;
}

/** Copies cells of a result: the engine makes the text, nothing of it goes through the page. */
export async function copyCells(
  session: EngineSession,
  area: CellArea,
  wish: CopyWish,
): Promise<{ readonly rows: number } | undefined> {
  const wanted = area.toRow - area.fromRow;
  const copied = await withRowsProgress(
    session,
    vscode.l10n.t("Copying cells"),
    (taskId) => session.request("copyText", { ...area, ...wish, taskId }),
  );
  if (copied === undefined) {
    return undefined;
  }
  await vscode.env.clipboard.writeText(copied.text);
  const told =
    copied.rows < wanted
      ? vscode.l10n.t(
          "Copied the first {0} of {1}.",
          copied.rows.toLocaleString(),
          rowsText(wanted),
        )
      : vscode.l10n.t("Copied {0}.", rowsText(copied.rows));
  vscode.window.setStatusBarMessage(told, 4_000);
  return { rows: copied.rows };
}
