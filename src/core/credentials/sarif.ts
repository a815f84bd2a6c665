import type { Severity } from "./finding";
import { rulePage, rules } from "./rules";
import type { RuleId } from "./ruleIds";

/** Where a result stands: lines and UTF-16 columns from 1, as SARIF has them. */
export interface SarifRegion {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A finding as SARIF tells it. */
export interface SarifFinding {
  readonly rule: RuleId;
  readonly severity: Severity;
  /** The finding's own words: what it is recognised by in the next run. */
  readonly message: string;
  /** What is added to them where they are shown; empty for nothing. */
  readonly more: string;
  readonly region: SarifRegion;
  /** Why it is left out; absent for a finding that is not. */
  readonly suppression?: {
    readonly kind: "inSource" | "external";
    readonly justification?: string;
  };
}

/** A file of a run. */
export interface SarifFile {
  readonly artifact: { readonly uri: string; readonly uriBaseId?: string };
  readonly findings: readonly SarifFinding[];
  /** Why it was not checked, or null. */
  readonly problem: string | null;
  /** True when that is no failure of the run. */
  readonly isSkipped: boolean;
}

/**
 * A run as SARIF 2.1.0, with every rule's description. `digest` is a hash in hexadecimal. Paths are given: none of this
 * machine is in it unless the caller puts it there.
 */
export function sarifLog(
  files: readonly SarifFile[],
  digest: (text: string) => string,
): string {
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
        invocations: [invocation(files)],
        originalUriBaseIds: {
          "%SRCROOT%": {
            description: { text: "The root of the checked files." },
          },
        },
        columnKind: "utf16CodeUnits",
        results: files.flatMap(({ artifact, findings }) =>
          findings.map(
            ({ rule, severity, message, more, region, suppression }) => ({
              ruleId: rule,
              ruleIndex: ids.indexOf(rule),
              level: levelOf(severity),
              message: { text: message + more },
              locations: [
                { physicalLocation: { artifactLocation: artifact, region } },
              ],
              partialFingerprints: {
                "viaductFinding/v1": fingerprint(
                  JSON.stringify([rule, artifact.uri, message]),
                  digest,
                  seen,
                ),
              },
              ...(suppression === undefined
                ? {}
                : { suppressions: [suppression] }),
            }),
          ),
        ),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

/** A path from the root as SARIF has it. */
export function sarifPath(path: string): SarifFile["artifact"] {
  const uri = path
    .replaceAll("\\", "/")
    .split("/")
    .map(encodeURIComponent)
    .join("/");
  return { uri, uriBaseId: "%SRCROOT%" };
}

/** What is added to a message when the value is in git's history since a day (ISO 8601). */
export function rotateHint(since: string | null): string {
  return since === null
    ? ""
    : ` Rotate it: it is in the history since ${since.slice(0, 10)}.`;
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

function invocation(files: readonly SarifFile[]): object {
  const problems = files.filter(({ problem }) => problem !== null);
  return {
    executionSuccessful: problems.every(({ isSkipped }) => isSkipped),
    toolExecutionNotifications: problems.map(({ problem, isSkipped }) => ({
      level: isSkipped ? "warning" : "error",
      message: { text: problem },
    })),
  };
}

/** Stays when lines move; it is made of what is told anyway, because a hash of the value could be guessed. */
function fingerprint(
  subject: string,
  digest: (text: string) => string,
  seen: Map<string, number>,
): string {
  const count = (seen.get(subject) ?? 0) + 1;
  seen.set(subject, count);
  return `${digest(subject).slice(0, 32)}:${count}`;
}

function levelOf(severity: Severity): "error" | "warning" | "note" {
  return severity === "info" ? "note" : severity;
}
