import type { Finding, OffsetRange } from "./finding";
import type { RuleSettings } from "./options";
import type { SuppressedFinding } from "./report";
import { rules } from "./rules";

const mark =
  /(?:--|#|\/\*|\/\/)[^\n]*?(?:credlint:ignore((?:[ \t,]+C[SXY]\d{3})*)|pragma: ?allowlist[ -]secret|gitleaks:allow|NOSONAR)/g;

interface Suppression {
  readonly range: OffsetRange;
  /** Rules that it names; every rule when it names none. */
  readonly rules: readonly string[];
  /** Lines it holds for, by their offsets. */
  readonly lines: OffsetRange;
  /** Only our own form is reported when it is unused: the others are there for other tools. */
  readonly isOurs: boolean;
}

/** The findings that no comment suppresses, and one more for each of our suppressions that suppresses nothing. */
export function applySuppressions(
  text: string,
  findings: readonly Finding[],
  settings: RuleSettings,
): { kept: readonly Finding[]; suppressed: readonly SuppressedFinding[] } {
  if (
    !/credlint:ignore|allowlist[ -]secret|gitleaks:allow|NOSONAR/.test(text)
  ) {
    return { kept: findings, suppressed: [] };
  }
  const suppressions = readSuppressions(text);
  const used = new Set<Suppression>();
  const suppressed: SuppressedFinding[] = [];
  const kept = findings.filter((finding) => {
    const by = suppressions.filter((each) => holdsFor(each, finding));
    by.forEach((each) => used.add(each));
    if (by.length > 0) {
      suppressed.push({ finding, by: "comment", reason: "" });
    }
    return by.length === 0;
  });
  const record = rules.CX305;
  for (const each of suppressions) {
    const isOn =
      each.rules.length === 0 ||
      each.rules.some((rule) => settings[rule as Finding["rule"]] !== "off");
    if (each.isOurs && isOn && !used.has(each)) {
      kept.push({
        rule: "CX305",
        severity: record.severity,
        message: record.message("", ""),
        range: each.range,
      });
    }
  }
  kept.sort((a, b) => a.range.start - b.range.start);
  return { kept, suppressed };
}

function readSuppressions(text: string): Suppression[] {
  const found: Suppression[] = [];
  for (const match of text.matchAll(mark)) {
    const end = match.index + match[0].length;
    const lineStart = text.lastIndexOf("\n", match.index) + 1;
    const lineEnd = endOfLine(text, end);
    // Alone on its line it holds for the next one.
    const isAlone = text.slice(lineStart, match.index).trim() === "";
    const until =
      isAlone && lineEnd < text.length ? endOfLine(text, lineEnd + 1) : lineEnd;
    const at = match[0].lastIndexOf("credlint:ignore");
    found.push({
      range: { start: match.index + Math.max(at, 0), end },
      rules: match[1]?.match(/C[SXY]\d{3}/g) ?? [],
      lines: { start: lineStart, end: until },
      isOurs: at >= 0,
    });
  }
  return found;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}

function holdsFor(each: Suppression, finding: Finding): boolean {
  const { start } = finding.range;
  return (
    start >= each.lines.start &&
    start <= each.lines.end &&
    (each.rules.length === 0 || each.rules.includes(finding.rule))
  );
}
