import type { Finding } from "./finding";
import type { Judged } from "./judge";
import type { LintLanguage } from "./language";
import type { Acceptance, LintOptions } from "./options";
import { applySuppressions } from "./suppress";

/** A finding that is not shown, and why. */
export interface SuppressedFinding {
  readonly finding: Finding;
  readonly by: "comment" | Acceptance;
  /** What the comment gives as its reason; empty for none. */
  readonly reason: string;
}

/** What came of a text: each list in order of place. */
export interface LintReport {
  readonly findings: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
}

/**
 * What of the credentials of a text is shown: not what a comment, an allowed value, the baseline or a setting leaves
 * out. `mayHoldMark` is false when it is known already that no comment says anything.
 */
export function reportOf(
  text: string,
  judged: readonly Judged[],
  language: LintLanguage,
  fileName: string,
  options: LintOptions,
  mayHoldMark?: boolean,
): LintReport {
  if (judged.length === 0 && mayHoldMark === false) {
    return { findings: [], suppressed: [] };
  }
  const values = new Map(
    judged.map(({ candidate, finding }) => [finding, candidate.value]),
  );
  const applied = applySuppressions(
    text,
    [...values.keys()],
    language,
    options.rules,
    mayHoldMark,
  );
  const findings: Finding[] = [];
  const suppressed: SuppressedFinding[] = [...applied.suppressed];
  for (const found of applied.kept) {
    const finding = withSetting(found, options);
    const value = values.get(found);
    if (finding === null) {
      continue;
    }
    const by =
      value === undefined ? null : options.accepts(value, found.rule, fileName);
    if (by === null) {
      findings.push(finding);
    } else {
      suppressed.push({ finding, by, reason: "" });
    }
  }
  suppressed.sort((a, b) => a.finding.range.start - b.finding.range.start);
  return { findings, suppressed };
}

function withSetting(finding: Finding, { rules }: LintOptions): Finding | null {
  const setting = rules[finding.rule];
  if (setting === undefined || setting === finding.severity) {
    return finding;
  }
  return setting === "off" ? null : { ...finding, severity: setting };
}
