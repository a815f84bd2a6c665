import type { Severity } from "./finding";

/** One example of a rule's page: both texts are checked by a test to behave as they are filed. */
export interface RuleExample {
  readonly language: "sql" | "yaml";
  readonly bad: string;
  readonly good: string;
}

/** What is known of a rule: its finding's words, its page, its examples. */
export interface RuleRecord {
  readonly title: string;
  readonly severity: Severity;
  /** Words of the finding; `subject` is whose credential it is, `key` the option that has it. */
  message(subject: string, key: string): string;
  readonly why: string;
  /** What to do instead. */
  readonly remedy: string;
  /** What it takes in or leaves out that one may ask about, and the reason. */
  readonly bounds?: string;
  readonly example: RuleExample;
}

/** ` "x"`, or nothing. */
export function named(subject: string): string {
  return subject === "" ? "" : ` "${subject.slice(0, 60)}"`;
}
