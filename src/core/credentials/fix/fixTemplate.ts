import { contentRange } from "../../sql/tokenText";
import type { Candidate } from "../finding";
import { envName, type OffsetFixPlan } from "./fixPlan";
import { isDuckdbText, sqlPlaceOf } from "./sqlPlace";

/** Rules of dialects whose clients read no variable of the environment. */
const rules = new Set(["CS101", "CS102", "CS108", "CS109", "CS110", "CS113"]);

/**
 * `IDENTIFIED BY 'x'` becomes `IDENTIFIED BY '${NAME}'`, which `envsubst '$NAME' < file.sql` fills in for whatever
 * client, and nothing else. Null for a value that quotes make another one.
 */
export function fixTemplate(
  text: string,
  candidate: Candidate,
  taken: ReadonlySet<string>,
): OffsetFixPlan | null {
  const place = sqlPlaceOf(text, candidate.range);
  const { range, value } = candidate;
  const raw = text.slice(range.start, range.end);
  if (
    place === null ||
    !rules.has(candidate.rule) ||
    candidate.place !== "sqlLiteral" ||
    !(place.isWhole || contentRange(text, place.token).end === range.end) ||
    place.token.kind === "dollarString" ||
    raw !== value ||
    /[\r\n'"\\]/.test(raw) ||
    isDuckdbText(text)
  ) {
    return null;
  }
  const name = envName([candidate.subject ?? "", candidate.key], taken);
  return {
    title: "Move to .env, leave a variable for envsubst",
    edits: [{ range, newText: `\${${name}}` }],
    env: [{ name, value }],
    note: "envsubst",
  };
}
