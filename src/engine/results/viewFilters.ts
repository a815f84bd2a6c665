import { viaductError } from "../../core/errors/makeError";
import type { KeptColumn } from "../../core/results/columnSql";
import type { ResultFilter } from "../../core/results/view";
import type { ResultTask } from "./resultTasks";

/** The condition that rows have to pass; null for all rows. */
export function whereOf(
  _task: ResultTask,
  _columns: readonly KeptColumn[],
  filters: readonly ResultFilter[],
): Promise<string | null> {
  return filters.length === 0
    ? Promise.resolve(null)
    : Promise.reject(viaductError("unknown", "Filters are not there yet."));
}
