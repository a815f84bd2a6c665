import { classifyValue, type ValueClass, type ValueContext } from "./classify";
import type { Candidate, Finding } from "./finding";
import { masked } from "./mask";
import type { RuleSettings } from "./options";
import type { RuleId } from "./ruleIds";
import { rules } from "./rules";

/** A candidate that is a credential, with its finding. Stays within the core: it holds the value. */
export interface Judged {
  readonly candidate: Candidate;
  readonly finding: Finding;
}

/** Rules whose value is a password of a role, so that a hash of one can stand there. */
const hashRules: ReadonlySet<RuleId> = new Set<RuleId>([
  "CS101",
  "CS102",
  "CS103",
]);

/**
 * What the candidates are, in order of place, none over another. A rule that is off leaves its place to others. Who
 * judges a text part by part gives what is known of its values.
 */
export function judge(
  candidates: readonly Candidate[],
  language: "sql" | "yaml",
  settings: RuleSettings = {},
  classes = new KnownClasses(language),
): Judged[] {
  // Stable: of two at one place the one that was reported first stays.
  const inOrder = candidates
    // A NUL ends the text for the parser of YAML: what is behind it has no place.
    .filter(({ range }) => range.end > range.start)
    .sort((a, b) => a.range.start - b.range.start);
  const kept: Judged[] = [];
  let end = 0;
  for (const candidate of inOrder) {
    // What is over another is not even judged: the readings of one text may report it several times.
    const each =
      candidate.range.start < end ? null : judgeOne(candidate, classes);
    if (each !== null && settings[each.finding.rule] !== "off") {
      kept.push(each);
      end = candidate.range.end;
    }
  }
  return kept;
}

/** Longer values are hardly there twice. */
const longestKnown = 200;

/** So many keys and users of one value are kept. */
const mostOfOne = 20;

interface KnownClass extends ValueContext {
  readonly is: ValueClass;
}

/** What values of a text are, found out once for each: its readings report many of them several times. */
export class KnownClasses {
  private readonly known = new Map<string, KnownClass[]>();

  constructor(private readonly language: "sql" | "yaml") {}

  of({ key, rule, user, value }: Candidate): ValueClass {
    const { known } = this;
    // SQL within YAML takes a value as SQL does. A comment may be in either.
    const isSql = rule.startsWith("CS") && rule !== "CS112";
    const language = isSql ? "sql" : this.language;
    if (value.length > longestKnown) {
      return classifyValue(value, { key, language, user });
    }
    const all = known.get(value) ?? [];
    // Those of one value are few: more than so many are not kept.
    const same = all.find(
      (each) =>
        each.key === key && each.user === user && each.language === language,
    );
    if (same !== undefined) {
      return same.is;
    }
    const is = classifyValue(value, { key, language, user });
    if (all.length < mostOfOne) {
      all.push({ key, language, user, is });
      known.set(value, all);
    }
    return is;
  }
}

/** True for a rule about what is a credential by its own form. */
export function isFormed(rule: RuleId): boolean {
  return rule === "CX301" || rule === "CX302" || rule === "CX303";
}

function judgeOne(candidate: Candidate, classes: KnownClasses): Judged | null {
  const { rule } = candidate;
  switch (isFormed(rule) ? "literal" : classes.of(candidate)) {
    case "literal":
      return finding(candidate, rule);
    case "weakDefault":
      return finding(candidate, rule === "CS112" ? "CS112" : "CX304");
    case "hash":
      return hashRules.has(rule) ? finding(candidate, "CS114") : null;
    case "empty":
    case "placeholder":
    case "envRef":
    case "templateRef":
    case "secretRef":
    case "path":
    case "url":
    case "encrypted":
      return null;
  }
}

/** More of a name says nothing to anybody, and a file may have thousands of findings. */
const longestShown = 200;

function finding(candidate: Candidate, rule: RuleId): Judged {
  const record = rules[rule];
  // The subject and the key come from the text: neither may repeat the value.
  const safe = (word: string): string =>
    word.includes(candidate.value) ? "" : word.slice(0, longestShown);
  return {
    candidate,
    finding: {
      rule,
      severity: candidate.isThrowAway === true ? "info" : record.severity,
      message: record.message(
        safe(candidate.subject ?? ""),
        safe(candidate.key) || "the credential",
      ),
      range: candidate.range,
      masked: masked(candidate.value),
    },
  };
}
