import type { ErrorInfo } from "../errors/errorInfo";
import type { Fact } from "./facts";
import type { CheckStatus, DoctorCheck, DoctorFix } from "./report";

/** What may be said beside status and reason. */
export interface CheckDetails {
  readonly hint?: string;
  readonly fixes?: readonly DoctorFix[];
  readonly sql?: string;
}

/** How a check came out: without its name. */
export interface Verdict extends CheckDetails {
  readonly status: CheckStatus;
  readonly reason: string;
}

/** What is checked, and about what. */
export interface Subject {
  readonly id: string;
  readonly subject: string;
  readonly title: string;
}

/** A line of the checklist; SQL always comes with the offer to copy it. */
export function makeCheck(
  { id, subject, title }: Subject,
  { status, reason, hint, fixes = [], sql }: Verdict,
): DoctorCheck {
  return {
    id,
    subject,
    title,
    status,
    reason,
    fixes: sql === undefined ? fixes : [...fixes, "copySql"],
    ...(hint === undefined ? {} : { hint }),
    ...(sql === undefined ? {} : { sql }),
  };
}

/** It is as it should be. */
export function pass(reason: string): Verdict {
  return { status: "pass", reason };
}

/** It works, and should be looked at. */
export function warn(reason: string, details: CheckDetails = {}): Verdict {
  return { status: "warn", reason, ...details };
}

/** It does not work. */
export function fail(reason: string, details: CheckDetails = {}): Verdict {
  return { status: "fail", reason, ...details };
}

/** There was nothing to check, for this reason. */
export function skip(reason: string): Verdict {
  return { status: "skipped", reason };
}

/** An error as the outcome of a check. Running the doctor is what the user has just done. */
export function failed(problem: ErrorInfo): Verdict {
  return fail(sentenceOf(problem.message), {
    hint: problem.hint,
    fixes: problem.actions.filter((action) => !pointless.has(action)),
  });
}

/** Actions that mean nothing outside of a run, or that are done already. */
const pointless: ReadonlySet<string> = new Set([
  "runDoctor",
  "retry",
  "goToError",
  "attachWithWrites",
]);

/** The verdict over a fact; one that could not be seen is a warning: nothing is known to be wrong. */
export function judge<T>(
  fact: Fact<T>,
  decide: (value: T) => Verdict,
): Verdict {
  return fact.ok
    ? decide(fact.value)
    : warn(`It could not be checked: ${sentenceOf(fact.problem.message)}`);
}

/** `1 table`, `3 tables`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** A few names, and how many more there are. */
export function namesOf(names: readonly string[], total: number): string {
  const more = total - names.length;
  return names.join(", ") + (more > 0 ? ` and ${more} more` : "");
}

/** `512 bytes`, `1.5 MB`: powers of 1024, as `pg_size_pretty`. */
export function sizeText(bytes: number): string {
  const units = ["kB", "MB", "GB", "TB"];
  if (bytes < 1024) {
    return counted(bytes, "byte");
  }
  let value = bytes;
  let unit = "";
  for (const name of units) {
    if (value < 1024) {
      break;
    }
    value /= 1024;
    unit = name;
  }
  return `${value < 10 ? value.toFixed(1).replace(/\.0$/, "") : Math.round(value)} ${unit}`;
}

/** One line of a message that may have several, with its full stop. */
function sentenceOf(message: string): string {
  const line = message.split("\n", 1)[0]?.trim() ?? "";
  return /[.!?]$/.test(line) ? line : `${line}.`;
}
