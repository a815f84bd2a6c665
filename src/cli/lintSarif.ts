import { createHash } from "node:crypto";
import { relative } from "node:path";
import { pathToFileURL } from "node:url";
import type { Severity } from "../core/credentials/finding";
import { rulePage, rules } from "../core/credentials/rules";
import type { RuleId } from "../core/credentials/ruleIds";
import type {
  FileFinding,
  FileResult,
  FoundFinding,
  LeftFinding,
} from "./lintOne";
import type { LintOutcome } from "./lintOutcome";

/**
 * A run as SARIF 2.1.0, with every rule's description. Findings that are left out are there with their suppression.
 * Paths are relative to the repository's root, and no path of this machine is in it.
 */
export function sarif({ results, root }: LintOutcome): string {
  const ids = Object.keys(rules).sort() as RuleId[];
  const seen = new Map<string, number>();
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
        invocations: [invocation(results)],
        originalUriBaseIds: {
          "%SRCROOT%": {
            description: { text: "The root of the checked files." },
          },
        },
        columnKind: "utf16CodeUnits",
        results: results.flatMap((result) => {
          const artifact = artifactOf(result, root);
          return [...result.findings, ...result.suppressed].map((each) =>
            resultOf(each, artifact, ids, seen),
          );
        }),
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
    properties: {
      tags: ["security", "external/cwe/cwe-798"],
      "security-severity": securitySeverity[severity],
    },
  };
}

/** What GitHub sorts by: 7 and more is high, 4 and more medium. */
const securitySeverity: Readonly<Record<Severity, string>> = {
  error: "8.0",
  warning: "5.0",
  info: "2.0",
};

function invocation(results: readonly FileResult[]): object {
  const problems = results.filter(({ problem }) => problem !== null);
  return {
    executionSuccessful: problems.every(({ isSkipped }) => isSkipped),
    toolExecutionNotifications: problems.map(({ problem, isSkipped }) => ({
      level: isSkipped ? "warning" : "error",
      message: { text: problem },
    })),
  };
}

function resultOf(
  each: FoundFinding | LeftFinding,
  artifact: Artifact,
  ids: readonly RuleId[],
  seen: Map<string, number>,
): object {
  const { shown } = each;
  return {
    ruleId: shown.rule,
    ruleIndex: ids.indexOf(shown.rule),
    level: levelOf(shown.severity),
    message: { text: messageOf(shown) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: artifact,
          region: regionOf(shown),
        },
      },
    ],
    partialFingerprints: {
      "viaductFinding/v1": fingerprint(shown, artifact.uri, seen),
    },
    ...("by" in each ? { suppressions: [suppressionOf(each)] } : {}),
  };
}

function messageOf({ message, cell, git }: FileFinding): string {
  const where =
    cell === undefined ? "" : ` In cell ${cell.cell}, line ${cell.line}.`;
  const since = git?.inHistorySince ?? null;
  return since === null
    ? message + where
    : `${message}${where} Rotate it: it is in the history since ${since.slice(0, 10)}.`;
}

interface Artifact {
  readonly uri: string;
  readonly uriBaseId?: string;
}

function artifactOf({ file }: FileResult, root: string): Artifact {
  const path =
    file.absolute === null ? file.shown : relative(root, file.absolute);
  if (file.absolute !== null && path.startsWith("..")) {
    return { uri: pathToFileURL(file.absolute).href };
  }
  const uri = path
    .replaceAll("\\", "/")
    .split("/")
    .map(encodeURIComponent)
    .join("/");
  return { uri, uriBaseId: "%SRCROOT%" };
}

function regionOf(finding: FileFinding): object {
  const { line, column, endLine, endColumn } = finding;
  return { startLine: line, startColumn: column, endLine, endColumn };
}

/** Stays when lines move; it is made of what is told anyway, because a hash of the value could be guessed. */
function fingerprint(
  { rule, message }: FileFinding,
  uri: string,
  seen: Map<string, number>,
): string {
  const subject = JSON.stringify([rule, uri, message]);
  const count = (seen.get(subject) ?? 0) + 1;
  seen.set(subject, count);
  const hash = createHash("sha256").update(subject).digest("hex").slice(0, 32);
  return `${hash}:${count}`;
}

function suppressionOf({ by, reason }: LeftFinding): object {
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

function levelOf(severity: Severity): "error" | "warning" | "note" {
  return severity === "info" ? "note" : severity;
}
