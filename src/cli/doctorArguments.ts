import { parseArgs } from "node:util";

/** Forms of output. */
export type DoctorFormat = "text" | "json";

/** What `viaduct doctor` is asked to do. */
export interface DoctorOptions {
  readonly env: string | null;
  readonly prefix: string;
  /** The alias that the env file's database gets; null attaches nothing. */
  readonly attach: string | null;
  readonly write: boolean;
  readonly db: string | null;
  readonly format: DoctorFormat;
}

/** Arguments, read. */
export type DoctorCommand =
  | { readonly kind: "doctor"; readonly options: DoctorOptions }
  | { readonly kind: "help" }
  | { readonly kind: "mistake"; readonly message: string };

/** What `viaduct doctor --help` prints. */
export const doctorUsage = `Usage: viaduct doctor [options]

Examines DuckDB, its extensions and files, and the PostgreSQL server that is attached: what works, what does not, and
what to do about it. It changes nothing.

Options:
  --env FILE        env file with the connection values; .env in this folder when it is there
  --prefix PREFIX   what their names begin with (default POSTGRES_, as in POSTGRES_HOST)
  --attach ALIAS    examine that database as ALIAS; without it, DuckDB, extensions and files only
  --write           examine it as attached with writes (default: read-only)
  --db FILE         DuckDB file to examine (default: a database in memory)
  --format FORMAT   text (default) or json
  --help            this text

Output:
  text  ✓ it is as it should be, ! look at it, ✗ it does not work, - there was nothing to check; with the next step
  json  {"checks": [{"id", "subject", "title", "status", "reason", "fixes", "hint", "sql"}]}; status is pass, warn, fail
        or skipped; hint and sql are there only where there is one
  No password is in it.

Exit codes: 0 nothing failed, 1 a check failed, 2 wrong usage or the examination could not be made, 130 interrupted.
`;

/** Reads the arguments after `doctor`. */
export function parseDoctorArguments(args: readonly string[]): DoctorCommand {
  const parsed = parse(args);
  if (typeof parsed === "string") return mistake(parsed);
  const { values, positionals } = parsed;
  if (values.help === true) return { kind: "help" };
  if (positionals.length > 0) {
    return mistake(
      `The doctor takes options only, not ${positionals.join(", ")}.`,
    );
  }
  const format = values.format ?? "text";
  if (format !== "text" && format !== "json") {
    return mistake(`--format is text or json, not "${format}".`);
  }
  for (const name of ["attach", "on", "env", "db"] as const) {
    if (values[name] === "") return mistake(`--${name} needs a value.`);
  }
  const options = {
    env: values.env ?? null,
    prefix: values.prefix ?? "POSTGRES_",
    attach: values.attach ?? values.on ?? null,
    write: values.write === true,
    db: values.db ?? null,
    format,
  } as const;
  return { kind: "doctor", options };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        env: { type: "string" },
        prefix: { type: "string" },
        attach: { type: "string" },
        write: { type: "boolean" },
        // As in `run`, so that the same options can be given.
        on: { type: "string" },
        db: { type: "string" },
        format: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function mistake(message: string): DoctorCommand {
  return { kind: "mistake", message };
}
