/**
 * Where an attachment's connection values come from. A source is a reference, never a value, so it can stand in
 * settings, in messages and in logs; only the engine process reads what it refers to.
 */
export type AttachmentSource =
  | EnvFileSource
  | DbtSource
  | ServiceSource
  | EnvironmentSource
  | ConnectionStringSource;

/** Connection values in a dotenv file: `<prefix>HOST`, `<prefix>PORT`, `<prefix>DATABASE`, `<prefix>USER`, … */
export interface EnvFileSource {
  readonly kind: "envFile";
  /** Absolute path. */
  readonly file: string;
  /** What the variables' names begin with, such as `POSTGRES_`. */
  readonly prefix: string;
}

/** Connection values in an output (target) of a dbt profile. */
export interface DbtSource {
  readonly kind: "dbt";
  /** Absolute path of the `profiles.yml`. */
  readonly file: string;
  readonly profile: string;
  readonly target: string;
  /**
   * Which connection of the output: `output` for the output itself (`type: postgres`), `attach:<alias>` for an entry of
   * dbt-duckdb's `attach`, `external_sources.postgresql` for the patterns guide's own key.
   */
  readonly entry: string;
}

/** A section of libpq's connection service file. */
export interface ServiceSource {
  readonly kind: "service";
  readonly service: string;
  /** Absolute path, or null for libpq's own order: PGSERVICEFILE, `~/.pg_service.conf`, PGSYSCONFDIR. */
  readonly file: string | null;
}

/** libpq's own variables (`PGHOST`, `PGPASSWORD`, …) of the process environment. */
export interface EnvironmentSource {
  readonly kind: "environment";
}

/** A URI or a key/value string as libpq reads it, without a password: that comes from elsewhere. */
export interface ConnectionStringSource {
  readonly kind: "connection";
  readonly connection: string;
}

/** Where the password comes from when it is not the source that has it. */
export type PasswordOrigin = "secretStorage" | "prompt";

/** What a server is used for; it decides on the colour, and on how a write is confirmed. */
export type EnvironmentRole = "development" | "staging" | "production";

/** What may be said about an attachment beside its source. What is absent is as the session has it. */
export interface AttachmentOptions {
  /** The only schemas that are attached and shown; absent or empty for all. */
  readonly schemas?: readonly string[];
  readonly environment?: EnvironmentRole;
  readonly password?: PasswordOrigin;
  readonly connectTimeoutSeconds?: number;
  /** 0 for none. */
  readonly statementTimeoutSeconds?: number;
  /** 0 for none. */
  readonly idleInTransactionTimeoutSeconds?: number;
  /** The most connections that DuckDB keeps to this server. */
  readonly poolSize?: number;
  readonly sslmode?: string;
  /** Absolute path, or `system`. */
  readonly sslrootcert?: string;
  /** Absolute path. */
  readonly sslcert?: string;
  /** Absolute path. */
  readonly sslkey?: string;
}

/** One PostgreSQL database that is to be attached under an alias. */
export interface AttachmentSpec {
  /** The catalog name in SQL: `SELECT … FROM <alias>.public.t`. */
  readonly alias: string;
  readonly source: AttachmentSource;
  /** True unless the user asked for writes. */
  readonly readOnly: boolean;
  readonly options?: AttachmentOptions;
}
