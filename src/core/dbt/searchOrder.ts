/** Where dbt looks for its profiles. */
export interface ProfilesSearch {
  /** The folder that dbt's `--profiles-dir` names, or the setting that stands for it; null when none does. */
  readonly profilesFolder: string | null;
  /** DBT_PROFILES_DIR; undefined or empty when it is not set. */
  readonly variable: string | undefined;
  /** Absolute paths of the folders that dbt would run in; a relative name counts from the first. */
  readonly folders: readonly string[];
  readonly home: string;
}

/** The two functions of a machine's paths that the search needs. */
export interface PathTools {
  readonly join: (...parts: string[]) => string;
  readonly resolve: (...parts: string[]) => string;
}

/** What dbt calls the file. */
const fileName = "profiles.yml";

/**
 * Absolute paths of the `profiles.yml` that dbt would try, in its order: the folders, then `~/.dbt`. A folder that is
 * named is the only one to dbt, whether it has the file or not.
 */
export function profilesCandidates(
  { profilesFolder, variable, folders, home }: ProfilesSearch,
  paths: PathTools,
): readonly string[] {
  const named = [profilesFolder, variable].find(
    (folder) => typeof folder === "string" && folder !== "",
  );
  const places =
    typeof named === "string"
      ? [resolveFrom(folders[0] ?? home, named, home, paths)]
      : [...folders, paths.join(home, ".dbt")];
  return [...new Set(places)].map((place) => paths.join(place, fileName));
}

/** The one of the candidates that dbt takes: the first that exists. Without any, the first place: an error can name it. */
export function takenProfiles(
  search: ProfilesSearch,
  paths: PathTools,
  exists: (file: string) => boolean,
): string {
  const candidates = profilesCandidates(search, paths);
  // There is one always: the home folder is.
  return candidates.find(exists) ?? candidates[0] ?? fileName;
}

/** An absolute path; `~` is the home folder, as dbt and DuckDB have it. */
export function resolveFrom(
  folder: string,
  name: string,
  home: string,
  { join, resolve }: PathTools,
): string {
  return /^~(?:[/\\]|$)/.test(name)
    ? join(home, name.slice(1))
    : resolve(folder, name);
}
