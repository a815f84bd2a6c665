/** Extension host ⇄ the page of the workspace's credentials. JSON-safe; no value is in it, and it names no command. */
import type { Severity } from "../core/credentials/finding";
import type { RuleId } from "../core/credentials/ruleIds";
import type { WorkspaceLintProgress } from "./server";

/** One finding as the page shows it. */
export interface ReportedFinding {
  readonly rule: RuleId;
  readonly severity: Severity;
  readonly message: string;
  /** How the value begins and how long it is; empty where there is no value. */
  readonly masked: string;
  /** The place in words, such as `Ln 3, Col 12`, or `Cell 2, Ln 1, Col 8`. */
  readonly place: string;
  /** The day (`2026-03-04`) since when the value is in git's history; null when it is not, or git was not asked. */
  readonly since: string | null;
}

/** The findings of one file. */
export interface ReportedFile {
  /** As the workspace shows it. */
  readonly path: string;
  /** Null when git was not asked, or the file is in no repository. */
  readonly isTracked: boolean | null;
  /** Credentials belong into an env file: what is wrong is that git has it, or would take it. */
  readonly isEnvFile: boolean;
  /** True for a file that an editor has as one text, where fixes can be made. */
  readonly isFixable: boolean;
  readonly findings: readonly ReportedFinding[];
}

/** What came of the whole workspace. */
export interface WorkspaceReport {
  readonly files: readonly ReportedFile[];
  readonly checkedFiles: number;
  /** Findings that a comment, the baseline or an allowed value leaves out. */
  readonly suppressed: number;
  readonly staleBaselineEntries: number;
  readonly skipped: readonly {
    readonly path: string;
    readonly reason: string;
  }[];
}

/** What the page shows. */
export interface LintReportView {
  /** `off`: the lint is switched off. */
  readonly state: "running" | "done" | "cancelled" | "failed" | "off";
  /** Tells what a message of the page is about: one about an older report is not carried out. */
  readonly revision: number;
  readonly progress: Omit<WorkspaceLintProgress, "token"> | null;
  /** The newest one; while another is made, the one before it. */
  readonly report: WorkspaceReport | null;
  /** Why there is no new report; empty when there is one. */
  readonly problem: string;
  /** When the report was made, in the user's words; empty without one. */
  readonly madeAt: string;
}

/** Host → page: all that there is to show. */
export interface HostToLint {
  readonly type: "view";
  readonly view: LintReportView;
}

/** Form in which the report is written to a file. */
export type LintExport = "sarif" | "json";

/** A finding by its place in the report of a revision. */
export interface FindingReference {
  readonly revision: number;
  readonly file: number;
  readonly finding: number;
}

/** Page → host. */
export type LintToHost =
  /** The page listens. */
  | { readonly type: "ready" }
  /** Check again. */
  | { readonly type: "run" }
  /** End the check that goes on. */
  | { readonly type: "cancel" }
  /** Show the finding in its file. */
  | ({ readonly type: "open" } & FindingReference)
  /** The same, with what can be done about it. */
  | ({ readonly type: "quickFix" } & FindingReference)
  /** Show the page of a rule. */
  | { readonly type: "rule"; readonly rule: RuleId }
  /** Fix all of a file. */
  | ({ readonly type: "fixFile" } & Omit<FindingReference, "finding">)
  /** Have git ignore a file. */
  | ({ readonly type: "ignoreFile" } & Omit<FindingReference, "finding">)
  /** Accept all findings; with a file, those of that file. */
  | {
      readonly type: "baseline";
      readonly revision: number;
      readonly file: number | null;
    }
  | { readonly type: "export"; readonly as: LintExport }
  /** Switch the lint on. */
  | { readonly type: "switchOn" };
