import path from "node:path";

/** A folder with a `dbt_project.yml`. */
export interface DbtProject {
  /** Absolute path. */
  readonly folder: string;
  /** The profile that it names; null when it names none in plain words. */
  readonly profile: string | null;
}

/** The `profile:` of a `dbt_project.yml`; null when there is none, or when Jinja decides. */
export function projectProfile(text: string): string | null {
  const [, quoted, single, plain] =
    /^profile[ \t]*:[ \t]*(?:"([^"\r\n]*)"|'([^'\r\n]*)'|([^\s"'#][^#\r\n]*?))[ \t]*(?:[ \t]#.*)?\r?$/m.exec(
      text,
    ) ?? [];
  const name = (quoted ?? single ?? plain ?? "").trim();
  return name === "" || name.includes("{{") ? null : name;
}

/**
 * The folder that dbt would run in with this profile: the project that the file lies in, else the one that names the
 * profile, else the first; without a project, the file's own folder when it is in the workspace, else the workspace's.
 */
export function projectFolderOf(
  file: string,
  profile: string,
  projects: readonly DbtProject[],
  workspaceFolders: readonly string[],
): string {
  const folder = path.dirname(file);
  const project =
    projects.find((candidate) => candidate.folder === folder) ??
    projects.find((candidate) => candidate.profile === profile) ??
    projects[0];
  const isInside = workspaceFolders.some((root) => {
    const relative = path.relative(root, folder);
    return !relative.startsWith("..") && !path.isAbsolute(relative);
  });
  return (
    project?.folder ?? (isInside ? folder : (workspaceFolders[0] ?? folder))
  );
}
