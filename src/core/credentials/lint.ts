import type { Finding } from "./finding";
import type { Judged } from "./judge";
import { judgeSql } from "./lintSql";
import { judgeYaml } from "./lintYaml";
import { applySuppressions } from "./suppress";

/** What a document is read as. */
export type LintLanguage = "sql" | "yaml";

/** The credentials of a text with their candidates. Holds values: for the core only. */
export function judgeText(
  text: string,
  language: LintLanguage,
  fileName: string,
): Judged[] {
  return language === "sql" ? judgeSql(text) : judgeYaml(text, fileName);
}

/** The findings of a text in order of place, suppressed ones left out. Never throws. */
export function lint(
  text: string,
  language: LintLanguage,
  fileName = "",
): Finding[] {
  return applySuppressions(
    text,
    judgeText(text, language, fileName).map((each) => each.finding),
  );
}
