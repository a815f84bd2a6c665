import { rules } from "../../core/credentials/rules";
import type { RuleId } from "../../core/credentials/ruleIds";
import type {
  ReportedFile,
  ReportedFinding,
  WorkspaceReport,
} from "../../protocol/lintPanel";

/** A finding with where it stands in the report. */
export interface GroupedFinding {
  readonly file: ReportedFile;
  readonly fileIndex: number;
  readonly finding: ReportedFinding;
  readonly findingIndex: number;
}

/** The findings under one heading. */
export interface FindingGroup {
  readonly title: string;
  /** The rule that the heading is, or null for a file. */
  readonly rule: RuleId | null;
  readonly findings: readonly GroupedFinding[];
}

/** What the list is arranged by. */
export type Grouping = "file" | "rule";

/** The findings by file, or by rule with those first that matter most. */
export function groupFindings(
  { files }: WorkspaceReport,
  by: Grouping,
): readonly FindingGroup[] {
  const all = files.flatMap((file, fileIndex) =>
    file.findings.map((finding, findingIndex): GroupedFinding => ({
      file,
      fileIndex,
      finding,
      findingIndex,
    })),
  );
  if (by === "file") {
    return files.map((file, index) => ({
      title: file.path,
      rule: null,
      findings: all.filter(({ fileIndex }) => fileIndex === index),
    }));
  }
  const ids = [...new Set(all.map(({ finding }) => finding.rule))].sort();
  return ids
    .map((rule): FindingGroup => ({
      title: `${rule} ${rules[rule].title}`,
      rule,
      findings: all.filter(({ finding }) => finding.rule === rule),
    }))
    .sort((a, b) => weight(b) - weight(a));
}

function weight({ findings }: FindingGroup): number {
  return Math.max(
    ...findings.map(({ finding: { severity } }) =>
      severity === "error" ? 2 : severity === "warning" ? 1 : 0,
    ),
  );
}
