import { brokenGlob, readRuleSetting } from "../core/credentials/lintSettings";
import type { Severity } from "../core/credentials/finding";
import type { RuleSettings } from "../core/credentials/options";
import { isWholeGlob } from "../core/files/globs";

/** What `viaduct lint --help` prints. */
export const lintUsage = `Usage: viaduct lint [options] [PATHS…]

Finds hard-coded credentials in SQL and YAML, env files and SQL notebooks. PATHS are files, folders, globs, or - for
standard input. In folders, files that git ignores,
node_modules, .git and dist are left out; a file or folder that is named itself is checked.

Options:
  --staged                what is in git's index for the next commit, not the files on disk
  --format FORMAT         text (default), json or sarif
  --fail-on SEVERITY      least severity that ends with 1: info, warning (default), error or never
  --severity RULE=VALUE   off, info, warning or error for a rule; may be repeated
  --config FILE           settings (default: the nearest viaduct-lint.json)
  --include GLOB          check these files of folders, too; may be repeated
  --exclude GLOB          leave these files out; may be repeated
  --force-exclude         leave them out also when they are named, as hooks name files
  --baseline FILE         known findings (default: the nearest .viaduct-lint-baseline.json)
  --update-baseline       write all findings to the baseline, and drop its entries that match nothing any more
  --git-history           tell which files git tracks, and since when a value is in their history
  --stdin-filename NAME   the name by which standard input is read
  --hash                  read a value from standard input and print its entry for "allowedValues"
  --help                  this text

Exit codes: 0 nothing found (information apart), 1 findings, 2 could not run.
`;

/** Forms of output. */
export type LintFormat = "text" | "json" | "sarif";

/** A check that is asked for. */
export interface LintCommand {
  readonly kind: "lint";
  readonly format: LintFormat;
  readonly paths: readonly string[];
  readonly staged: boolean;
  readonly failOn: Severity | "never";
  readonly rules: RuleSettings;
  readonly config: string | null;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly forceExclude: boolean;
  readonly baseline: string | null;
  readonly updateBaseline: boolean;
  readonly gitHistory: boolean;
  readonly stdinFileName: string | null;
}

/** What the arguments ask for. */
export type LintArguments =
  | { readonly kind: "help" }
  | { readonly kind: "hash"; readonly config: string | null }
  | { readonly kind: "mistake"; readonly message: string }
  | LintCommand;

const flags = [
  "staged",
  "force-exclude",
  "update-baseline",
  "git-history",
  "hash",
] as const;

const valued = [
  "format",
  "fail-on",
  "severity",
  "config",
  "include",
  "exclude",
  "baseline",
  "stdin-filename",
] as const;

/** What may be given more than once. */
const repeated: ReadonlySet<string> = new Set([
  "severity",
  "include",
  "exclude",
]);

interface Given {
  readonly paths: string[];
  readonly flags: Set<string>;
  readonly values: Map<string, string[]>;
}

/** Reads the arguments behind `viaduct lint`. */
export function parseLintArguments(args: readonly string[]): LintArguments {
  const given = readGiven(args);
  if (given === "help") {
    return { kind: "help" };
  }
  if (typeof given === "object") {
    return commandOf(given);
  }
  return { kind: "mistake", message: given };
}

/** Sorts the arguments; a text says what is wrong with them. */
function readGiven(args: readonly string[]): Given | string {
  const given: Given = { paths: [], flags: new Set(), values: new Map() };
  let isOptions = true;
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? "";
    const [, name = "", value] = /^--([\w-]+)(?:=([^]*))?$/.exec(arg) ?? [];
    if (!isOptions || arg === "-" || !arg.startsWith("-")) {
      given.paths.push(arg);
    } else if (arg === "--") {
      isOptions = false;
    } else if (arg === "--help" || arg === "-h") {
      return "help";
    } else if (
      (flags as readonly string[]).includes(name) &&
      value === undefined
    ) {
      given.flags.add(name);
    } else if ((valued as readonly string[]).includes(name)) {
      const text = value ?? args[++index];
      if (text === undefined || text === "") {
        return `--${name} takes ${takes[name] ?? "a value"}, not nothing.`;
      }
      const before = given.values.get(name) ?? [];
      if (before.length > 0 && !repeated.has(name)) {
        return `--${name} is given twice.`;
      }
      given.values.set(name, [...before, text]);
    } else {
      return `unknown option ${arg.replace(/=.*$/s, "")}.`;
    }
  }
  return given;
}

const takes: Readonly<Record<string, string>> = {
  format: "text, json or sarif",
  "fail-on": "info, warning, error or never",
  severity: "a rule and off, info, warning or error, as in CS112=off",
};

function commandOf({ paths, flags: set, values }: Given): LintArguments {
  const mistake = (message: string): LintArguments => ({
    kind: "mistake",
    message,
  });
  const last = (name: (typeof valued)[number]): string | null =>
    values.get(name)?.at(-1) ?? null;
  const format = last("format") ?? "text";
  if (format !== "text" && format !== "json" && format !== "sarif") {
    return mistake(`--format takes text, json or sarif, not "${format}".`);
  }
  const failOn = last("fail-on") ?? "warning";
  if (!/^(?:info|warning|error|never)$/.test(failOn)) {
    return mistake(`--fail-on takes info, warning, error or never.`);
  }
  const rules: Record<string, string> = {};
  for (const each of values.get("severity") ?? []) {
    const [name = "", value] = each.split("=");
    const setting = readRuleSetting(name, value);
    if (typeof setting === "string") {
      return mistake(`--severity: ${setting}`);
    }
    rules[setting.rule] = setting.setting;
  }
  if (set.has("hash")) {
    return { kind: "hash", config: last("config") };
  }
  const staged = set.has("staged");
  const wrong = mistakeIn({ paths, flags: set, values });
  if (wrong !== null) {
    return mistake(wrong);
  }
  return {
    kind: "lint",
    format,
    paths,
    staged,
    failOn: failOn as LintCommand["failOn"],
    rules,
    config: last("config"),
    include: values.get("include") ?? [],
    exclude: values.get("exclude") ?? [],
    baseline: last("baseline"),
    forceExclude: set.has("force-exclude"),
    updateBaseline: set.has("update-baseline"),
    gitHistory: set.has("git-history"),
    stdinFileName: last("stdin-filename"),
  };
}

/** What is wrong with what a check is asked for; null for nothing. */
function mistakeIn({ paths, flags: set, values }: Given): string | null {
  const staged = set.has("staged");
  if (paths.length === 0 && !staged) {
    return "no paths given.";
  }
  if (staged && paths.includes("-")) {
    return "--staged reads git's index, not standard input.";
  }
  if (
    set.has("update-baseline") &&
    paths.includes("-") &&
    !values.has("stdin-filename")
  ) {
    return "--update-baseline needs --stdin-filename: a baseline has findings by the file that they are in.";
  }
  const globs = ["include", "exclude"].flatMap(
    (name) => values.get(name) ?? [],
  );
  const broken = globs.find((glob) => !isWholeGlob(glob));
  return broken === undefined ? null : brokenGlob(broken);
}
