import type { AttachmentSpec } from "../connections/attachment";
import type { ErrorInfo } from "../errors/errorInfo";
import { errorInfo } from "../errors/makeError";
import type { DbtProfiles, DbtSelection, DbtTarget } from "./profiles";

/** The output that a selection means, in the profiles that were read; an error that names what is missing. */
export function selectedTarget(
  profiles: DbtProfiles,
  { file, profile: name, target: wanted }: DbtSelection,
): DbtTarget | ErrorInfo {
  const profile = profiles.profiles.find((one) => one.name === name);
  if (profile === undefined) {
    return missing(
      `There is no profile "${name}" in ${file}; it has: ${listed(profiles.profiles)}.`,
      file,
    );
  }
  const targetName = wanted ?? profile.defaultTarget;
  const target = profile.targets.find((one) => one.name === targetName);
  return (
    target ??
    missing(
      `The profile "${name}" in ${file} has no target "${targetName}"; it has: ${listed(profile.targets)}.`,
      file,
    )
  );
}

/** The attachments of the settings, and those of the dbt output whose alias the settings do not use. */
export function joinAttachments(
  settings: readonly AttachmentSpec[],
  dbt: readonly AttachmentSpec[],
): readonly AttachmentSpec[] {
  // Catalog names are the same in upper and lower case.
  const taken = new Set(settings.map(({ alias }) => alias.toLowerCase()));
  return [
    ...settings,
    ...dbt.filter(({ alias }) => !taken.has(alias.toLowerCase())),
  ];
}

function listed(all: readonly { readonly name: string }[]): string {
  return all.map(({ name }) => `"${name}"`).join(", ") || "none";
}

function missing(message: string, path: string): ErrorInfo {
  return errorInfo("profileMissing", message, {
    file: { path, line: 0, column: 0 },
  });
}
