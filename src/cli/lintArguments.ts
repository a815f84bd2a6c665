/** What `viaduct lint --help` prints. */
export const lintUsage = `Usage: viaduct lint [--format text|json|sarif] PATHS…

Finds hard-coded credentials in SQL and YAML. PATHS are files, folders, or - for standard input. Folders are searched
for .sql, .ddl, .psql, .pgsql, .duckdb.sql, .yml and .yaml; node_modules, .git and dist are left out.

Options:
  --format FORMAT   text (default), json or sarif
  --help            this text

Exit codes: 0 nothing found (information apart), 1 findings, 2 could not run.
`;

/** Forms of output. */
export type LintFormat = "text" | "json" | "sarif";

/** What the arguments ask for. */
export type LintArguments =
  | { readonly kind: "help" }
  | { readonly kind: "mistake"; readonly message: string }
  | {
      readonly kind: "lint";
      readonly format: LintFormat;
      readonly paths: readonly string[];
    };

/** Reads the arguments behind `viaduct lint`. */
export function parseLintArguments(args: readonly string[]): LintArguments {
  const paths: string[] = [];
  let format: LintFormat = "text";
  let isOptions = true;
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? "";
    if (!isOptions || arg === "-" || !arg.startsWith("-")) {
      paths.push(arg);
    } else if (arg === "--") {
      isOptions = false;
    } else if (arg === "--help" || arg === "-h") {
      return { kind: "help" };
    } else if (arg === "--format" || arg.startsWith("--format=")) {
      const value = arg === "--format" ? args[++index] : arg.slice(9);
      if (value !== "text" && value !== "json" && value !== "sarif") {
        const given = value === undefined ? "nothing" : `"${value}"`;
        const message = `--format takes text, json or sarif, not ${given}.`;
        return { kind: "mistake", message };
      }
      format = value;
    } else {
      return { kind: "mistake", message: `unknown option ${arg}.` };
    }
  }
  return paths.length === 0
    ? { kind: "mistake", message: "no paths given." }
    : { kind: "lint", format, paths };
}
