import type { Severity } from "../../core/credentials/finding";
import type {
  LintReportView,
  ReportedFile,
  WorkspaceReport,
} from "../../protocol/lintPanel";
import type { IconName } from "../icons";
import type { Tone } from "../texts";

/** How a severity looks and what it is called: never colour alone. */
export function severityLook(severity: Severity): {
  readonly word: string;
  readonly icon: IconName;
  readonly tone: Tone;
} {
  switch (severity) {
    case "error":
      return { word: "Error", icon: "error", tone: "error" };
    case "warning":
      return { word: "Warning", icon: "warning", tone: "warning" };
    case "info":
      return { word: "Information", icon: "info", tone: "quiet" };
  }
}

/** What the check found, in a line. */
export function summaryOf(view: LintReportView): string {
  const { state, report, problem, madeAt, progress } = view;
  const found = report === null ? "" : `${foundWords(report)} · ${madeAt}`;
  switch (state) {
    case "running":
      return progress === null || progress.totalFiles === null
        ? "Looking for files…"
        : `${progress.checkedFiles} of ${count(progress.totalFiles, "file")} checked, ${count(progress.findings, "finding")} so far…`;
    case "failed":
      return `The workspace could not be checked. ${problem}`.trim();
    case "off":
      return "The credential lint is switched off (viaduct.lint.enabled).";
    case "cancelled":
      return `Cancelled before the end: files are missing here. ${found}`;
    case "done":
      return found;
  }
}

function foundWords({ files, checkedFiles }: WorkspaceReport): string {
  const findings = files.flatMap((file) => file.findings);
  const of = (["error", "warning", "info"] as const).flatMap((severity) => {
    const { length } = findings.filter((each) => each.severity === severity);
    const word = severity === "info" ? "for information" : severity;
    return length === 0
      ? []
      : [severity === "info" ? `${length} ${word}` : count(length, word)];
  });
  return findings.length === 0
    ? `No credentials in ${count(checkedFiles, "file")}`
    : `${count(findings.length, "finding")} in ${files.length} of ${count(checkedFiles, "file")}: ${of.join(", ")}`;
}

/** What is left out, and why; empty when nothing is. */
export function leftOut({
  suppressed,
  staleBaselineEntries,
}: WorkspaceReport): readonly string[] {
  return [
    ...(suppressed === 0
      ? []
      : [
          `${count(suppressed, "finding")} left out by comments, the baseline or allowed values.`,
        ]),
    ...(staleBaselineEntries === 0
      ? []
      : [
          `${count(staleBaselineEntries, "entry", "entries")} of the baseline ${staleBaselineEntries === 1 ? "matches" : "match"} nothing any more.`,
        ]),
  ];
}

/** What to do about values that are in git's history; empty when none is. */
export function rotateWords({ files }: WorkspaceReport): string {
  const { length } = files
    .flatMap(({ findings }) => findings)
    .filter(({ since }) => since !== null);
  return length === 0
    ? ""
    : `${length === 1 ? "One value is" : `${length} values are`} in git's history: moving ${length === 1 ? "it" : "them"} out is not enough. Rotate ${length === 1 ? "it" : "them"} at the server.`;
}

/** What git knows of a file; empty when it was not asked. */
export function gitWords({ isTracked, isEnvFile }: ReportedFile): string {
  if (isTracked === null) {
    return "";
  }
  if (isTracked) {
    return "Tracked by git";
  }
  return isEnvFile ? "Not ignored by git" : "Not in git yet";
}

/** A number with its noun. */
function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
}
