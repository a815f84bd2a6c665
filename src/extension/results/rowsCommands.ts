import type { RowsCommandTable } from "../commands/resultTable";
import { copyResultAs } from "./copyResultAs";
import { exportResult, type ExportParts } from "./exportResult";
import { saveResultAsTable } from "./saveResultAsTable";
import { showExactValues } from "./showExactValues";
import { showTimesIn } from "./showTimesIn";

/** The commands about the rows of a result. */
export function rowsCommands(parts: ExportParts): RowsCommandTable {
  return {
    "viaduct.exportResult": exportResult(parts),
    "viaduct.saveResultAsTable": saveResultAsTable(parts),
    "viaduct.copyResultAs": copyResultAs(parts),
    "viaduct.showExactValues": showExactValues(parts.results),
    "viaduct.showTimesIn": showTimesIn(parts.results),
  };
}
