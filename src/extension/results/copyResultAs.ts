import * as vscode from "vscode";
import type { CopyFormat } from "../../protocol/results";
import type { CopyArguments } from "../commands/resultTable";
import type { EngineSession } from "../engine/engineSession";
import { copyCells, type CopyWish } from "./copyCells";
import type { Results } from "./results";
import { acceptIncomplete, shownRows } from "./shownRows";

const formats: readonly (readonly [CopyFormat, string])[] = [
  ["tsv", "TSV"],
  ["csv", "CSV"],
  ["json", "JSON"],
  ["markdown", "Markdown"],
  ["insert", "SQL INSERT"],
  ["inList", "SQL IN (…)"],
];

/** Copies the shown result, or what is selected of it, in a format that is chosen. */
export function copyResultAs({
  session,
  results,
}: {
  readonly session: EngineSession;
  readonly results: Results;
}) {
  return async (
    wish?: CopyArguments,
  ): Promise<{ readonly rows: number } | undefined> => {
    const shown = await shownRows(results, wish, true);
    const goesOn =
      shown !== undefined &&
      (await acceptIncomplete(shown, vscode.l10n.t("Copy These Rows")));
    if (!goesOn) {
      return undefined;
    }
    const chosen =
      wish?.format === undefined
        ? await pickFormat()
        : { format: wish.format, headers: wish.headers ?? true };
    return chosen === undefined
      ? undefined
      : copyCells(session, shown.area, {
          ...chosen,
          table: shown.title.replace(/\.[^.]*$/, ""),
          timeZone: results.tabs.timeZone,
        });
  };
}

async function pickFormat(): Promise<
  Pick<CopyWish, "format" | "headers"> | undefined
> {
  const without = vscode.l10n.t("without names");
  interface Choice extends vscode.QuickPickItem {
    readonly format: CopyFormat;
    readonly headers: boolean;
  }
  return vscode.window.showQuickPick(
    formats.flatMap(([format, label]): Choice[] =>
      format === "inList"
        ? [{ label, format, headers: false }]
        : [
            { label, format, headers: true },
            { label, description: without, format, headers: false },
          ],
    ),
    { title: vscode.l10n.t("Copy as") },
  );
}
