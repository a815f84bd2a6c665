import type * as vscode from "vscode";
import type { RowsCommandTable } from "../commands/resultTable";
import { copyResultAs } from "./copyResultAs";
import { exportResult, type ExportParts } from "./exportResult";
import { LastExport } from "./lastExport";
import { saveResultAsTable } from "./saveResultAsTable";
import { showExactValues } from "./showExactValues";
import { showTimesIn } from "./showTimesIn";

/** The commands about the rows of a result. */
export function rowsCommands(
  { workspaceState }: Pick<vscode.ExtensionContext, "workspaceState">,
  parts: Omit<ExportParts, "last">,
): RowsCommandTable {
  return {
    "viaduct.exportResult": exportResult({
      ...parts,
      last: new LastExport(workspaceState),
    }),
    "viaduct.saveResultAsTable": saveResultAsTable(parts),
    "viaduct.copyResultAs": copyResultAs(parts),
    "viaduct.showExactValues": showExactValues(parts.results),
    "viaduct.showTimesIn": showTimesIn(parts.results),
  };
}
