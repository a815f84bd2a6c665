import type { RuleId } from "./ruleIds";
import type { RuleRecord } from "./ruleRecord";
import { anyRules } from "./rulesAny";
import { sqlRules } from "./rulesSql";
import { moreSqlRules } from "./rulesSqlMore";
import { yamlRules } from "./rulesYaml";
import { moreYamlRules } from "./rulesYamlMore";

/** Every rule by its id. */
export const rules: Readonly<Record<RuleId, RuleRecord>> = {
  ...sqlRules,
  ...moreSqlRules,
  ...yamlRules,
  ...moreYamlRules,
  ...anyRules,
};

/** The page of a rule. */
export function rulePage(rule: RuleId): string {
  return `https://github.com/viaduct-sql/viaduct/blob/main/docs/rules/${rule}.md`;
}
