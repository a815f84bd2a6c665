import type { Judged } from "./judge";
import type { LintOptions } from "./options";
import { mayHoldCredential } from "./gate";
import { SqlLint } from "./sqlLint";

/** The credentials of a SQL text with their candidates. Holds values: for the core only. */
export function judgeSql(text: string, options: LintOptions): Judged[] {
  // Most files stop here, before they are read at all.
  return mayHoldCredential(text) || options.extraKeys.length > 0
    ? new SqlLint(text, options).judged()
    : [];
}
