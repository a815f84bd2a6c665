import type { Candidate, Finding } from "../finding";
import type { Judged } from "../judge";
import { judgeText } from "../lint";
import { defaultLintOptions } from "../options";
import { fixAttach } from "./fixAttach";
import { fixCatalogToken } from "./fixCatalogToken";
import { fixCli } from "./fixCli";
import { fixComment } from "./fixComment";
import {
  referencedNames,
  type FixDocument,
  type OffsetFixPlan,
} from "./fixPlan";
import { fixEncryption } from "./fixEncryption";
import { fixPsql } from "./fixPsql";
import { fixPsqlMeta } from "./fixPsqlMeta";
import { fixScan } from "./fixScan";
import { fixSecret } from "./fixSecret";
import { fixSetting } from "./fixSetting";
import { fixTemplate } from "./fixTemplate";
import { fixYaml } from "./fixYaml";

/**
 * How to move the value of a finding out of its document; null when there is no way that is sure to work, or when the
 * finding is not there any more. Reads the document again, so that a finding need not hold the value.
 */
export function fixFor(
  document: FixDocument,
  finding: Pick<Finding, "rule" | "range">,
): OffsetFixPlan | null {
  return planFor(document, judgedOf(document), finding);
}

/** The credentials of a document, for asking after the fixes of several findings. Holds values. */
export function judgedOf(document: FixDocument): readonly Judged[] {
  const { text, language, fileName, options } = document;
  return judgeText(text, language, fileName, options ?? defaultLintOptions);
}

/** The fix of one finding among those that were judged. */
export function planFor(
  document: FixDocument,
  judged: readonly Judged[],
  finding: Pick<Finding, "rule" | "range">,
): OffsetFixPlan | null {
  const { language, text } = document;
  if (finding.rule === "CX305") {
    const title = "Delete the comment that suppresses nothing";
    return fixComment(text, language, finding.range, title);
  }
  const found = judged.find(
    (each) =>
      each.finding.rule === finding.rule &&
      each.finding.range.start === finding.range.start &&
      each.finding.range.end === finding.range.end,
  );
  // An env file is where values are moved to.
  return found === undefined || language === "env"
    ? null
    : fixCandidate(document, found.candidate);
}

function fixCandidate(
  document: FixDocument,
  candidate: Candidate,
): OffsetFixPlan | null {
  const { text, language } = document;
  const takenNames =
    candidate.fileKind === "compose"
      ? (document.takenBeside ?? document.takenNames)
      : document.takenNames;
  const taken = new Set([...takenNames, ...referencedNames(text)]);
  if (candidate.rule === "CS112") {
    return fixComment(text, language, candidate.range);
  }
  // A token is one in a comment, too.
  const comment = candidate.rule.startsWith("CX")
    ? fixComment(text, language, candidate.range)
    : null;
  if (comment !== null) {
    return comment;
  }
  return language === "yaml"
    ? fixYaml(text, candidate, taken, { ...document, takenNames })
    : fixSql(text, candidate, taken);
}

function fixSql(
  text: string,
  candidate: Candidate,
  taken: ReadonlySet<string>,
): OffsetFixPlan | null {
  switch (candidate.rule) {
    case "CS104":
    case "CS105":
      return (
        fixSecret(text, candidate, taken) ??
        fixAttach(text, candidate.range, taken) ??
        fixSetting(text, candidate, taken) ??
        fixCli(text, candidate, taken) ??
        fixScan(text, candidate.range, taken) ??
        fixPsqlMeta(text, candidate, taken) ??
        fixPsql(text, candidate, taken)
      );
    case "CS106":
      return fixSecret(text, candidate, taken);
    case "CS107":
      return (
        fixSetting(text, candidate, taken) ??
        fixCli(text, candidate, taken) ??
        fixPsql(text, candidate, taken)
      );
    case "CS110":
      return (
        fixSecret(text, candidate, taken) ??
        fixCatalogToken(text, candidate, taken) ??
        fixCli(text, candidate, taken) ??
        fixPsql(text, candidate, taken) ??
        fixTemplate(text, candidate, taken)
      );
    case "CS111":
      return fixPsqlMeta(text, candidate, taken);
    case "CS108":
      return (
        fixEncryption(text, candidate, taken) ??
        fixTemplate(text, candidate, taken)
      );
    default:
      return (
        fixSecret(text, candidate, taken) ??
        fixPsql(text, candidate, taken) ??
        fixTemplate(text, candidate, taken)
      );
  }
}
