import { commentPlaces, type CommentPlaces } from "./commentPlaces";
import type { Finding, OffsetRange } from "./finding";
import type { LintLanguage } from "./language";
import type { RuleSettings } from "./options";
import { rules } from "./rules";
import {
  endOfLine,
  mayHoldMark,
  readMarks,
  type SuppressionMark,
} from "./suppressionMarks";

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

interface Suppression {
  readonly mark: SuppressionMark;
  /** Lines it holds for, by their offsets. */
  readonly lines: OffsetRange;
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
  const suppressions = new SuppressionIndex(
    readSuppressions(text, marks, places),
  );
  const used = new Map<Suppression, Set<string>>();
  const suppressed: CommentSuppressed[] = [];
  const kept = findings.filter((finding) => {
    const lines = linesOf(text, finding.range, places);
    const by = suppressions
      .around(lines)
      .filter((each) => holdsFor(each, finding, lines));
    for (const each of by) {
      used.set(each, (used.get(each) ?? new Set()).add(finding.rule));
    }
    const [first] = by;
    if (first !== undefined) {
      const { reason } = first.mark;
      suppressed.push({ finding, by: "comment", reason });
    }
    return first === undefined;
  });
  for (const each of suppressions.all) {
    kept.push(...unused(each.mark, used.get(each), settings));
  }
  kept.sort((a, b) => a.range.start - b.range.start);
  return { kept, suppressed };
}

/** Suppressions by where they hold, so that a finding is not compared with all of them. */
class SuppressionIndex {
  private readonly byStart: readonly Suppression[];
  /** For each, the furthest end up to it. */
  private readonly furthest: readonly number[];

  constructor(readonly all: readonly Suppression[]) {
    this.byStart = [...all].sort((a, b) => a.lines.start - b.lines.start);
    let end = 0;
    this.furthest = this.byStart.map(({ lines }) => {
      end = Math.max(end, lines.end);
      return end;
    });
  }

  /** Those that can hold for a finding on lines, in order. */
  around([first, last]: readonly [OffsetRange, OffsetRange]): Suppression[] {
    let low = 0;
    let high = this.byStart.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.byStart[middle]?.lines.start ?? 0) <= last.end) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    let from = low;
    while (from > 0 && (this.furthest[from - 1] ?? 0) >= first.start) {
      from--;
    }
    return this.byStart.slice(from, low);
  }
}

function readSuppressions(
  text: string,
  marks: readonly SuppressionMark[],
  places: CommentPlaces,
): Suppression[] {
  const found: Suppression[] = [];
  const ends = new Map<number, number>();
  const real = marks.flatMap((mark) => {
    const comment = places.commentAt(mark.range.start);
    return comment === null ? [] : [{ mark, comment }];
  });
  real.forEach(({ mark, comment }, index) => {
    switch (mark.reach) {
      case "file":
        found.push({ mark, lines: { start: 0, end: text.length } });
        break;
      case "start": {
        const end = real.find(
          (each, other) => other > index && each.mark.reach === "end",
        );
        const lines = {
          start: startOfLine(text, mark.range.start),
          end: end?.mark.range.start ?? text.length,
        };
        found.push({ mark, lines });
        break;
      }
      case "line":
      case "nextLine":
        found.push({ mark, lines: linesBy(text, mark, comment, places, ends) });
        break;
      case "end":
        break;
    }
  });
  return found;
}

/** The lines of the comment, and when it is alone on them, the next one of code with the comments before it. */
function linesBy(
  text: string,
  mark: SuppressionMark,
  comment: OffsetRange,
  places: CommentPlaces,
  ends: Map<number, number>,
): OffsetRange {
  const start = startOfLine(text, comment.start);
  const end = endOfLine(text, comment.end);
  const begin = mark.reach === "nextLine" ? end + 1 : start;
  const isAlone =
    text.slice(start, comment.start).trim() === "" &&
    text.slice(comment.end, end).trim() === "";
  if (!isAlone && mark.reach === "line") {
    return { start, end };
  }
  const until = codeBehind(text, end, places, ends);
  return { start: begin, end: until };
}

/** The end of the next line of code behind a line's end, comments in between; `ends` remembers it for each of those. */
function codeBehind(
  text: string,
  from: number,
  places: CommentPlaces,
  ends: Map<number, number>,
): number {
  const passed: number[] = [];
  let end = from;
  while (end < text.length) {
    const known = ends.get(end);
    if (known !== undefined) {
      end = known;
      break;
    }
    passed.push(end);
    const next = end + 1;
    end = endOfLine(text, next);
    const first = next + text.slice(next, end).search(/\S|$/);
    const other = places.commentAt(first + 2);
    if (other?.start !== first) {
      break;
    }
    end = Math.max(end, endOfLine(text, other.end));
    if (text.slice(other.end, end).trim() !== "") {
      break;
    }
  }
  for (const each of passed) {
    ends.set(each, end);
  }
  return end;
}

/** First and last line of a value, or of the string or scalar that it is in: nearer no comment can stand. */
function linesOf(
  text: string,
  range: OffsetRange,
  places: CommentPlaces,
): readonly [OffsetRange, OffsetRange] {
  const around = places.valueAt(range.start) ?? range;
  const line = (offset: number): OffsetRange => ({
    start: startOfLine(text, offset),
    end: endOfLine(text, offset),
  });
  const start = Math.min(around.start, range.start);
  const end = Math.max(around.end, range.end);
  return [line(start), line(Math.max(start, end - 1))];
}

function holdsFor(
  { mark, lines }: Suppression,
  finding: Finding,
  [first, last]: readonly [OffsetRange, OffsetRange],
): boolean {
  const touches = (line: OffsetRange): boolean =>
    line.start <= lines.end && line.end >= lines.start;
  const own = { start: finding.range.start, end: finding.range.start };
  return (
    (mark.rules.length === 0 ||
      mark.rules.some(({ id }) => id === finding.rule)) &&
    (touches(own) || touches(first) || touches(last))
  );
}

/** CX305 for a mark of ours that nothing came of: for the whole of it, or for the rules that it names in vain. */
function unused(
  mark: SuppressionMark,
  used: ReadonlySet<string> | undefined,
  settings: RuleSettings,
): Finding[] {
  const isOff = (id: string): boolean =>
    (settings as Readonly<Record<string, string>>)[id] === "off";
  const isSilenced =
    mark.rules.some(({ id }) => id === "CX305" || isOff(id)) ||
    (mark.rules.length === 0 && Object.values(settings).includes("off"));
  if (!mark.isOurs || isSilenced) {
    return [];
  }
  const vain = mark.rules.filter(({ id }) => used?.has(id) !== true);
  const ranges =
    used === undefined ? [mark.range] : vain.map(({ range }) => range);
  const record = rules.CX305;
  return ranges.map((range) => ({
    rule: "CX305",
    severity: record.severity,
    message: record.message("", ""),
    range,
  }));
}

function startOfLine(text: string, offset: number): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}
