import { firstIndex } from "../collections/firstIndex";
import { commentPlaces, type CommentPlaces } from "./commentPlaces";
import type { Finding, OffsetRange } from "./finding";
import type { LintLanguage } from "./language";
import type { RuleSettings } from "./options";
import { rules } from "./rules";
import { LineRanges } from "./lineRanges";
import {
  mayHoldMark,
  readMarks,
  type SuppressionMark,
} from "./suppressionMarks";
import {
  SuppressionIndex,
  type FindingLines,
  type LinePair,
} from "./suppressionIndex";
import { readSuppressions, type Suppression } from "./suppressionReach";

/** A finding that a comment suppresses. */
export interface CommentSuppressed {
  readonly finding: Finding;
  readonly by: "comment";
  /** What the comment gives as its reason; empty for none. */
  readonly reason: string;
}

/** What is left of a text's findings, and what its comments took. */
export interface AppliedSuppressions {
  readonly kept: readonly Finding[];
  readonly suppressed: readonly CommentSuppressed[];
}

/**
 * The findings that no comment suppresses, and one more for each of our suppressions that suppresses nothing.
 * `mayHold` is false when it is known already that no comment says anything.
 */
export function applySuppressions(
  text: string,
  findings: readonly Finding[],
  language: LintLanguage,
  settings: RuleSettings,
  mayHold = mayHoldMark(text, findings.length > 0),
): AppliedSuppressions {
  if (!mayHold) {
    return { kept: findings, suppressed: [] };
  }
  const marks = readMarks(text);
  if (marks.length === 0) {
    return { kept: findings, suppressed: [] };
  }
  const places = commentPlaces(text, language);
  const suppressions = readSuppressions(text, marks, places, findings);
  if (findings.length === 0) {
    const told = suppressions.flatMap(({ mark }) =>
      unused(mark, undefined, settings),
    );
    told.sort((a, b) => a.range.start - b.range.start);
    return { kept: told, suppressed: [] };
  }
  return applied(text, findings, suppressions, places, settings);
}

/** The same when there are findings. */
function applied(
  text: string,
  findings: readonly Finding[],
  all: readonly Suppression[],
  places: CommentPlaces,
  settings: RuleSettings,
): AppliedSuppressions {
  const suppressions = new SuppressionIndex(all);
  const used = new Map<Suppression, Set<string>>();
  const suppressed: CommentSuppressed[] = [];
  const ranges = new LineRanges(text);
  const kept = findings.filter((finding) => {
    const { rule } = finding;
    const lines = linesOf(ranges, finding.range, places);
    const first = suppressions.first(rule, lines, (by) => {
      used.set(by, (used.get(by) ?? new Set()).add(rule));
    });
    if (first !== undefined) {
      const { reason } = first.mark;
      suppressed.push({ finding, by: "comment", reason });
    }
    return first === undefined;
  });
  // A mark that is a value, or in one, was found as that.
  const told = all
    .flatMap((each) => unused(each.mark, used.get(each), settings))
    .filter(({ range }) => !isOver(kept, range));
  const inOrder = [...kept, ...told];
  inOrder.sort((a, b) => a.range.start - b.range.start);
  return { kept: inOrder, suppressed };
}

/** True for a range that has something in common with one of the findings, which are in order. */
function isOver(
  findings: readonly Finding[],
  { start, end }: OffsetRange,
): boolean {
  const next = firstIndex(
    findings.length,
    (each) => (findings[each]?.range.end ?? 0) > start,
  );
  return (findings[next]?.range.start ?? Infinity) < end;
}

function linesOf(
  ranges: LineRanges,
  range: OffsetRange,
  places: CommentPlaces,
): FindingLines {
  const around = places.valueAt(range.start) ?? range;
  const lines = (start: number, end: number): LinePair => [
    ranges.at(start),
    ranges.at(Math.max(start, end - 1)),
  ];
  return {
    own: lines(range.start, range.end),
    around: lines(
      Math.min(around.start, range.start),
      Math.max(around.end, range.end),
    ),
  };
}

/** CX305 for a mark of ours that nothing came of: for the whole of it, or for the rules that it names in vain. */
function unused(
  mark: SuppressionMark,
  used: ReadonlySet<string> | undefined,
  settings: RuleSettings,
): Finding[] {
  if (!mark.isOurs) {
    return [];
  }
  if (mark.reach === "none") {
    return [unusedAt(mark.range, "form")];
  }
  const isOff = (id: string): boolean =>
    (settings as Readonly<Record<string, string>>)[id] === "off";
  if (mark.rules.length === 0) {
    const isTold =
      used === undefined && !Object.values(settings).includes("off");
    return isTold ? [unusedAt(mark.range, "")] : [];
  }
  const vain = mark.rules.filter(({ id }) => used?.has(id) !== true);
  const broken = vain.filter(({ isForm }) => !isForm);
  const isSilenced = mark.rules.some(({ id }) => id === "CX305" || isOff(id));
  if (isSilenced) {
    return broken.map(({ range }) => unusedAt(range, "form"));
  }
  if (used === undefined && broken.length === 0) {
    return [unusedAt(mark.range, "")];
  }
  return vain.map(({ range, isForm }) => unusedAt(range, isForm ? "" : "form"));
}

function unusedAt(range: OffsetRange, subject: "form" | ""): Finding {
  const record = rules.CX305;
  return {
    rule: "CX305",
    severity: record.severity,
    message: record.message(subject, ""),
    range,
  };
}
