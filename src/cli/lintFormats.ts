import type { Severity } from "../core/credentials/finding";
import type { LintFormat } from "./lintArguments";
import type { FileFinding } from "./lintOne";
import type { LintOutcome } from "./lintOutcome";
import { sarif } from "./lintSarif";

/** A run in each form. */
export const formatters: Readonly<
  Record<LintFormat, (outcome: LintOutcome) => string>
> = {
  text,
  json: ({ results }) =>
    `${JSON.stringify(
      results.flatMap(({ findings }) => findings.map(({ shown }) => shown)),
      null,
      2,
    )}\n`,
  sarif,
};

const colours: Readonly<Record<Severity, string>> = {
  error: "31",
  warning: "33",
  info: "36",
};

function text({ results, staleEntries, hasColour }: LintOutcome): string {
  const paint = (code: string, words: string): string =>
    hasColour ? `\u001b[${code}m${words}\u001b[0m` : words;
  const findings = results.flatMap((result) => result.findings);
  const lines = findings.map(({ shown, masked }) => {
    const { severity, rule, message } = shown;
    const value = masked === "" ? "" : paint("2", ` (${masked})`);
    return `${placeOf(shown)} ${paint(colours[severity], severity)} ${rule} ${message}${value}${gitWords(shown)}`;
  });
  const count = (number: number, one: string, many = `${one}s`): string =>
    `${number} ${number === 1 ? one : many}`;
  const of = count(results.length, "file");
  lines.push(
    paint("1", `${count(findings.length, "finding")} in ${of}.`) +
      bySeverity(findings.map(({ shown }) => shown)),
  );
  const suppressed = results.flatMap((result) => result.suppressed);
  const left = [
    ["comment", "suppressed by comments"],
    ["baseline", "in the baseline"],
    ["allowedValue", "with an allowed value"],
  ] as const;
  const parts = left.flatMap(([by, words]) => {
    const { length } = suppressed.filter((each) => each.by === by);
    return length === 0 ? [] : [`${length} ${words}`];
  });
  if (parts.length > 0) {
    lines.push(`Left out: ${parts.join(", ")}.`);
  }
  if (staleEntries > 0) {
    lines.push(
      `${count(staleEntries, "entry", "entries")} of the baseline match${staleEntries === 1 ? "es" : ""} nothing any more: --update-baseline drops them.`,
    );
  }
  return `${lines.join("\n")}\n`;
}

/** Counts by severity, when there is more than one of them. */
function bySeverity(findings: readonly FileFinding[]): string {
  const parts = (["error", "warning", "info"] as const).flatMap((severity) => {
    const { length } = findings.filter((each) => each.severity === severity);
    return length === 0 ? [] : [`${length} ${severity}`];
  });
  return parts.length > 1 ? ` (${parts.join(", ")})` : "";
}

function placeOf({ file, line, column, cell }: FileFinding): string {
  return cell === undefined
    ? `${printable(file)}:${line}:${column}`
    : `${printable(file)}:cell ${cell.cell}:${cell.line}:${cell.column}`;
}

/** A file's name may have any character but NUL: none of them may steer the terminal. */
function printable(name: string): string {
  return name.replaceAll(/[\p{Cc}\p{Cf}]/gu, "\ufffd");
}

function gitWords({ git }: FileFinding): string {
  if (git === undefined || git === null) {
    return "";
  }
  if (git.inHistorySince !== null) {
    return ` Rotate it: it is in the history since ${git.inHistorySince.slice(0, 10)}.`;
  }
  return git.isTracked
    ? " The file is tracked by git; the value was not committed yet."
    : " The file is not tracked by git.";
}
