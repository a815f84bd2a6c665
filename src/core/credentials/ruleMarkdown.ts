import type { RuleId } from "./ruleIds";
import type { RuleRecord } from "./ruleRecord";
import { rules } from "./rules";

const severities = {
  error: "error",
  warning: "warning",
  info: "information",
} as const;

/** The page of a rule in `docs/rules`, made of its record alone. */
export function ruleMarkdown(rule: RuleId): string {
  const record: RuleRecord = rules[rule];
  const { title, severity, why, remedy, bounds, example } = record;
  const { language, bad, good } = example;
  const fence = (text: string): string =>
    `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
  const comment = language === "sql" ? "--" : "#";
  return `# ${rule}: ${title}

Severity: ${severities[severity]}.

${why}

Found:

${fence(bad)}

Instead:

${fence(good)}

${remedy}
${bounds === undefined ? "" : `\n${bounds}\n`}
To keep a finding as it is, end its line with \`${comment} credlint:ignore ${rule} why\`.
`;
}
