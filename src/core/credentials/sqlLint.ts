import { SegmentCache, type TextChange } from "../sql/segmentCache";
import type { Segment } from "../sql/segments";
import type { Token } from "../sql/token";
import type { Candidate, OffsetRange } from "./finding";
import { extraKeysInSql } from "./extraKeys";
import { mayHoldCredential } from "./gate";
import { judge, KnownClasses, type Judged } from "./judge";
import type { LintOptions } from "./options";
import { formedCandidates } from "./providerTokens";
import { documentRegion } from "./region";
import { usedSecrets } from "./sql/usedValues";
import { scanSegment } from "./sql/scan";
import { suspectSegments } from "./sql/suspects";
import { mayHoldMark } from "./suppressionMarks";

/** What is kept of a statement. */
interface SegmentFacts {
  readonly judged: readonly Judged[];
  readonly mayHoldMark: boolean;
}

/** The credentials of a SQL text that is being edited. Holds values: for the core only. */
export class SqlLint {
  private readonly cache: SegmentCache<SegmentFacts>;

  constructor(
    private text: string,
    private readonly options: LintOptions,
  ) {
    this.cache = new SegmentCache(text, (all, segment, tokens) => {
      const own = all.slice(segment.start, segment.end);
      return {
        judged: judgeSegment(all, segment, tokens, options),
        mayHoldMark: mayHoldMark(own, true),
      };
    });
  }

  /** Takes a change, and the text after it. */
  change(change: TextChange, text: string): void {
    this.text = text;
    this.cache.change(change, text);
  }

  /** False when no comment of the text suppresses anything: no mark goes over a statement's end. */
  mayHoldMark(): boolean {
    return this.cache.segments().some(({ found }) => found.mayHoldMark);
  }

  /** What is found, in order of place. */
  judged(): Judged[] {
    const found: Judged[] = [];
    for (const { found: own, moved } of this.cache.segments()) {
      for (const each of own.judged) {
        found.push(moved === 0 ? each : shifted(each, moved));
      }
    }
    return withUsedVariables(this.text, found, this.options);
  }
}

/** What was found in a text. */
interface SqlJudgement {
  readonly judged: Judged[];
  /** False when no comment of the text suppresses anything; undefined when it was not looked for. */
  readonly mayHoldMark: boolean | undefined;
}

/** The credentials of a SQL text with their candidates. Holds values: for the core only. */
export function judgeSql(text: string, options: LintOptions): SqlJudgement {
  if (options.extraKeys.length > 0) {
    const lint = new SqlLint(text, options);
    return { judged: lint.judged(), mayHoldMark: undefined };
  }
  const found: Judged[] = [];
  const suspects: OffsetRange[] = [];
  const classes = new KnownClasses("sql");
  // Most files stop here, before they are read at all, and of the others most statements are not looked at.
  suspectSegments(text, (segment) => {
    const { start, end } = segment;
    suspects.push({ start, end });
    const candidates = candidatesOf(text, segment, segment.tokens);
    if (candidates.length > 0) {
      // One by one: there may be more of them than a call takes arguments.
      for (const each of judge(candidates, "sql", options.rules, classes)) {
        found.push(each);
      }
    }
  });
  const judged =
    suspects.length === 0 ? found : withUsedVariables(text, found, options);
  // Without findings only marks of ours do anything, and what holds one is suspect.
  const mayHold =
    judged.length === 0
      ? suspects.some(({ start, end }) =>
          mayHoldMark(text.slice(start, end), false),
        )
      : undefined;
  return { judged, mayHoldMark: mayHold };
}

function withUsedVariables(
  text: string,
  found: Judged[],
  { rules }: LintOptions,
): Judged[] {
  const used: Candidate[] = [];
  usedSecrets(text, (candidate) => used.push(candidate));
  return used.length === 0 ? found : merge(found, judge(used, "sql", rules));
}

/** The credentials of one segment: it depends on the segment's own text alone. */
function judgeSegment(
  text: string,
  segment: Segment,
  tokens: () => readonly Token[],
  { extraKeys, rules }: LintOptions,
): readonly Judged[] {
  const own = text.slice(segment.start, segment.end);
  const candidates = mayHoldCredential(own)
    ? candidatesOf(text, segment, tokens())
    : [];
  for (const candidate of extraKeysInSql(own, extraKeys)) {
    candidates.push(movedBy(candidate, segment.start));
  }
  return candidates.length === 0 ? nothing : judge(candidates, "sql", rules);
}

function candidatesOf(
  text: string,
  segment: Segment,
  tokens: readonly Token[],
): Candidate[] {
  const candidates: Candidate[] = [];
  scanSegment(documentRegion(text), segment, tokens, (candidate) => {
    candidates.push(candidate);
  });
  const own = text.slice(segment.start, segment.end);
  for (const candidate of formedCandidates(own, "comment")) {
    candidates.push(movedBy(candidate, segment.start));
  }
  return candidates;
}

const nothing: readonly Judged[] = [];

function movedBy<T extends { readonly range: OffsetRange }>(
  what: T,
  by: number,
): T {
  const { start, end } = what.range;
  return { ...what, range: { start: start + by, end: end + by } };
}

function shifted({ candidate, finding }: Judged, by: number): Judged {
  return {
    candidate: movedBy(candidate, by),
    finding: movedBy(finding, by),
  };
}

/** Both in order of place, as each is; where two are at one place the first list's stays. */
function merge(first: readonly Judged[], second: readonly Judged[]): Judged[] {
  let next = 0;
  const kept = second.filter(({ finding: { range } }) => {
    while ((first[next]?.finding.range.end ?? Infinity) <= range.start) {
      next++;
    }
    return (first[next]?.finding.range.start ?? Infinity) >= range.end;
  });
  return [...first, ...kept].sort(
    (a, b) => a.finding.range.start - b.finding.range.start,
  );
}
