import { firstIndex } from "../collections/firstIndex";
import type { CommentPlaces } from "./commentPlaces";
import type { Finding, OffsetRange } from "./finding";
import { LineRanges } from "./lineRanges";
import type { SuppressionMark } from "./suppressionMarks";

/** A mark in a comment, and where it holds. */
export interface Suppression {
  readonly mark: SuppressionMark;
  /** Lines it holds for, by their offsets. */
  readonly lines: OffsetRange;
  /** True for one among the lines of a block scalar: in a script, in SQL. */
  readonly isWithinValue: boolean;
}

/** The marks that are in comments. What is found, in order, tells how far each reaches. */
export function readSuppressions(
  text: string,
  marks: readonly SuppressionMark[],
  places: CommentPlaces,
  findings: readonly Finding[],
): Suppression[] {
  const found: Suppression[] = [];
  const lines = new LineRanges(text);
  const reach = new Reach(text, places, lines, findings);
  const real = marks.flatMap((mark) => {
    const comment = places.commentAt(mark.range.start);
    return comment === null ? [] : [{ mark, comment }];
  });
  const ends = nextEnds(real.map(({ mark }) => mark));
  const begun = new Set<string>();
  real.forEach(({ mark, comment }, index) => {
    const around = places.valueAt(comment.start);
    const isWithinValue =
      around !== null && comment.start > lines.at(around.start).end;
    const add = (held: OffsetRange): void => {
      found.push({ mark, lines: held, isWithinValue });
    };
    switch (mark.reach) {
      case "file":
        add({ start: 0, end: text.length });
        break;
      case "start": {
        const end = ends[index] ?? text.length;
        // One that begins within another, and ends with it, adds nothing.
        const key = `${end} ${isWithinValue}`;
        if (!begun.has(key)) {
          begun.add(key);
          add({ start: lines.at(mark.range.start).start, end });
        }
        break;
      }
      case "line":
      case "nextLine": {
        const limit = isWithinValue ? around.end : text.length;
        add(reach.of(mark, comment, limit));
        break;
      }
      case "none":
        add(mark.range);
        break;
      case "end":
        break;
    }
  });
  return found;
}

/** For each mark, where the next one stands that ends what others begin. */
function nextEnds(
  marks: readonly SuppressionMark[],
): readonly (number | undefined)[] {
  let next: number | undefined;
  return marks
    .map(({ range, reach }) => {
      return reach === "end" ? range.start : undefined;
    })
    .reverse()
    .map((at) => {
      const behind = next;
      next = at ?? next;
      return behind;
    })
    .reverse();
}

/** How much of a line before a mark is looked at: a line of marks alone would take time by its square. */
const maxSaid = 200;

/** True before the mark of a line that was commented out with it: `-- SELECT 1; -- credlint:ignore`. */
function isBehindText(said: string): boolean {
  // Most marks are the first that their comment says.
  if (/^[-#/*\s]*$/.test(said)) {
    return false;
  }
  const opener = /(?:--|#|\/\/|\/\*)$/.exec(said.trimEnd());
  return opener !== null && /[\p{L}\d]/u.test(said.slice(0, opener.index));
}

/** The first offset of a range that has no white space, or its end. */
function firstVisible(text: string, start: number, end: number): number {
  const code = text.charCodeAt(start);
  const isVisible = start < end && code > 32 && code < 127;
  return isVisible ? start : start + text.slice(start, end).search(/\S|$/);
}

function isBlank(text: string, start: number, end: number): boolean {
  return start >= end || text.slice(start, end).trim() === "";
}

/** How far marks for one line reach. */
class Reach {
  private readonly found: FoundByRule;
  /** The end of the code behind the end of each comment that was passed. */
  private readonly ends = new Map<number, number>();

  constructor(
    private readonly text: string,
    private readonly places: CommentPlaces,
    private readonly lines: LineRanges,
    findings: readonly Finding[],
  ) {
    this.found = new FoundByRule(findings);
  }

  /**
   * The line of the mark when it has a finding for it or was behind it before it was a comment, or else the comment's lines; those alone when the comment stands
   * behind code or has a finding on them, or else up to the next line that has one or is code.
   */
  of(mark: SuppressionMark, comment: OffsetRange, limit: number): OffsetRange {
    const { text, found, lines } = this;
    const { start } = lines.at(comment.start);
    const { end } = lines.at(comment.end);
    if (mark.reach === "nextLine") {
      return { start: end + 1, end: this.behind(mark, end, limit) };
    }
    const line = lines.at(mark.range.start);
    const said = text.slice(
      Math.max(comment.start, line.start, mark.range.start - maxSaid),
      mark.range.start,
    );
    if (isBehindText(said) || found.first(mark, line) !== undefined) {
      return line;
    }
    const isAlone =
      isBlank(text, start, comment.start) && isBlank(text, comment.end, end);
    const isForComment =
      !isAlone || found.first(mark, { start, end }) !== undefined;
    return { start, end: isForComment ? end : this.behind(mark, end, limit) };
  }

  /** The end of the next line of code, or of a comment before it that has a finding. */
  private behind(mark: SuppressionMark, from: number, limit: number): number {
    const { places, lines } = this;
    const until = Math.min(this.codeBehind(from), limit);
    const next = this.found.first(mark, { start: from + 1, end: until });
    const comment =
      next === undefined ? null : places.commentAt(next.range.start);
    return next === undefined || comment === null
      ? until
      : Math.min(until, lines.at(Math.max(comment.end, next.range.end)).end);
  }

  /** The end of the next line of code behind a line's end, comments in between: kept for each of those. */
  private codeBehind(from: number): number {
    const { text, places, lines, ends } = this;
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
      ({ end } = lines.at(next));
      const first = firstVisible(text, next, end);
      const other = places.commentAt(first + 1);
      if (other?.start !== first) {
        break;
      }
      end = Math.max(end, lines.at(other.end).end);
      if (!isBlank(text, other.end, end)) {
        break;
      }
    }
    for (const each of passed) {
      ends.set(each, end);
    }
    return end;
  }
}

/** Findings by rule, so that a mark is not compared with all of them. */
class FoundByRule {
  private readonly byRule = new Map<string, Finding[]>();

  /** Takes them in order of place, none over another. */
  constructor(private readonly all: readonly Finding[]) {
    for (const finding of all) {
      const known = this.byRule.get(finding.rule);
      if (known === undefined) {
        this.byRule.set(finding.rule, [finding]);
      } else {
        known.push(finding);
      }
    }
  }

  /** The first one on lines that a mark is for. */
  first({ rules }: SuppressionMark, lines: OffsetRange): Finding | undefined {
    if (rules.length === 0) {
      return firstOn(this.all, lines);
    }
    return rules
      .flatMap(({ id }) => firstOn(this.byRule.get(id) ?? [], lines) ?? [])
      .sort((a, b) => a.range.start - b.range.start)[0];
  }
}

function firstOn(
  list: readonly Finding[],
  { start, end }: OffsetRange,
): Finding | undefined {
  const index = firstIndex(
    list.length,
    (each) => (list[each]?.range.end ?? 0) > start,
  );
  const found = list[index];
  return found !== undefined && found.range.start <= end ? found : undefined;
}
