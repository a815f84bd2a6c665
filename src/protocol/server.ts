/** Extension host ⇄ language server: what is said beside the standard protocol. */
import type { FixNote } from "../core/credentials/fix/fixPlan";
import type { LintSettings } from "../core/credentials/lintSettings";
import type { RuleId } from "../core/credentials/ruleIds";

/** Host → server: `initializationOptions`, and again as `settingsChanged` when the settings change. */
export interface ServerSettings {
  /** `viaduct.lint.enabled`. */
  readonly lintEnabled: boolean;
  /** `viaduct.lint.*`; without them, those of a fresh installation. */
  readonly lint?: LintSettings;
}

/** Host → server: the settings changed; open documents are checked again. */
export const settingsChanged = "viaduct/settingsChanged";

/** `Diagnostic.source` of the credential lint. */
export const lintSource = "Viaduct credentials";

/** Id of the host's command that carries a fix out; its one argument is a `MoveCredential`. */
export const moveCredentialCommand = "viaduct.moveCredential";

/** Id of the host's command that fixes every finding of a document; its one argument is a `FixAllParams["uri"]`. */
export const fixAllCommand = "viaduct.moveAllCredentials";

/** Kind of the code action that fixes every finding of a document, for `editor.codeActionsOnSave`, too. */
export const fixAllKind = "source.fixAll.viaduct";

/** Id of the host's command that moves a credential to VS Code's SecretStorage; its one argument is a `MoveCredential`. */
export const storeCredentialCommand = "viaduct.storeCredential";

/** Id of the host's command that allows a finding's value everywhere; its one argument is a `MoveCredential`. */
export const allowValueCommand = "viaduct.allowValue";

/** Id of the host's command that adds a finding to the baseline; its one argument is a `MoveCredential`. */
export const addToBaselineCommand = "viaduct.addToBaseline";

/** Id of the host's command that shows the page of a rule; its one argument is the rule's id. */
export const openRuleCommand = "viaduct.openRule";

/** A place in a document, as the language server protocol has it: lines and UTF-16 columns from 0. */
export interface DocumentRange {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

/** Which finding a fix is for. It names the place and never holds the value. */
export interface MoveCredential {
  readonly uri: string;
  readonly range: DocumentRange;
  readonly rule: string;
}

/** Host → server: how to carry out the fix of a finding; answered with a `FixPlan`, or null when it is not there any more. */
export const fixPlanRequest = "viaduct/fixPlan";

/** What `fixPlanRequest` asks. */
export interface FixPlanParams extends MoveCredential {
  /** Names that the env file has already: the plan uses none of them. */
  readonly takenNames: readonly string[];
  /** Names that the `.env` beside the document has already. */
  readonly takenBeside: readonly string[];
}

/**
 * Server → host, in answer to `fixPlanRequest`: first append `env` to the env file, then apply `edits` to `version` of
 * the document. The one message that holds values; it is asked for when the user has chosen the fix.
 */
export interface FixPlan {
  readonly version: number;
  readonly edits: readonly {
    readonly range: DocumentRange;
    readonly newText: string;
  }[];
  readonly env: readonly EnvVariable[];
  /** Variables for a `.env` beside the document, because what reads the document looks nowhere else. */
  readonly envBeside: readonly EnvVariable[];
  /** What is left to do by hand. */
  readonly notes: readonly FixNote[];
  /** True where `getenv()` reads all of `env`, so that Viaduct's own engine can have it from elsewhere. */
  readonly isForGetenv: boolean;
}

/** A variable with its value. */
export interface EnvVariable {
  readonly name: string;
  readonly value: string;
}

/** Host → server: how to fix every finding of a document that has a fix; answered with a `FixAllPlan`, or null for none. */
export const fixAllPlanRequest = "viaduct/fixAllPlan";

/** What `fixAllPlanRequest` asks. */
export interface FixAllParams {
  readonly uri: string;
  /** True to have what Viaduct's `getenv()` reads in VS Code's SecretStorage. */
  readonly intoStorage: boolean;
  readonly takenNames: readonly string[];
  readonly takenBeside: readonly string[];
}

/** Server → host, in answer to `fixAllPlanRequest`. Holds values, as a `FixPlan` does. */
export interface FixAllPlan extends FixPlan {
  /** How many findings are gone. */
  readonly fixed: number;
  /** Variables for VS Code's SecretStorage, when that was asked for. */
  readonly stored: readonly EnvVariable[];
}

/** Id of the host's command that makes an attachment of an ATTACH with a password; its one argument is a `MoveCredential`. */
export const makeAttachmentCommand = "viaduct.makeAttachment";

/**
 * Host → server: the attachment that an ATTACH with a password comes to; answered with an `AttachmentPlan`, or null when
 * it is not there any more. Asked with a `MoveCredential`.
 */
export const attachmentPlanRequest = "viaduct/attachmentPlan";

/** Server → host, in answer to `attachmentPlanRequest`. Holds the password, as a `FixPlan` does. */
export interface AttachmentPlan {
  readonly version: number;
  /** Take the statement out of the document. */
  readonly edits: FixPlan["edits"];
  readonly alias: string;
  /** As libpq reads it, without the password. */
  readonly connection: string;
  readonly password: string;
  readonly readOnly: boolean;
  /** The only schemas that are attached; empty for all. */
  readonly schemas: readonly string[];
}

/**
 * Host → server: check the whole workspace. The server walks the folders itself (`.gitignore` and the globs of the
 * settings are respected), publishes diagnostics for files that are not open, too, and tells its progress by
 * `workspaceLintProgress`. Documents that are typed in are served meanwhile. Cancelled by the request's own
 * cancellation: the answer then says so, with what was found until then. Answered with a `WorkspaceLintResult`.
 */
export const lintWorkspaceRequest = "viaduct/lintWorkspace";

/** What `lintWorkspaceRequest` asks. */
export interface LintWorkspaceParams {
  /** `file:` URIs of the folders. */
  readonly folders: readonly string[];
  /** Tells apart the progress of two requests. */
  readonly token: string;
  /** True to ask git which files are tracked and which values are in the history: takes longer. */
  readonly gitHistory: boolean;
}

/** Server → host, while a workspace is checked; a `WorkspaceLintProgress`. */
export const workspaceLintProgress = "viaduct/lintWorkspaceProgress";

/** How far the check of a workspace is. */
export interface WorkspaceLintProgress {
  readonly token: string;
  readonly checkedFiles: number;
  /** Files that are to be checked; null while the folders are still being walked. */
  readonly totalFiles: number | null;
  readonly findings: number;
}

/** One finding of a workspace. No value is in it. */
export interface WorkspaceFinding {
  readonly range: DocumentRange;
  readonly rule: RuleId;
  readonly severity: "error" | "warning" | "info";
  readonly message: string;
  /** How the value begins and how long it is; empty where there is no value. */
  readonly masked: string;
  /** In a notebook: the cell, and the line and column in it, from 1; null in any other file. */
  readonly cell: {
    readonly cell: number;
    readonly line: number;
    readonly column: number;
  } | null;
  /** When the value came into the file's history in git (ISO 8601), or null when it is not there or git was not asked. */
  readonly inHistorySince: string | null;
}

/** The findings of one file. */
export interface WorkspaceFileFindings {
  readonly uri: string;
  readonly findings: readonly WorkspaceFinding[];
  /** Whether git tracks the file; null when git was not asked, or the file is in no repository. */
  readonly isTracked: boolean | null;
}

/** Server → host, in answer to `lintWorkspaceRequest`. */
export interface WorkspaceLintResult {
  /** Files with findings, in order of their URIs. */
  readonly files: readonly WorkspaceFileFindings[];
  readonly checkedFiles: number;
  /** Files that were left out though they are SQL or YAML, with the reason in words. */
  readonly skipped: readonly {
    readonly uri: string;
    readonly reason: string;
  }[];
  /** Findings that a comment, the baseline or an allowed value leaves out. */
  readonly suppressed: number;
  /** Entries of the baselines that match nothing any more. */
  readonly staleBaselineEntries: number;
  readonly isCancelled: boolean;
}

/** Host → server: what was found, as a file for other tools; answered with its text. Asked with an `ExportLintParams`. */
export const exportLintRequest = "viaduct/exportLint";

/** What `exportLintRequest` asks. */
export interface ExportLintParams {
  readonly as: "sarif" | "json";
  /** `file:` URI of the folder that paths start from. */
  readonly folder: string;
  readonly files: WorkspaceLintResult["files"];
  readonly skipped: WorkspaceLintResult["skipped"];
}

/** Host → server: forget the diagnostics of files that are not open, which `lintWorkspaceRequest` published. */
export const clearWorkspaceLint = "viaduct/clearWorkspaceLint";

/**
 * Host → server: the text of the baseline file with findings added to it, for the host to write; answered with a
 * `BaselineFile`, or null when a finding is not there any more.
 */
export const addToBaselineRequest = "viaduct/addToBaseline";

/** What `addToBaselineRequest` asks: the findings, each by its place. */
export interface AddToBaselineParams {
  readonly findings: readonly MoveCredential[];
  /** `file:` URI of the folder whose baseline it is: paths in it are relative to the folder. */
  readonly folder: string;
}

/** A baseline file as it is to be written. */
export interface BaselineFile {
  readonly uri: string;
  readonly text: string;
}

/**
 * Host → server: a finding's value as an entry of `viaduct.lint.allowedValues`, a salted hash; answered with the
 * string, or null when the finding is not there any more. Asked with a `MoveCredential`.
 */
export const allowValueRequest = "viaduct/allowValue";
