import path from "node:path";

/** Where dbt looks for its profiles. */
export interface ProfilesSearch {
  /** Absolute path of the folder that the setting names; null for dbt's own order. */
  readonly profilesDir: string | null;
  /** The environment that dbt would run in. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Absolute paths of the folders that dbt would run in: projects first, then the folders of the workspace. */
  readonly folders: readonly string[];
  readonly home: string;
}

/** What dbt calls the file. */
const fileName = "profiles.yml";

/**
 * Absolute paths of the `profiles.yml` that may be meant, in dbt's order. A folder that is named, by the setting (dbt's
 * `--profiles-dir`) or by `DBT_PROFILES_DIR`, is the only one to dbt: whether it has the file or not.
 */
export function profilesFiles(search: ProfilesSearch): readonly string[] {
  const { environment, folders, home } = search;
  const base = folders[0] ?? home;
  const named = [search.profilesDir, environment["DBT_PROFILES_DIR"]].find(
    (folder) => typeof folder === "string" && folder !== "",
  );
  const candidates =
    typeof named !== "string"
      ? [...folders, path.join(home, ".dbt")]
      : [path.resolve(base, expandHome(named, home))];
  const files = candidates.map((folder) => path.join(folder, fileName));
  return [...new Set(files)];
}

/** The one of them that dbt takes: the first that exists. Without any, the first place: an error can name it. */
export function takenProfilesFile(
  search: ProfilesSearch,
  exists: (file: string) => boolean,
): string {
  const files = profilesFiles(search);
  return (
    files.find(exists) ?? files[0] ?? path.join(search.home, ".dbt", fileName)
  );
}

function expandHome(folder: string, home: string): string {
  return /^~(?:[/\\]|$)/.test(folder)
    ? path.join(home, folder.slice(1))
    : folder;
}
