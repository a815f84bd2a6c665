import type { AttachmentSpec } from "../connections/attachment";
import type { ErrorInfo } from "../errors/errorInfo";

/** Which output (target) of which profile a session uses. */
export interface DbtSelection {
  /** Absolute path of the `profiles.yml`. */
  readonly file: string;
  /** Absolute path of the folder that dbt would run in: relative paths of the output start there. */
  readonly projectFolder: string;
  readonly profile: string;
  /** Null for the profile's own default. */
  readonly target: string | null;
}

/** A `profiles.yml` by its names: values stay in the engine. */
export interface DbtProfiles {
  /** Absolute path. */
  readonly file: string;
  readonly profiles: readonly DbtProfile[];
  /** The `profile:` of the project's `dbt_project.yml`; null or absent when none is named. */
  readonly projectProfile?: string | null;
}

/** One profile of a `profiles.yml`. */
export interface DbtProfile {
  readonly name: string;
  /** The `target:` that dbt would take, its Jinja evaluated; `default` without one. */
  readonly defaultTarget: string;
  readonly targets: readonly DbtTarget[];
}

/** One output of a profile. */
export interface DbtTarget {
  readonly name: string;
  /** `duckdb`, `postgres`, or another adapter's name. */
  readonly type: string;
  /** Absolute path of the DuckDB file of a dbt-duckdb output, or null (in memory, or another adapter). */
  readonly database: string | null;
  /** What of it can be attached, as references. */
  readonly attachments: readonly AttachmentSpec[];
  /** Aliases of those that the output itself wants to be read-only; absent for none. */
  readonly readOnly?: readonly string[];
  /** What is wrong in it, each at its place in the file: a missing variable, an unknown filter, … */
  readonly problems: readonly ErrorInfo[];
  /** Why no session can work in the database that it names, in one sentence; absent when one can. */
  readonly elsewhere?: string;
  /** What Viaduct does instead of the words, or cannot do: `postgres_scanner_timeout`, `filesystems`, …; one sentence each. */
  readonly notes: readonly string[];
}
