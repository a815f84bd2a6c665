import { SegmentCache, type TextChange } from "../sql/segmentCache";
import type { LexedSegment } from "../sql/segments";
import type { Candidate, OffsetRange, Report } from "./finding";
import { extraKeysInSql } from "./extraKeys";
import { mayHoldCredential } from "./gate";
import { judge, type Judged } from "./judge";
import type { LintOptions } from "./options";
import { formedCandidates } from "./providerTokens";
import { documentRegion } from "./region";
import { usedVariableSecrets } from "./sql/psql";
import { scanSegment } from "./sql/scan";

/** The credentials of a SQL text that is being edited. Holds values: for the core only. */
export class SqlLint {
  private readonly cache: SegmentCache<readonly Judged[]>;

  constructor(
    private text: string,
    private readonly options: LintOptions,
  ) {
    this.cache = new SegmentCache(text, (all, segment) =>
      judgeSegment(all, segment, options),
    );
  }

  /** Takes a change, and the text after it. */
  change(change: TextChange, text: string): void {
    this.text = text;
    this.cache.change(change, text);
  }

  /** What is found, in order of place. */
  judged(): Judged[] {
    const found: Judged[] = [];
    for (const { found: own, moved } of this.cache.segments()) {
      for (const each of own) {
        found.push(moved === 0 ? each : shifted(each, moved));
      }
    }
    const used: Candidate[] = [];
    usedVariableSecrets(this.text, (candidate) => used.push(candidate));
    return used.length === 0
      ? found
      : merge(found, judge(used, "sql", this.options.rules));
  }
}

/** The credentials of one segment: it depends on the segment's own text alone. */
function judgeSegment(
  text: string,
  segment: LexedSegment,
  { extraKeys, rules }: LintOptions,
): readonly Judged[] {
  const own = text.slice(segment.start, segment.end);
  const candidates: Candidate[] = [];
  const report: Report = (candidate) => candidates.push(candidate);
  if (mayHoldCredential(own)) {
    scanSegment(documentRegion(text), segment, report);
    for (const candidate of formedCandidates(own, "comment")) {
      report(movedBy(candidate, segment.start));
    }
  }
  for (const candidate of extraKeysInSql(own, extraKeys)) {
    report(movedBy(candidate, segment.start));
  }
  return candidates.length === 0 ? nothing : judge(candidates, "sql", rules);
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

/** Both in order of place; where two are at one place the first list's stays. */
function merge(first: readonly Judged[], second: readonly Judged[]): Judged[] {
  const kept = second.filter(({ finding: { range } }) =>
    first.every(
      ({ finding: other }) =>
        other.range.end <= range.start || other.range.start >= range.end,
    ),
  );
  return [...first, ...kept].sort(
    (a, b) => a.finding.range.start - b.finding.range.start,
  );
}
