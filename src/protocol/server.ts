/** Extension host ⇄ language server: what is said beside the standard protocol. */

/** Host → server: `initializationOptions`, and again as `settingsChanged` when the settings change. */
export interface ServerSettings {
  /** `viaduct.lint.enabled`. */
  readonly lintEnabled: boolean;
}

/** Host → server: the settings changed; open documents are checked again. */
export const settingsChanged = "viaduct/settingsChanged";

/** `Diagnostic.source` of the credential lint. */
export const lintSource = "Viaduct credentials";

/** Id of the host's command that carries a fix out; its one argument is a `MoveCredential`. */
export const moveCredentialCommand = "viaduct.moveCredential";

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
  readonly env: readonly { readonly name: string; readonly value: string }[];
}
