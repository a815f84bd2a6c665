import { createHash } from "node:crypto";
import { relative } from "node:path";
import { pathToFileURL } from "node:url";
import {
  rotateHint,
  sarifLog,
  sarifPath,
  type SarifFile,
  type SarifFinding,
} from "../core/credentials/sarif";
import type { FileResult, FoundFinding, LeftFinding } from "./lintOne";
import type { LintOutcome } from "./lintOutcome";

/**
 * A run as SARIF 2.1.0. Findings that are left out are there with their suppression. Paths are relative to the
 * repository's root.
 */
export function sarif({ results, root }: LintOutcome): string {
  const files = results.map((result): SarifFile => ({
    artifact: artifactOf(result, root),
    findings: [...result.findings, ...result.suppressed].map(findingOf),
    problem: result.problem,
    isSkipped: result.isSkipped,
  }));
  return sarifLog(files, (text) =>
    createHash("sha256").update(text).digest("hex"),
  );
}

function findingOf(each: FoundFinding | LeftFinding): SarifFinding {
  const { rule, severity, message, cell, git } = each.shown;
  const { line, column, endLine, endColumn } = each.shown;
  const where =
    cell === undefined ? "" : ` In cell ${cell.cell}, line ${cell.line}.`;
  return {
    rule,
    severity,
    message,
    more: where + rotateHint(git?.inHistorySince ?? null),
    region: { startLine: line, startColumn: column, endLine, endColumn },
    ...("by" in each ? { suppression: suppressionOf(each) } : {}),
  };
}

function artifactOf({ file }: FileResult, root: string): SarifFile["artifact"] {
  const path =
    file.absolute === null ? file.shown : relative(root, file.absolute);
  return file.absolute !== null && path.startsWith("..")
    ? { uri: pathToFileURL(file.absolute).href }
    : sarifPath(path);
}

function suppressionOf({
  by,
  reason,
}: LeftFinding): NonNullable<SarifFinding["suppression"]> {
  switch (by) {
    case "comment":
      return reason === ""
        ? { kind: "inSource" }
        : { kind: "inSource", justification: reason };
    case "baseline":
      return { kind: "external", justification: "It is in the baseline." };
    case "allowedValue":
      return { kind: "external", justification: "Its value is allowed." };
  }
}
