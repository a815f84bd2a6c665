import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { AcceptedValues } from "../core/credentials/accepted";
import {
  readBaseline,
  type Baseline,
  type BaselineValue,
} from "../core/credentials/baseline";
import {
  defaultBaselineFile,
  defaultLintSettings,
  readLintSettings,
  type LintSettings,
} from "../core/credentials/lintSettings";
import type { LintOptions } from "../core/credentials/options";
import { deriveHash } from "../files/deriveHash";
import { nearestFolder } from "../files/nodeFiles";
import type { LintCommand } from "./lintArguments";
import { reason } from "./lintFiles";

/** The settings of a run, and where they were found. */
export interface LintSetup {
  readonly settings: LintSettings;
  /** Absolute: globs start from here. */
  readonly folder: string;
  /** Absolute path of the baseline, whether it is there or not. */
  readonly baselineFile: string;
  readonly baseline: Baseline | null;
}

/** What stops a run before it begins, in words. */
export class SetupProblem extends Error {
  constructor(
    message: string,
    readonly isAbsent = false,
  ) {
    super(message);
  }
}

const configFile = "viaduct-lint.json";

/** Reads settings and baseline: those that are named, or the nearest ones within the repository. */
export async function prepareLint(
  command: Pick<
    LintCommand,
    "config" | "rules" | "include" | "exclude" | "baseline" | "updateBaseline"
  >,
  cwd: string,
): Promise<LintSetup> {
  const config = await readConfig(command.config, cwd);
  const settings: LintSettings = {
    ...config.settings,
    rules: { ...config.settings.rules, ...command.rules },
    include: [...config.settings.include, ...command.include],
    exclude: [...config.settings.exclude, ...command.exclude],
  };
  const named = command.baseline;
  const baselineFile =
    named !== null
      ? resolve(cwd, named)
      : await defaultBaseline(settings, config.folder, cwd);
  const mustBe = named !== null && !command.updateBaseline;
  const baseline = await openBaseline(baselineFile, named, mustBe);
  return { settings, folder: config.folder ?? cwd, baselineFile, baseline };
}

async function defaultBaseline(
  { baseline }: LintSettings,
  folder: string | null,
  cwd: string,
): Promise<string> {
  if (folder !== null && baseline !== "") {
    return join(folder, baseline);
  }
  const nearest = await nearestWithin(cwd, defaultBaselineFile);
  return join(nearest ?? cwd, defaultBaselineFile);
}

async function readConfig(
  named: string | null,
  cwd: string,
): Promise<{ settings: LintSettings; folder: string | null }> {
  const folder =
    named === null
      ? await nearestWithin(cwd, configFile)
      : dirname(resolve(cwd, named));
  if (folder === null) {
    return { settings: defaultLintSettings, folder };
  }
  const shown = named ?? relative(cwd, join(folder, configFile));
  const text = await readText(resolve(cwd, shown), shown);
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    throw new SetupProblem(`${shown}: it is not JSON.`);
  }
  const { settings, problems } = readLintSettings(json);
  if (problems.length > 0) {
    throw new SetupProblem(`${shown}: ${problems.join(" ")}`);
  }
  return { settings, folder };
}

async function openBaseline(
  file: string,
  shown: string | null,
  mustBe: boolean,
): Promise<Baseline | null> {
  const name = shown ?? defaultBaselineFile;
  let text: string;
  try {
    text = await readText(file, name);
  } catch (error) {
    if (error instanceof SetupProblem && error.isAbsent && !mustBe) {
      return null;
    }
    throw error;
  }
  const result = readBaseline(text);
  if ("problem" in result) {
    throw new SetupProblem(`the baseline ${name}: ${result.problem}`);
  }
  return result.baseline;
}

async function readText(path: string, shown: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const { code } = error as { readonly code?: unknown };
    throw new SetupProblem(reason(shown, error), code === "ENOENT");
  }
}

/** The nearest folder upwards that has a file, no further than the repository's root. */
async function nearestWithin(
  cwd: string,
  name: string,
): Promise<string | null> {
  const [folder, root] = await Promise.all([
    nearestFolder(cwd, name),
    nearestFolder(cwd, ".git"),
  ]);
  const limit = root ?? cwd;
  return folder !== null && !relative(limit, folder).startsWith("..")
    ? folder
    : null;
}

/** The options of a run, and what was asked for while it ran. */
export interface RunOptions {
  readonly options: LintOptions;
  readonly accepted: AcceptedValues;
  /** Values that were found, those that the baseline has among them. Stays in this process. */
  readonly asked: readonly BaselineValue[];
}

/** Makes the options of a run. Files are named as they are shown: from `cwd` on. */
export function runOptions(setup: LintSetup, cwd: string): RunOptions {
  const { settings, baseline, baselineFile } = setup;
  const folder = dirname(baselineFile);
  const pathOf = (fileName: string): string | null => {
    const path = relative(folder, resolve(cwd, fileName));
    const isBelow = fileName !== "-" && !path.startsWith("..");
    return isBelow ? path.replaceAll("\\", "/") : null;
  };
  const { allowedValues, extraKeys, rules } = settings;
  const accepted = new AcceptedValues(
    allowedValues,
    baseline,
    pathOf,
    deriveHash,
  );
  const asked: BaselineValue[] = [];
  return {
    accepted,
    asked,
    options: {
      rules,
      extraKeys,
      accepts: (value, rule, fileName) => {
        const acceptance = accepted.accepts(value, rule, fileName);
        const path = pathOf(fileName);
        if (path !== null && acceptance !== "allowedValue") {
          asked.push({ path, rule, value });
        }
        return acceptance;
      },
    },
  };
}

/** A salt for new hashes. */
export function newSalt(): string {
  return randomBytes(16).toString("hex");
}
