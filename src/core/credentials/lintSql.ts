import type { Candidate } from "./finding";
import { mayHoldCredential } from "./gate";
import { judge, type Judged } from "./judge";
import { formedCandidates } from "./providerTokens";
import { documentRegion } from "./region";
import { scanSql } from "./sql/scan";

/** Every value in a credential's position of a SQL text, whatever it is. Holds values: for the core only. */
function sqlCandidates(text: string): Candidate[] {
  const candidates: Candidate[] = [];
  scanSql(documentRegion(text), (candidate) => candidates.push(candidate));
  candidates.push(...formedCandidates(text, "comment"));
  return candidates;
}

/** The credentials of a SQL text with their candidates. Holds values: for the core only. */
export function judgeSql(text: string): Judged[] {
  return mayHoldCredential(text) ? judge(sqlCandidates(text), "sql") : [];
}
