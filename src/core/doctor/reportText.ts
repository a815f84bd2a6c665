import { visibleText } from "../results/formatText";
import type { CheckStatus, DoctorCheck, DoctorReport } from "./report";

/** Checks about one thing, under its name. */
export interface CheckGroup {
  readonly title: string;
  readonly checks: readonly DoctorCheck[];
}

/** The checklist in groups: DuckDB, its file, its extensions, and then each attachment. */
export function groupChecks({ checks }: DoctorReport): CheckGroup[] {
  const groups = new Map<string, DoctorCheck[]>();
  const titles = new Map<string, string>();
  for (const check of checks) {
    const [topic = ""] = check.id.split(".");
    const isShared = topic in topics;
    const key = isShared ? topic : `:${check.subject}`;
    titles.set(key, topics[topic] ?? check.subject);
    groups.set(key, [...(groups.get(key) ?? []), check]);
  }
  return [...groups].map(([key, members]) => ({
    title: titles.get(key) ?? "",
    checks: members,
  }));
}

/** Topics that are no attachment. */
const topics: Readonly<Record<string, string>> = {
  engine: "DuckDB",
  file: "DuckDB file",
  extension: "Extensions",
};

/** How many checks ended how. */
export function countChecks({
  checks,
}: DoctorReport): Readonly<Record<CheckStatus, number>> {
  const count = (status: CheckStatus): number =>
    checks.filter((check) => check.status === status).length;
  return {
    pass: count("pass"),
    warn: count("warn"),
    fail: count("fail"),
    skipped: count("skipped"),
  };
}

/** `12 passed, 2 warnings, 1 failed, 3 skipped`. */
export function summaryText(report: DoctorReport): string {
  const { pass, warn, fail, skipped } = countChecks(report);
  return `${pass} passed, ${warn} ${warn === 1 ? "warning" : "warnings"}, ${fail} failed, ${skipped} skipped`;
}

/** A sign for each status; never alone, always beside a text. */
const signs: Readonly<Record<CheckStatus, string>> = {
  pass: "✓",
  warn: "!",
  fail: "✗",
  skipped: "-",
};

/** The report for a terminal. */
export function reportText(report: DoctorReport): string {
  const lines = groupChecks(report).flatMap(({ title, checks }) => [
    plain(title),
    ...checks.flatMap(checkLines),
    "",
  ]);
  return `${[...lines, summaryText(report)].join("\n")}\n`;
}

function checkLines({
  status,
  title,
  reason,
  hint,
  sql,
}: DoctorCheck): string[] {
  return [
    `  ${signs[status]} ${title}: ${plain(reason)}`,
    ...(hint === undefined ? [] : [`      Next step: ${plain(hint)}`]),
    ...(sql === undefined
      ? []
      : [
          "      SQL:",
          ...sql.split("\n").map((line) => `        ${plain(line)}`),
        ]),
  ];
}

/** The report for an issue or a chat. */
export function reportMarkdown(report: DoctorReport): string {
  const parts = groupChecks(report).map(({ title, checks }) =>
    [
      `## ${escaped(title)}`,
      "",
      ...checks.flatMap(({ status, title: what, reason, hint, sql }) => [
        `- ${statusWords[status]} **${escaped(what)}**: ${escaped(reason)}`,
        ...(hint === undefined ? [] : [`  - Next step: ${escaped(hint)}`]),
        ...(sql === undefined ? [] : ["", ...fenced(sql), ""]),
      ]),
    ].join("\n"),
  );
  return `# Viaduct Doctor\n\n${summaryText(report)}\n\n${parts.join("\n\n")}\n`;
}

const statusWords: Readonly<Record<CheckStatus, string>> = {
  pass: "✓ pass",
  warn: "⚠ warning",
  fail: "✗ fail",
  skipped: "– skipped",
};

/** A code block whose fence is longer than any in the text. */
function fenced(sql: string): string[] {
  const longest = Math.max(
    2,
    ...[...sql.matchAll(/`+/g)].map(([run]) => run.length),
  );
  const fence = "`".repeat(longest + 1);
  return [
    `  ${fence}sql`,
    ...sql.split("\n").map((line) => `  ${line}`),
    `  ${fence}`,
  ];
}

function escaped(text: string): string {
  return plain(text).replace(/[\\`*_{}[\]<>#|!]/g, "\\$&");
}

/** Names come from servers: what a terminal would act on is shown as a sign. */
function plain(text: string): string {
  return visibleText(text, 10_000);
}
