import type { RuleId } from "../core/credentials/ruleIds";
import { openRuleCommand } from "../protocol/server";

/**
 * Where the editor goes for a rule: the page that is installed with the extension, which is there offline and is that of
 * this version. SARIF has a URL instead, because nothing else can run a command of the editor.
 */
export function ruleLink(rule: RuleId): string {
  return `command:${openRuleCommand}?${encodeURIComponent(JSON.stringify([rule]))}`;
}
