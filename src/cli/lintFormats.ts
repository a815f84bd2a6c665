import type { LintFormat } from "./lintArguments";
import type { FileFinding } from "./lintOne";
import { sarif } from "./lintSarif";

/** Findings of a run in each form; `files` is how many files were checked. */
export const formatters: Readonly<
  Record<
    LintFormat,
    (findings: readonly FileFinding[], files: number) => string
  >
> = {
  text,
  json: (findings) => `${JSON.stringify(findings, null, 2)}\n`,
  sarif,
};

function text(findings: readonly FileFinding[], files: number): string {
  const lines = findings.map(
    ({ file, line, column, severity, rule, message }) =>
      `${file}:${line}:${column} ${severity} ${rule} ${message}`,
  );
  const of = files === 1 ? "1 file" : `${files} files`;
  const count =
    findings.length === 1 ? "1 finding" : `${findings.length} findings`;
  return [...lines, `${count} in ${of}.`, ""].join("\n");
}
