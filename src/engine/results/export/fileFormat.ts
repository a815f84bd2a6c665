import type { ExportOptions } from "../../../protocol/results";
import type { RelationColumn } from "../resultRelation";
import type { RowsTask } from "../resultStore";
import type { OrderedRows } from "./rowBatches";

/** One export while it goes on. */
export interface Exporting {
  /** Tells how far the present part is. */
  readonly task: RowsTask;
  readonly ordered: OrderedRows;
  readonly columns: readonly RelationColumn[];
  /** Names of the columns in the file. */
  readonly names: readonly string[];
  readonly options: ExportOptions;
}

/** What is known before anything is written. */
interface Examined {
  /** What will not be as in the result. */
  readonly notes: readonly string[];
  /** Writes a file that is not there yet; answers what of it is not as in the result, as far as it turns out now. */
  readonly write: (
    exporting: Exporting,
    file: string,
  ) => Promise<readonly string[]>;
}

/** A format that rows are exported to. */
export interface FileFormat {
  /** True where a name stands for one column. */
  readonly needsUniqueNames: boolean;
  /** How long it takes to examine rows, as a part of the time that it takes to write them; 0 where none are. */
  readonly examining: number;
  /** Throws for what the format cannot hold. */
  readonly examine: (exporting: Exporting) => Promise<Examined>;
  /** Rows that are in a finished file. */
  readonly count: (exporting: Exporting, file: string) => Promise<number>;
}

/** Tells that rows up to a `pos` are written; throws when the task was cancelled. */
export function tellRows({ task, ordered }: Exporting, pos: number): void {
  const { from, to } = ordered.range;
  task.check();
  task.progress(pos - from, to - from);
}
