import { existsSync } from "node:fs";
import path from "node:path";
import type { SettingPaths } from "../../core/connections/attachmentSetting";
import { takenProfilesFile } from "../dbt/profilesFiles";

/** A folder of the workspace. */
export interface SettingFolder {
  readonly name: string;
  /** Absolute. */
  readonly path: string;
}

/** What paths in settings are about. */
export interface PathContext {
  /** Of the workspace, the first one first; relative paths start there. */
  readonly folders: readonly SettingFolder[];
  readonly home: string;
  /** The folder that `viaduct.dbt.profilesDir` names, or null. */
  readonly profilesDir: string | null;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Paths as settings have them: relative to the first folder, from `~`, or with VS Code's usual variables. */
export class WorkspacePaths implements SettingPaths {
  constructor(private readonly context: () => PathContext) {}

  readonly absolute = (file: string): string => {
    const { folders, home, environment } = this.context();
    const first = folders[0]?.path;
    const written = file
      .trim()
      .replace(/^~(?=$|[/\\])/, () => home)
      .replace(
        /\$\{(workspaceFolder|userHome|env)(?::([^}]*))?\}/g,
        (whole, variable: string, name?: string) => {
          switch (variable) {
            case "userHome":
              return home;
            case "env":
              return environment[name ?? ""] ?? "";
            default:
              return (
                (name === undefined
                  ? first
                  : folders.find((folder) => folder.name === name)?.path) ??
                whole
              );
          }
        },
      );
    return first === undefined
      ? path.resolve(written)
      : path.resolve(first, written);
  };

  readonly relative = (file: string): string => {
    const { folders, home } = this.context();
    for (const [index, folder] of folders.entries()) {
      const inside = below(folder.path, file);
      if (inside !== undefined) {
        if (index === 0) {
          return inside;
        }
        // A name that another folder has, too, would be that folder's.
        if (folders.find(({ name }) => name === folder.name) === folder) {
          return `\${workspaceFolder:${folder.name}}/${inside}`;
        }
      }
    }
    // A name of this machine's user has no place in settings that others get, too.
    const atHome = below(home, file);
    return atHome === undefined ? file : `~/${atHome}`;
  };

  /** As people read it: with the folder's name where there are several. */
  readonly shown = (file: string): string => {
    const { folders } = this.context();
    const folder = folderOf(folders, file);
    return folder === undefined || folders.length === 1
      ? this.relative(file)
      : `${folder.name}/${below(folder.path, file) ?? ""}`;
  };

  readonly profilesFile = (): string => {
    const { folders, home, environment, profilesDir } = this.context();
    return takenProfilesFile(
      {
        profilesDir,
        environment,
        folders: folders.map((folder) => folder.path),
        home,
      },
      existsSync,
    );
  };
}

/** The folder that a file is in; the innermost where one is in another. */
export function folderOf(
  folders: readonly SettingFolder[],
  file: string,
): SettingFolder | undefined {
  return folders
    .filter((folder) => below(folder.path, file) !== undefined)
    .sort((a, b) => b.path.length - a.path.length)[0];
}

function below(folder: string, file: string): string | undefined {
  const relative = path.relative(folder, file);
  return relative === "" ||
    relative === ".." ||
    relative.startsWith(`..${path.sep}`) ||
    path.isAbsolute(relative)
    ? undefined
    : relative.split(path.sep).join("/");
}
