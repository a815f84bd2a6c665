import { isWholeGlob } from "../files/globs";
import type { RuleSetting, RuleSettings } from "./options";
import { rules } from "./rules";
import { readAllowedValue } from "./fingerprint";
import type { RuleId } from "./ruleIds";

/** What can be set about the lint: `viaduct.lint.*` of the editor, and `viaduct-lint.json` of the program. */
export interface LintSettings {
  /** Severity of a rule, or "off". */
  readonly rules: RuleSettings;
  /** Further names whose value is a credential. */
  readonly extraKeys: readonly string[];
  /** Salted hashes of values that are no credentials, as `viaduct lint --hash` makes them. */
  readonly allowedValues: readonly string[];
  /** Globs of files that are checked beside those that always are. */
  readonly include: readonly string[];
  /** Globs of files that are not checked. */
  readonly exclude: readonly string[];
  /** The baseline file, relative to the folder; empty for none. */
  readonly baseline: string;
}

/** Where the baseline lies when nothing else is said. */
export const defaultBaselineFile = ".viaduct-lint-baseline.json";

/** The settings of a fresh installation. */
export const defaultLintSettings: LintSettings = {
  rules: {},
  extraKeys: [],
  allowedValues: [],
  include: [],
  exclude: [],
  baseline: defaultBaselineFile,
};

/** Settings as they were written, and what in them means nothing. */
export interface ReadLintSettings {
  readonly settings: LintSettings;
  /** In words; a hash or a name of a key is not repeated. */
  readonly problems: readonly string[];
}

/** What a JSON value says about the lint; whatever is wrong in it is left out and told. */
export function readLintSettings(json: unknown): ReadLintSettings {
  const problems: string[] = [];
  if (!isRecord(json)) {
    return {
      settings: defaultLintSettings,
      problems: ["it is not a JSON object."],
    };
  }
  const known = new Set([...Object.keys(defaultLintSettings), "$schema"]);
  for (const name of Object.keys(json)) {
    if (!known.has(name)) {
      problems.push(`"${name}" is no setting of the lint.`);
    }
  }
  const list = (name: string): readonly string[] =>
    readList(json[name], name, problems);
  const globs = (name: string): readonly string[] =>
    list(name).filter((glob) => {
      if (!isWholeGlob(glob)) {
        problems.push(`"${name}": ${brokenGlob(glob)}`);
      }
      return isWholeGlob(glob);
    });
  const baseline = json["baseline"] ?? defaultBaselineFile;
  if (typeof baseline !== "string") {
    problems.push(`"baseline" has to be the path of a file.`);
  }
  const allowedValues = list("allowedValues");
  if (allowedValues.some((each) => readAllowedValue(each) === null)) {
    problems.push(
      `"allowedValues" takes what "viaduct lint --hash" prints, never a value itself.`,
    );
  }
  return {
    settings: {
      rules: readRules(json["rules"], problems),
      extraKeys: list("extraKeys"),
      allowedValues,
      include: globs("include"),
      exclude: globs("exclude"),
      baseline: typeof baseline === "string" ? baseline : defaultBaselineFile,
    },
    problems,
  };
}

/** Says that a glob means nothing. */
export function brokenGlob(glob: string): string {
  return `"${glob}" is no glob: a bracket in it is not closed, or it ends with a backslash.`;
}

function readList(
  value: unknown,
  name: string,
  problems: string[],
): readonly string[] {
  if (value === undefined) {
    return [];
  }
  const isList =
    Array.isArray(value) && value.every((each) => typeof each === "string");
  if (!isList) {
    problems.push(`"${name}" has to be a list of texts.`);
    return [];
  }
  return value.filter((each) => each.trim() !== "");
}

function readRules(value: unknown, problems: string[]): RuleSettings {
  const found: Partial<Record<RuleId, RuleSetting>> = {};
  if (value === undefined) {
    return found;
  }
  if (!isRecord(value)) {
    problems.push(`"rules" has to be an object of rules and severities.`);
    return found;
  }
  for (const [name, given] of Object.entries(value)) {
    const setting = readRuleSetting(name, given);
    if (typeof setting === "string") {
      problems.push(setting);
    } else {
      found[setting.rule] = setting.setting;
    }
  }
  return found;
}

/** A rule and what it is set to, or in words why it is none. */
export function readRuleSetting(
  name: string,
  value: unknown,
): { readonly rule: RuleId; readonly setting: RuleSetting } | string {
  const rule = name.toUpperCase();
  if (!Object.hasOwn(rules, rule)) {
    return `"${name}" is no rule.`;
  }
  switch (value) {
    case "off":
    case "info":
    case "warning":
    case "error":
      return { rule: rule as RuleId, setting: value };
    default:
      return `${rule} can be off, info, warning or error.`;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
