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
        return index === 0
          ? inside
          : `\${workspaceFolder:${folder.name}}/${inside}`;
      }
    }
    // A name of this machine's user has no place in settings that others get, too.
    const atHome = below(home, file);
    return atHome === undefined ? file : `~/${atHome}`;
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

function below(folder: string, file: string): string | undefined {
  const relative = path.relative(folder, file);
  return relative === "" ||
    relative === ".." ||
    relative.startsWith(`..${path.sep}`) ||
    path.isAbsolute(relative)
    ? undefined
    : relative.split(path.sep).join("/");
}
