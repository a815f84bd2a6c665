/** Extension host ⇄ language server: what is said beside the standard protocol. */

/** Host → server: `initializationOptions`, and again as `settingsChanged` when the settings change. */
export interface ServerSettings {
  /** `viaduct.lint.enabled`. */
  readonly lintEnabled: boolean;
}

/** Host → server: the settings changed; open documents are checked again. */
export const settingsChanged = 'viaduct/settingsChanged';

/** `Diagnostic.source` of the credential lint. */
export const lintSource = 'Viaduct credentials';
