import path from "node:path";
import {
  profilesCandidates,
  takenProfiles,
  type ProfilesSearch as SearchOrder,
} from "../../core/dbt/searchOrder";

/** Where dbt looks for its profiles, as a window knows it. */
export interface ProfilesSearch {
  /** Absolute path of the folder that the setting names; null for dbt's own order. */
  readonly profilesDir: string | null;
  /** The environment that dbt would run in. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Absolute paths of the folders that dbt would run in: projects first, then the folders of the workspace. */
  readonly folders: readonly string[];
  readonly home: string;
}

/** Absolute paths of the `profiles.yml` that may be meant, in dbt's order, whether they exist or not. */
export function profilesFiles(search: ProfilesSearch): readonly string[] {
  return profilesCandidates(orderOf(search), path);
}

/** The one of them that dbt takes: the first that exists. Without any, the first place: an error can name it. */
export function takenProfilesFile(
  search: ProfilesSearch,
  exists: (file: string) => boolean,
): string {
  return takenProfiles(orderOf(search), path, exists);
}

function orderOf({
  profilesDir: profilesFolder,
  environment,
  folders,
  home,
}: ProfilesSearch): SearchOrder {
  const variable = environment["DBT_PROFILES_DIR"];
  return { profilesFolder, variable, folders, home };
}
