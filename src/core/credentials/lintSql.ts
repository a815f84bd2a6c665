import type { Candidate } from "./finding";
import { mayHoldCredential } from "./gate";
import { extraKeysInSql } from "./extraKeys";
import { judge, type Judged } from "./judge";
import type { LintOptions } from "./options";
import { formedCandidates } from "./providerTokens";
import { documentRegion } from "./region";
import { scanSql } from "./sql/scan";

/** Every value in a credential's position of a SQL text, whatever it is. Holds values: for the core only. */
function sqlCandidates(text: string, options: LintOptions): Candidate[] {
  const candidates: Candidate[] = [];
  scanSql(documentRegion(text), (candidate) => candidates.push(candidate));
  candidates.push(...formedCandidates(text, "comment"));
  candidates.push(...extraKeysInSql(text, options.extraKeys));
  return candidates;
}

/** The credentials of a SQL text with their candidates. Holds values: for the core only. */
export function judgeSql(text: string, options: LintOptions): Judged[] {
  return mayHoldCredential(text) || options.extraKeys.length > 0
    ? judge(sqlCandidates(text, options), "sql", options.rules)
    : [];
}
