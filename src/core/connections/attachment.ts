/**
 * Where an attachment's connection values come from. A source is a reference, never a value, so it can stand in
 * settings, in messages and in logs; only the engine process reads what it refers to.
 */
export type AttachmentSource = EnvFileSource;

/** Connection values in a dotenv file: `<prefix>HOST`, `<prefix>PORT`, `<prefix>DATABASE`, `<prefix>USER`, … */
export interface EnvFileSource {
  readonly kind: "envFile";
  /** Absolute path. */
  readonly file: string;
  /** What the variables' names begin with, such as `POSTGRES_`. */
  readonly prefix: string;
}

/** One PostgreSQL database that is to be attached under an alias. */
export interface AttachmentSpec {
  /** The catalog name in SQL: `SELECT … FROM <alias>.public.t`. */
  readonly alias: string;
  readonly source: AttachmentSource;
  /** True unless the user asked for writes. */
  readonly readOnly: boolean;
}
