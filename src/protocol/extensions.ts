/** Extension host or CLI ⇄ engine process: DuckDB's extensions. JSON-safe. */

/** One DuckDB extension, as `duckdb_extensions()` has it. */
export interface ExtensionInfo {
  readonly name: string;
  readonly installed: boolean;
  readonly loaded: boolean;
  readonly version: string;
  readonly description: string;
  /** Other names that DuckDB knows it by, such as `postgres` for `postgres_scanner`. */
  readonly aliases: readonly string[];
  /** A part of DuckDB itself: there is nothing to install. */
  readonly builtIn: boolean;
  /** The repository or the file that it was installed from; empty when not installed. */
  readonly installedFrom: string;
}

/** Where an extension is to be installed from. */
export type ExtensionPlace =
  /** The configured repositories in their order, then DuckDB's own. */
  | { readonly kind: "configured" }
  /** A folder or a URL in DuckDB's repository layout. */
  | { readonly kind: "repository"; readonly place: string }
  /** One `.duckdb_extension` file (or `.gz` of one), by absolute path. */
  | { readonly kind: "file"; readonly file: string };

/** What is known about an installed extension file. */
export interface ExtensionCheck {
  readonly name: string;
  readonly passed: boolean;
  /** One sentence: what was checked, or what is wrong. */
  readonly summary: string;
}

/** What an update came to. */
export interface ExtensionUpdate extends ExtensionInfo {
  /** False when there was nothing newer. */
  readonly updated: boolean;
  readonly previousVersion: string;
}
