import type { Finding } from "./finding";
import { mayHoldCredential } from "./gate";
import type { Judged } from "./judge";
import { judgeEnv } from "./lintEnv";
import { judgeSql } from "./sqlLint";
import type { LintLanguage } from "./language";
import { judgeYaml } from "./lintYaml";
import { defaultLintOptions, type LintOptions } from "./options";
import { reportOf, type LintReport } from "./report";

export type { LintLanguage } from "./language";

/** The credentials of a text with their candidates. Holds values: for the core only. */
export function judgeText(
  text: string,
  language: LintLanguage,
  fileName: string,
  options: LintOptions = defaultLintOptions,
): Judged[] {
  switch (language) {
    case "sql":
      return judgeSql(text, options).judged;
    case "yaml":
      return judgeYaml(text, fileName, options);
    case "env":
      return judgeEnv(text, options);
  }
}

/** The findings of a text in order of place, suppressed ones left out. Never throws. */
export function lint(
  text: string,
  language: LintLanguage,
  fileName = "",
  options: LintOptions = defaultLintOptions,
): readonly Finding[] {
  return lintReport(text, language, fileName, options).findings;
}

/** The findings of a text, and those that are not shown with the reason. Never throws. */
export function lintReport(
  text: string,
  language: LintLanguage,
  fileName: string,
  options: LintOptions,
): LintReport {
  if (language === "sql") {
    // It has a gate of its own, statement by statement.
    const { judged, mayHoldMark } = judgeSql(text, options);
    return reportOf(text, judged, language, fileName, options, mayHoldMark);
  }
  // Most texts stop here, before anything else is read in them.
  if (options.extraKeys.length === 0 && !mayHoldCredential(text)) {
    return { findings: [], suppressed: [] };
  }
  const judged = judgeText(text, language, fileName, options);
  return reportOf(text, judged, language, fileName, options);
}
