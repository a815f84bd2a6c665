import type { Severity } from "../core/credentials/finding";
import { rulePage, rules } from "../core/credentials/rules";
import type { RuleId } from "../core/credentials/ruleIds";
import type { FileFinding } from "./lintOne";

/** Findings as SARIF 2.1.0, with every rule's description. */
export function sarif(findings: readonly FileFinding[]): string {
  const ids = Object.keys(rules).sort() as RuleId[];
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "Viaduct",
            informationUri: "https://github.com/viaduct-sql/viaduct",
            rules: ids.map(describe),
          },
        },
        columnKind: "utf16CodeUnits",
        results: findings.map((finding) => ({
          ruleId: finding.rule,
          ruleIndex: ids.indexOf(finding.rule),
          level: levelOf(finding.severity),
          message: { text: finding.message },
          locations: [{ physicalLocation: locationOf(finding) }],
        })),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function describe(id: RuleId): object {
  const { title, why, remedy, severity } = rules[id];
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: why },
    help: { text: remedy },
    helpUri: rulePage(id),
    defaultConfiguration: { level: levelOf(severity) },
  };
}

function locationOf(finding: FileFinding): object {
  const { line, column, endLine, endColumn } = finding;
  const uri = finding.file
    .replaceAll("\\", "/")
    .split("/")
    .map(encodeURIComponent)
    .join("/");
  return {
    artifactLocation: { uri },
    region: {
      startLine: line,
      startColumn: column,
      endLine,
      endColumn,
    },
  };
}

function levelOf(severity: Severity): "error" | "warning" | "note" {
  return severity === "info" ? "note" : severity;
}
