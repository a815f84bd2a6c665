import {
  areHashParameters,
  hashAlgorithm,
  hashRounds,
  ValueHasher,
  type DeriveHash,
  type HashParameters,
} from "./fingerprint";
import type { RuleId } from "./ruleIds";

/** One finding that is known: nothing of its line, so that it stays known when the file around it changes. */
export interface BaselineEntry {
  /** Relative to the baseline's folder, with `/`. */
  readonly path: string;
  readonly rule: string;
  /** Salted hash of value, rule and path. */
  readonly hash: string;
}

/** The findings that a repository lives with. */
export interface Baseline extends HashParameters {
  readonly entries: readonly BaselineEntry[];
}

/** A value that was found, where. Stays within the process: it holds the value. */
export interface BaselineValue {
  readonly path: string;
  readonly rule: RuleId;
  readonly value: string;
}

/** A baseline without entries. `salt` is random, 32 hexadecimal digits. */
export function emptyBaseline(salt: string): Baseline {
  return { salt, rounds: hashRounds, entries: [] };
}

/** What a baseline file says, or in words why it cannot be read. */
export function readBaseline(
  text: string,
): { readonly baseline: Baseline } | { readonly problem: string } {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return { problem: "it is not JSON." };
  }
  const { version, algorithm, salt, rounds, findings } = asRecord(json);
  if (version !== 1) {
    return { problem: "its version is not 1." };
  }
  const parameters = { salt: String(salt), rounds: Number(rounds) };
  if (algorithm !== hashAlgorithm || !areHashParameters(parameters)) {
    return { problem: `its hashes are not of ${hashAlgorithm}.` };
  }
  if (!Array.isArray(findings)) {
    return { problem: "it has no list of findings." };
  }
  const entries: BaselineEntry[] = [];
  for (const each of findings as unknown[]) {
    const { path, rule, hash } = asRecord(each);
    if (
      typeof path !== "string" ||
      typeof rule !== "string" ||
      typeof hash !== "string"
    ) {
      return { problem: `its finding ${entries.length + 1} is incomplete.` };
    }
    // A path that was written on Windows by other hands is the same one.
    entries.push({ path: path.replaceAll("\\", "/"), rule, hash });
  }
  return { baseline: { ...parameters, entries } };
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null
    ? (value as Record<string, unknown>)
    : {};
}

/** A baseline as a file: one finding a line, in order, so that merges are easy. */
export function writeBaseline(baseline: Baseline): string {
  const { salt, rounds } = baseline;
  const head = { version: 1, algorithm: hashAlgorithm, salt, rounds };
  const lines = [...baseline.entries]
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
    .map(
      ({ path, rule, hash }) => `    ${JSON.stringify({ path, rule, hash })}`,
    );
  const list = lines.length === 0 ? "[]" : `[\n${lines.join(",\n")}\n  ]`;
  const start = JSON.stringify(head, null, 2).slice(0, -2);
  return `${start},\n  "findings": ${list}\n}\n`;
}

/** A baseline with further values in it. */
export function addToBaseline(
  baseline: Baseline,
  values: readonly BaselineValue[],
  derive: DeriveHash,
): Baseline {
  const matcher = new BaselineMatcher(baseline, derive);
  return withEntries(baseline, [
    ...baseline.entries,
    ...values.map((each) => matcher.entryOf(each)),
  ]);
}

/** The same salt with other entries, each once. */
export function withEntries(
  baseline: Baseline,
  entries: readonly BaselineEntry[],
): Baseline {
  const byKey = new Map(entries.map((entry) => [keyOf(entry), entry]));
  return { ...baseline, entries: [...byKey.values()] };
}

function keyOf({ path, rule, hash }: BaselineEntry): string {
  return `${path}\n${rule}\n${hash}`;
}

/** Tells whether a value is in a baseline, and which entries were never asked for. */
export class BaselineMatcher {
  private readonly hasher: ValueHasher;
  private readonly hashes = new Map<string, Set<string>>();
  private readonly used = new Set<string>();

  constructor(
    private readonly baseline: Baseline,
    derive: DeriveHash,
  ) {
    this.hasher = new ValueHasher(baseline, derive);
    for (const { path, rule, hash } of baseline.entries) {
      const key = `${path}\n${rule}`;
      this.hashes.set(key, (this.hashes.get(key) ?? new Set()).add(hash));
    }
  }

  /** Hashes only what the baseline could have: a value in a file without entries costs nothing. */
  has({ path, rule, value }: BaselineValue): boolean {
    const hashes = this.hashes.get(`${path}\n${rule}`);
    const entry =
      hashes === undefined ? null : this.entryOf({ path, rule, value });
    if (entry === null || hashes?.has(entry.hash) !== true) {
      return false;
    }
    this.used.add(keyOf(entry));
    return true;
  }

  /** The entry that a value has, in the baseline or not. */
  entryOf({ path, rule, value }: BaselineValue): BaselineEntry {
    return { path, rule, hash: this.hasher.hash(value, rule, path) };
  }

  /** Entries that no value matched, of the files for which `wasChecked` holds. */
  stale(wasChecked: (path: string) => boolean): readonly BaselineEntry[] {
    return this.baseline.entries.filter(
      (entry) => !this.used.has(keyOf(entry)) && wasChecked(entry.path),
    );
  }
}
