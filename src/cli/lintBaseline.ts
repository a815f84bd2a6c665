import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import {
  addToBaseline,
  emptyBaseline,
  withEntries,
  writeBaseline,
  type Baseline,
} from "../core/credentials/baseline";
import { deriveHash } from "../files/deriveHash";
import type { LintFile } from "./lintFiles";
import {
  newSalt,
  SetupProblem,
  type LintSetup,
  type RunOptions,
} from "./lintSetup";

/** The paths of checked files as a baseline has them. */
export function checkedPaths(
  { baselineFile }: LintSetup,
  files: readonly LintFile[],
): ReadonlySet<string> {
  const folder = dirname(baselineFile);
  return new Set(
    files.flatMap(({ absolute }) =>
      absolute === null
        ? []
        : [relative(folder, absolute).replaceAll("\\", "/")],
    ),
  );
}

/** True for the paths whose entries a run can judge: it has checked the file, or the file is gone. */
export function canJudge(
  { baselineFile }: LintSetup,
  checked: ReadonlySet<string>,
): (path: string) => boolean {
  return (path) =>
    checked.has(path) || !existsSync(join(dirname(baselineFile), path));
}

/**
 * Writes the baseline that a run leaves: what was found in the checked files, and the entries of the files that were
 * not checked and are there. Answers it.
 */
export async function updateBaseline(
  setup: LintSetup,
  { asked }: RunOptions,
  checked: ReadonlySet<string>,
): Promise<Baseline> {
  const before = setup.baseline ?? emptyBaseline(newSalt());
  const isJudged = canJudge(setup, checked);
  const kept = before.entries.filter(({ path }) => !isJudged(path));
  const after = addToBaseline(withEntries(before, kept), asked, deriveHash);
  try {
    await writeFile(setup.baselineFile, writeBaseline(after));
  } catch (error) {
    const { code = "" } = error as { readonly code?: string };
    throw new SetupProblem(
      `the baseline could not be written to ${setup.baselineFile} (${code}).`,
    );
  }
  return after;
}
