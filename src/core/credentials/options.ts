import type { Severity } from "./finding";
import type { RuleId } from "./ruleIds";

/** How much the findings of a rule matter, or that there are none. */
export type RuleSetting = Severity | "off";

/** Settings of rules that differ from the rules' own severities. */
export type RuleSettings = Readonly<Partial<Record<RuleId, RuleSetting>>>;

/** Why a finding is known and accepted: its value is no credential, or it was there before the lint was. */
export type Acceptance = "allowedValue" | "baseline";

/** What a user can say about the lint. */
export interface LintOptions {
  readonly rules: RuleSettings;
  /** Further names whose value is a credential, in any spelling of their words; `*` stands for anything. */
  readonly extraKeys: readonly string[];
  /** Whether a value is accepted in a file; null when it is not. Holds hashes, never values. */
  accepts(value: string, rule: RuleId, fileName: string): Acceptance | null;
}

/** Every rule at its own severity, nothing added, nothing accepted. */
export const defaultLintOptions: LintOptions = {
  rules: {},
  extraKeys: [],
  accepts: () => null,
};
