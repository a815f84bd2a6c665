import * as vscode from "vscode";
import type { ExportFormat, ExportOutcome } from "../../protocol/results";
import type { ExportArguments } from "../commands/resultTable";
import type { EngineSession } from "../engine/engineSession";
import type { Settings } from "../settings/settings";
import type { LastExport } from "./lastExport";
import type { Results } from "./results";
import { withRowsProgress } from "./rowsTask";
import { acceptIncomplete, shownRows, type ShownRows } from "./shownRows";
import { rowsText } from "./rowsText";

/** What the command needs. */
export interface ExportParts {
  readonly session: EngineSession;
  readonly results: Results;
  readonly settings: Settings;
  readonly last: LastExport;
}

const formats: Readonly<
  Record<ExportFormat, { readonly label: string; readonly extension: string }>
> = {
  csv: { label: "CSV", extension: "csv" },
  tsv: { label: "TSV", extension: "tsv" },
  json: { label: "JSON", extension: "json" },
  ndjson: { label: "NDJSON", extension: "ndjson" },
  parquet: { label: "Parquet", extension: "parquet" },
  xlsx: { label: "Excel", extension: "xlsx" },
  markdown: { label: "Markdown", extension: "md" },
  sql: { label: "SQL INSERT", extension: "sql" },
};

/** Formats that no editor of VS Code's shows. */
const opaque: ReadonlySet<ExportFormat> = new Set(["parquet", "xlsx"]);

/** Writes the shown result, or what is selected of it, to a file. */
export function exportResult(parts: ExportParts) {
  return async (wish?: ExportArguments): Promise<ExportOutcome | undefined> => {
    const shown = await shownRows(parts.results, wish);
    const goesOn =
      shown !== undefined &&
      (await acceptIncomplete(shown, vscode.l10n.t("Export These Rows")));
    if (!goesOn) {
      return undefined;
    }
    const format =
      wish?.format ?? (await pickFormat(parts.last.format, shown.rows));
    if (format === undefined) {
      return undefined;
    }
    const given = wish?.file === undefined ? null : vscode.Uri.file(wish.file);
    const file = given ?? (await pickFile(parts.last, shown, format));
    if (file === undefined) {
      return undefined;
    }
    await parts.last.note(format, given === null ? file : null);
    return write(parts, shown, format, file);
  };
}

async function write(
  { session, settings, results }: ExportParts,
  { area, title }: ShownRows,
  format: ExportFormat,
  file: vscode.Uri,
): Promise<ExportOutcome | undefined> {
  const guardFormulas = settings.guardFormulas();
  const table = title.replace(/\.[^.]*$/, "");
  const outcome = await withRowsProgress(
    session,
    vscode.l10n.t("Exporting to {0}", formats[format].label),
    (taskId) =>
      session.request("exportResult", {
        ...area,
        taskId,
        format,
        file: file.fsPath,
        options: { headers: true, guardFormulas, table },
        // What is written is what one sees.
        timeZone: results.tabs.timeZone,
      }),
  );
  if (outcome !== undefined) {
    // Not awaited: the export has ended although its message is still to be read.
    void tell(outcome, format, file);
  }
  return outcome;
}

async function tell(
  { rows, notes }: ExportOutcome,
  format: ExportFormat,
  file: vscode.Uri,
): Promise<void> {
  const open = vscode.l10n.t("Open");
  const reveal = vscode.l10n.t("Reveal");
  const done = vscode.l10n.t(
    "Exported {0} to {1}.",
    rowsText(rows),
    vscode.workspace.asRelativePath(file),
  );
  const choice = await vscode.window.showInformationMessage(
    [done, ...notes].join(" "),
    open,
    reveal,
  );
  if (choice === open) {
    await (opaque.has(format)
      ? vscode.env.openExternal(file)
      : vscode.commands.executeCommand("vscode.open", file));
  } else if (choice === reveal) {
    await vscode.commands.executeCommand("revealFileInOS", file);
  }
}

async function pickFormat(
  last: ExportFormat,
  rows: number,
): Promise<ExportFormat | undefined> {
  const known = Object.keys(formats) as ExportFormat[];
  // The last one first: Enter takes it.
  const ordered = [...known].sort(
    (a, b) => Number(b === last) - Number(a === last),
  );
  const picked = await vscode.window.showQuickPick(
    ordered.map((format) => ({
      label: formats[format].label,
      description: `.${formats[format].extension}`,
      format,
    })),
    { title: vscode.l10n.t("Export {0} to which format?", rowsText(rows)) },
  );
  return picked?.format;
}

async function pickFile(
  last: LastExport,
  { title }: ShownRows,
  format: ExportFormat,
): Promise<vscode.Uri | undefined> {
  const { label, extension } = formats[format];
  const name = `${title.replace(/\.[^.]*$/, "").replace(/[\\/:*?"<>|]/g, "_") || "result"}.${extension}`;
  const folder = await last.folder();
  return vscode.window.showSaveDialog({
    filters: { [label]: [extension] },
    title: vscode.l10n.t("Export to {0}", label),
    ...(folder === undefined
      ? {}
      : { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
}
