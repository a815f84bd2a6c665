import { firstIndex } from "../collections/firstIndex";
import type { OffsetRange } from "./finding";
import type { Suppression } from "./suppressionReach";

/** First and last line of a range. */
export type LinePair = readonly [OffsetRange, OffsetRange];

/** The lines of a finding: where a mark has to be for it. */
export interface FindingLines {
  /** First and last line of the value. */
  readonly own: LinePair;
  /** The same of the string or scalar that it is in: nearer no comment outside of it can stand. */
  readonly around: LinePair;
}

const nobody: readonly Suppression[] = [];

/**
 * Which suppressions hold for a finding. They lie in lists by how far they reach: among many that hold for a line each,
 * one that holds for a file would have all of them looked at for every finding.
 */
export class SuppressionIndex {
  private readonly order = new Map<Suppression, number>();
  private readonly lists: readonly SuppressionList[];

  constructor(all: readonly Suppression[]) {
    const within = byReach();
    const outside = byReach();
    all.forEach((each, index) => {
      this.order.set(each, index);
      const reach = reachOf(each);
      if (reach !== "none") {
        (each.isWithinValue ? within : outside)[reach].push(each);
      }
    });
    this.lists = (["file", "start", "line"] as const).flatMap((reach) => [
      new SuppressionList(within[reach], true, reach === "file"),
      new SuppressionList(outside[reach], false, reach === "file"),
    ]);
  }

  /** The first that holds for a finding of a rule on its lines. `take` gets all of them, once for each rule and place. */
  first(
    rule: string,
    lines: FindingLines,
    take: (by: Suppression) => void,
  ): Suppression | undefined {
    let first: Suppression | undefined;
    for (const list of this.lists) {
      const [own] = list.holders(rule, lines, take);
      if (
        own !== undefined &&
        (first === undefined || this.isBefore(own, first))
      ) {
        first = own;
      }
    }
    return first;
  }

  private isBefore(one: Suppression, other: Suppression): boolean {
    const by = one.lines.start - other.lines.start;
    return by === 0
      ? (this.order.get(one) ?? 0) < (this.order.get(other) ?? 0)
      : by < 0;
  }
}

function byReach(): Record<"file" | "start" | "line", Suppression[]> {
  return { file: [], start: [], line: [] };
}

function reachOf({ mark }: Suppression): "file" | "start" | "line" | "none" {
  switch (mark.reach) {
    case "file":
    case "start":
    case "none":
      return mark.reach;
    case "line":
    case "nextLine":
    case "end":
      return "line";
  }
}

/** Suppressions of one kind by where they hold, so that a finding is not compared with all of them. */
class SuppressionList {
  private readonly byStart: readonly Suppression[];
  /** For each, the furthest end up to it. */
  private readonly furthest: readonly number[];
  /** What holds for one finding holds for all of its rule on the same lines: thousands may stand on one. */
  private readonly known = new Map<string, readonly Suppression[]>();

  constructor(
    all: readonly Suppression[],
    private readonly isWithinValue: boolean,
    private readonly isForFile: boolean,
  ) {
    this.byStart = [...all].sort((a, b) => a.lines.start - b.lines.start);
    let end = 0;
    this.furthest = this.byStart.map(({ lines }) => {
      end = Math.max(end, lines.end);
      return end;
    });
  }

  holders(
    rule: string,
    { own, around }: FindingLines,
    take: (by: Suppression) => void,
  ): readonly Suppression[] {
    if (this.byStart.length === 0) {
      return nobody;
    }
    // From within a script it speaks of its own line, not of the script.
    const lines = this.isWithinValue ? own : around;
    const key = this.isForFile
      ? rule
      : `${rule} ${lines[0].start} ${lines[1].start}`;
    let found = this.known.get(key);
    if (found === undefined) {
      found = this.at(lines).filter((each) => holdsFor(each, rule, lines));
      found.forEach(take);
      this.known.set(key, found);
    }
    return found;
  }

  /** Those that can hold on lines, in order. */
  private at([first, last]: LinePair): Suppression[] {
    const { byStart } = this;
    const behind = firstIndex(
      byStart.length,
      (index) => (byStart[index]?.lines.start ?? 0) > last.end,
    );
    let from = behind;
    while (from > 0 && (this.furthest[from - 1] ?? 0) >= first.start) {
      from--;
    }
    return byStart.slice(from, behind);
  }
}

function holdsFor(
  { mark, lines }: Suppression,
  rule: string,
  pair: LinePair,
): boolean {
  return (
    (mark.rules.length === 0 || mark.rules.some(({ id }) => id === rule)) &&
    pair.some((line) => line.start <= lines.end && line.end >= lines.start)
  );
}
