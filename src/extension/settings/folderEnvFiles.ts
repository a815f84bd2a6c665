import path from "node:path";

/** What the settings say for one folder of the workspace. */
export interface FolderEnvFiles {
  /** Absolute path of the folder. */
  readonly folder: string;
  /** As they are written. */
  readonly files: readonly string[];
  /** True when the folder's own settings name them, and not those of the workspace, of the user, or the default. */
  readonly isOwn: boolean;
}

/**
 * The env files of a workspace as absolute paths, later ones win. Each folder has its own, and the first folder's win;
 * with several folders, one that only a default names is left out where it does not exist.
 */
export function envFilesOfFolders(
  folders: readonly FolderEnvFiles[],
  absolute: (file: string) => string,
  exists: (file: string) => boolean,
): readonly string[] {
  const resolve = ({ folder, files }: FolderEnvFiles): readonly string[] =>
    files.map((file) =>
      /^(?:~|\$\{)/.test(file.trim())
        ? absolute(file)
        : path.resolve(folder, file.trim()),
    );
  const [first] = folders;
  if (first === undefined || folders.length === 1) {
    return first === undefined ? [] : resolve(first);
  }
  const found = [...folders]
    .reverse()
    .flatMap((folder) =>
      resolve(folder).filter((file) => folder.isOwn || exists(file)),
    );
  return found.length === 0 ? resolve(first) : [...new Set(found)];
}
