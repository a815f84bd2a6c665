import { parseArgs } from "node:util";
import { readParameters, type CliParameter } from "./parameterArguments";
import type { ProfileOptions } from "./runProfile";

/** Forms of output. */
export type RunFormat = "table" | "json" | "csv";

/** What `viaduct run` is asked to do. */
export interface RunOptions {
  /** A path, or `-` for standard input. */
  readonly file: string;
  readonly env: string | null;
  readonly prefix: string;
  /** The alias that the env file's database gets; null attaches nothing. */
  readonly attach: string | null;
  readonly write: boolean;
  /** The alias that the statements run on natively; null runs them in DuckDB. */
  readonly on: string | null;
  readonly db: string | null;
  readonly format: RunFormat;
  /** Values of parameters, by name. */
  readonly parameters?: ReadonlyMap<string, CliParameter>;
  /** The dbt output that the session begins with; null or absent for none. */
  readonly dbt?: ProfileOptions | null;
}

/** Arguments, read. */
export type RunCommand =
  | { readonly kind: "run"; readonly options: RunOptions }
  | { readonly kind: "help" }
  | { readonly kind: "mistake"; readonly message: string };

/** What `viaduct run --help` prints. */
export const runUsage = `Usage: viaduct run FILE|- [options]

Runs every statement of FILE (- is standard input) in DuckDB, with PostgreSQL attached, and stops at the first error.

Options:
  --env FILE        env file with the connection values; .env in this folder when it is there
  --prefix PREFIX   what their names begin with (default POSTGRES_, as in POSTGRES_HOST)
  --attach ALIAS    attach that database as ALIAS, read-only; defaults to the alias of --on
  --write           attach it with writes; what a profile says is read_only stays so
  --on ALIAS        run the statements natively in the PostgreSQL behind ALIAS instead of in DuckDB
  --db FILE         DuckDB file to work in (default: a database in memory)
  --profiles-dir DIR, --profile NAME, --target NAME
                    begin with an output of dbt's profiles.yml: its DuckDB file, extensions, settings, secrets and
                    databases, attached read-only unless --write is given. One of the three is enough; the others are as
                    dbt has them (DBT_PROFILES_DIR, this folder, ~/.dbt; dbt_project.yml; the profile's own target); the
                    only profile of a file needs no name
  --param NAME=VALUE
                    the value of :NAME or $NAME wherever the statements have it, of $1 (--param 1=…) or of the first ? of
                    the file (--param '?1=…'); for each parameter once. It is bound, not written into the statement.
                    NAME:TYPE=VALUE says what it is (text, integer, decimal, double, boolean, date, time, timestamp,
                    timestamptz, interval, uuid, or a type of DuckDB's such as INTEGER[]); without it, what the engine
                    expects. --param NAME alone is NULL
  --param-env NAME=VARIABLE
                    the same, from an environment variable: other programs can read a command line
  --format FORMAT   table (default), json or csv
  --help            this text

Commands of a shell (\\timing, .mode) that only concern how things are shown are left out, with a word on standard
error; any other (\\i, \\copy, .read) is an error.

Output:
  table  like psql's, with NULL for NULL; long cells are cut, and control characters become visible signs
  json   an array with one object a statement: statement, columns, rows, rowCount, complete, commandTag, notices,
         elapsedMs; cells are the engine's own text, or null
  csv    quoted as in RFC 4180, lines end with LF; NULL is an empty field and an empty text is ""; several results
         have an empty line between them
  A result that is not complete is said to be so, in the output where it can be and on standard error.
  Errors, and notices except in JSON, go to standard error.

DuckDB extensions come from the folder "extensions" beside this program when there is one, then from DuckDB's server,
and are installed to VIADUCT_EXTENSION_DIRECTORY (default: DuckDB's own place, ~/.duckdb/extensions).

Exit codes: 0 done, 1 a statement, the connection, or what the script needs of the profile failed, 2 wrong usage, 130
interrupted.
`;

const formats: readonly string[] = ["table", "json", "csv"];

const needValues = [
  "attach",
  "on",
  "env",
  "db",
  "profiles-dir",
  "profile",
  "target",
] as const;

/** Reads the arguments after `run`. */
export function parseRunArguments(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
): RunCommand {
  const parsed = parse(args);
  if (typeof parsed === "string") return mistake(parsed);
  const { values, positionals } = parsed;
  if (values.help === true) return { kind: "help" };
  const [file, ...others] = positionals;
  if (file === undefined) return mistake("Which file is to be run?");
  if (others.length > 0) {
    return mistake(`One file at a time, not also ${others.join(", ")}.`);
  }
  const format = values.format ?? "table";
  if (!isFormat(format)) {
    return mistake(`--format is table, json or csv, not "${format}".`);
  }
  for (const name of needValues) {
    if (values[name] === "") return mistake(`--${name} needs a value.`);
  }
  const parameters = readParameters(
    values.param ?? [],
    values["param-env"] ?? [],
    env,
  );
  if (typeof parameters === "string") return mistake(parameters);
  const on = values.on ?? null;
  const dbt = {
    profilesDir: values["profiles-dir"] ?? null,
    profile: values.profile ?? null,
    target: values.target ?? null,
  };
  const hasProfile = Object.values(dbt).some((value) => value !== null);
  const options = {
    file,
    env: values.env ?? null,
    prefix: values.prefix ?? "POSTGRES_",
    // With a profile, --on names one of its databases.
    attach: values.attach ?? (hasProfile ? null : on),
    write: values.write === true,
    on,
    db: values.db ?? null,
    format,
    ...(parameters.size === 0 ? {} : { parameters }),
    ...(hasProfile ? { dbt } : {}),
  };
  return { kind: "run", options };
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
        on: { type: "string" },
        db: { type: "string" },
        "profiles-dir": { type: "string" },
        profile: { type: "string" },
        target: { type: "string" },
        format: { type: "string" },
        param: { type: "string", multiple: true },
        "param-env": { type: "string", multiple: true },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function mistake(message: string): RunCommand {
  return { kind: "mistake", message };
}

function isFormat(format: string): format is RunFormat {
  return formats.includes(format);
}
