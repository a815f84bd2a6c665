import type { AttachmentSpec } from "../core/connections/attachment";
import { selectedTarget } from "../core/dbt/selectedTarget";
import type { DbtSelection } from "../core/dbt/profiles";
import type { DbtProfileReader } from "../engine/dbt/dbtProfiles";
import { withTargetFiles } from "../core/dbt/targetFiles";
import { viaductError } from "../core/errors/makeError";
import { Redactor } from "../core/errors/redactor";
import { ViaductError } from "../core/errors/viaductError";
import type { ProgramIo } from "./io";

/** Which dbt output a run uses, in dbt's own words; null for dbt's own choice. */
export interface ProfileOptions {
  readonly profilesDir: string | null;
  readonly profile: string | null;
  readonly target: string | null;
}

/** The output that was chosen. */
export interface ChosenProfile {
  readonly selection: DbtSelection;
  /** The target's name, also where it is the profile's own. */
  readonly target: string;
  readonly attachments: readonly AttachmentSpec[];
  /** Aliases of those that the output wants to be read-only. */
  readonly readOnly: readonly string[];
  /** What Viaduct does instead of the output's words. */
  readonly notes: readonly string[];
}

/** Finds the output as dbt does, in this folder. Throws what dbt would complain of. */
export async function chooseProfile(
  options: ProfileOptions,
  envFiles: readonly string[],
  hasDatabase: boolean,
  { cwd, env }: Pick<ProgramIo, "cwd" | "env">,
): Promise<ChosenProfile> {
  const reader = await profileReader(envFiles, env);
  const found = await reader.list({
    file: null,
    projectFolder: cwd,
    ...(options.profilesDir === null
      ? {}
      : { profilesFolder: options.profilesDir }),
  });
  const [first, second] = found.profiles;
  const only = second === undefined ? first?.name : undefined;
  const profile = options.profile ?? found.projectProfile ?? only ?? null;
  if (profile === null) {
    throw viaductError(
      "profileMissing",
      `No profile was named: give --profile NAME, or a dbt_project.yml with "profile:" in this folder. ${found.file} has: ${found.profiles.map(({ name }) => name).join(", ")}.`,
    );
  }
  const selection: DbtSelection = {
    file: found.file,
    projectFolder: cwd,
    profile,
    target: options.target,
  };
  const target = selectedTarget(found, selection);
  if ("class" in target) {
    throw new ViaductError(target);
  }
  // As in dbt, nothing runs with half of an output; and what a script makes must not be lost with a database in memory.
  const [problem] = target.problems;
  if (problem !== undefined) {
    throw new ViaductError(problem);
  }
  if (target.elsewhere !== undefined && !hasDatabase) {
    throw viaductError(
      "profileInvalid",
      `The target "${target.name}" of the profile "${profile}" has no database to work in. ${target.elsewhere}`,
      { hint: "Choose another target, or name a DuckDB file with --db." },
    );
  }
  return {
    selection: { ...selection, target: target.name },
    target: target.name,
    attachments: target.attachments,
    readOnly: target.readOnly ?? [],
    notes: target.notes,
  };
}

async function profileReader(
  envFiles: readonly string[],
  env: ProgramIo["env"],
): Promise<DbtProfileReader> {
  const dbt = await import("../engine/dbt/dbtProfiles");
  const { EnvironmentFiles } = await import("../engine/environment");
  const { findVariable } = await import("../engine/variables");
  const files = new EnvironmentFiles();
  return new dbt.DbtProfileReader({
    variable: (name, target) =>
      findVariable(name, {
        files,
        envFiles: withTargetFiles(envFiles, target),
        processEnvironment: env,
      }),
    redactor: new Redactor(),
  });
}
