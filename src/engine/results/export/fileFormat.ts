import type { ExportOptions } from "../../../protocol/results";
import type { RelationColumn } from "../resultRelation";
import type { RowsTask } from "../resultStore";
import type { OrderedRows } from "./rowBatches";

/** One export while it goes on. */
export interface Exporting {
  readonly task: RowsTask;
  readonly ordered: OrderedRows;
  readonly columns: readonly RelationColumn[];
  /** Names of the columns in the file. */
  readonly names: readonly string[];
  readonly options: ExportOptions;
  /** Tells that rows up to this `pos` are written; throws when the task was cancelled. */
  readonly progress: (to: number) => void;
}

/** A format that rows are exported to. */
export interface FileFormat {
  /** True where a name stands for one column. */
  readonly needsUniqueNames: boolean;
  /** Throws for what the format cannot hold, before anything is written; answers what will not be as in the result. */
  readonly examine?: (exporting: Exporting) => Promise<readonly string[]>;
  /** Writes a file that is not there yet; answers what of it is not as in the result, as far as it turns out now. */
  readonly write: (
    exporting: Exporting,
    file: string,
  ) => Promise<readonly string[]>;
  /** Rows that are in a finished file. */
  readonly count: (exporting: Exporting, file: string) => Promise<number>;
}
