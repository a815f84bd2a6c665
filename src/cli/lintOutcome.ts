import type { FileResult } from "./lintOne";

/** What there is to tell of a run. */
export interface LintOutcome {
  readonly results: readonly FileResult[];
  /** Absolute folder that paths in a report start from. */
  readonly root: string;
  /** Entries of the baseline that match nothing any more. */
  readonly staleEntries: number;
  /** True for a terminal that shows colours. */
  readonly hasColour: boolean;
}
