import { lex } from "../../sql/lexer";
import { contentRange } from "../../sql/tokenText";
import type { Candidate, Finding } from "../finding";
import { judgeText, type LintLanguage } from "../lint";
import { fixAttach } from "./fixAttach";
import { envName, type OffsetFixPlan } from "./fixPlan";
import { fixYaml } from "./fixYaml";

/** The document that a finding is in. */
export interface FixDocument {
  readonly text: string;
  readonly language: LintLanguage;
  readonly fileName: string;
  /** Names that the env file has already. */
  readonly takenNames: readonly string[];
}

/**
 * How to move the value of a finding out of its document; null when there is no way, or when the finding is not there
 * any more. Reads the document again, so that a finding need not hold the value.
 */
export function fixFor(
  document: FixDocument,
  finding: Pick<Finding, "rule" | "range">,
): OffsetFixPlan | null {
  const { text, language, fileName } = document;
  const judged = judgeText(text, language, fileName).find(
    (each) =>
      each.finding.rule === finding.rule &&
      each.finding.range.start === finding.range.start &&
      each.finding.range.end === finding.range.end,
  );
  if (judged === undefined) {
    return null;
  }
  const { candidate } = judged;
  const taken = new Set(document.takenNames);
  if (language === "yaml") {
    const isKnownPlace =
      candidate.place === "yamlScalar" || candidate.place === "yamlText";
    return isKnownPlace && candidate.rule !== "CX302"
      ? fixYaml(text, candidate, taken)
      : null;
  }
  switch (candidate.rule) {
    case "CS104":
    case "CS105":
      return fixAttach(text, candidate.range, taken);
    case "CS106":
      return fixSecret(text, candidate, taken);
    default:
      return null;
  }
}

/** `PASSWORD 'x'` in CREATE SECRET becomes `PASSWORD getenv('NAME')`. */
function fixSecret(
  text: string,
  candidate: Candidate,
  taken: ReadonlySet<string>,
): OffsetFixPlan | null {
  const token = lex(text).find((each) => each.end > candidate.range.start);
  if (token === undefined || candidate.place !== "sqlLiteral") {
    return null;
  }
  const content = contentRange(text, token);
  if (
    content.start !== candidate.range.start ||
    content.end !== candidate.range.end ||
    token.closed === false
  ) {
    return null;
  }
  const name = envName([candidate.subject ?? "", candidate.key], taken);
  return {
    title: `Move the value into .env as ${name} and use getenv('${name}'), which works in Viaduct and the DuckDB CLI`,
    edits: [
      {
        range: { start: token.start, end: token.end },
        newText: `getenv('${name}')`,
      },
    ],
    env: [{ name, value: candidate.value }],
  };
}
