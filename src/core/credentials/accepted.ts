import { BaselineMatcher, type Baseline, type BaselineEntry } from "./baseline";
import {
  readAllowedValue,
  ValueHasher,
  type AllowedValue,
  type DeriveHash,
} from "./fingerprint";
import type { Acceptance } from "./options";
import type { RuleId } from "./ruleIds";

/** Decides which values are accepted: by the allowed values of the settings, and by a baseline. */
export class AcceptedValues {
  private readonly matcher: BaselineMatcher | null;
  private readonly allowed: readonly {
    readonly hasher: ValueHasher;
    readonly hashes: ReadonlySet<string>;
  }[];

  constructor(
    allowed: readonly string[],
    baseline: Baseline | null,
    /** The path of a file as the baseline has it; null for one that is not below its folder. */
    private readonly pathOf: (fileName: string) => string | null,
    derive: DeriveHash,
  ) {
    this.matcher =
      baseline === null ? null : new BaselineMatcher(baseline, derive);
    this.allowed = bySalt(
      allowed.map(readAllowedValue).filter((each) => each !== null),
      derive,
    );
  }

  /** Why a value is accepted, or null. */
  accepts(value: string, rule: RuleId, fileName: string): Acceptance | null {
    if (this.allowed.some((each) => each.hashes.has(each.hasher.hash(value)))) {
      return "allowedValue";
    }
    const path = this.matcher === null ? null : this.pathOf(fileName);
    return path !== null && this.matcher?.has({ path, rule, value }) === true
      ? "baseline"
      : null;
  }

  /** Entries of the baseline that nothing matched, of the files for which `wasChecked` holds. */
  stale(wasChecked: (path: string) => boolean): readonly BaselineEntry[] {
    return this.matcher?.stale(wasChecked) ?? [];
  }
}

/** Values with one salt are hashed once for all of them. */
function bySalt(
  allowed: readonly AllowedValue[],
  derive: DeriveHash,
): { hasher: ValueHasher; hashes: Set<string> }[] {
  const found = new Map<string, { hasher: ValueHasher; hashes: Set<string> }>();
  for (const each of allowed) {
    const key = `${each.salt}:${each.rounds}`;
    const one = found.get(key) ?? {
      hasher: new ValueHasher(each, derive),
      hashes: new Set<string>(),
    };
    one.hashes.add(each.hash);
    found.set(key, one);
  }
  return [...found.values()];
}
