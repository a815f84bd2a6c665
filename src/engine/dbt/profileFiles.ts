import { isUtf8 } from "node:buffer";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { viaductError } from "../../core/errors/makeError";

/** Where dbt looks for its profiles. */
export interface ProfilesSearch {
  /** dbt's `--profiles-dir`; null when it is not given. */
  readonly profilesFolder: string | null;
  /** DBT_PROFILES_DIR; undefined or empty when it is not set. */
  readonly variable: string | undefined;
  /** The folder that dbt would run in. */
  readonly projectFolder: string;
  readonly home: string;
}

/** The `profiles.yml` that dbt would try, in its order: a folder that is named is the only one. */
export function profilesCandidates({
  profilesFolder,
  variable = "",
  projectFolder,
  home,
}: ProfilesSearch): readonly string[] {
  const named = profilesFolder ?? (variable === "" ? null : variable);
  const folders =
    named === null
      ? [projectFolder, path.join(home, ".dbt")]
      : [resolveFrom(projectFolder, named, home)];
  return folders.map((folder) => path.join(folder, "profiles.yml"));
}

/** The one that dbt takes. Throws `profileMissing`, which names every place. */
export function findProfiles(search: ProfilesSearch): string {
  const candidates = profilesCandidates(search);
  const found = candidates.find((file) => existsSync(file));
  if (found === undefined) {
    throw viaductError(
      "profileMissing",
      `There is no profiles.yml. Looked for: ${candidates.join(", ")}.`,
    );
  }
  return found;
}

/** An absolute path; `~` is the home folder, as DuckDB has it. */
export function resolveFrom(
  folder: string,
  name: string,
  home: string,
): string {
  return /^~(?:[/\\]|$)/.test(name)
    ? path.join(home, name.slice(1))
    : path.resolve(folder, name);
}

/** The text of a file of dbt's. Throws `profileMissing` or `profileInvalid`. */
export async function readDbtFile(file: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    const { code = "unknown" } = error as NodeJS.ErrnoException;
    throw code === "ENOENT"
      ? viaductError("profileMissing", `The file ${file} does not exist.`)
      : viaductError(
          "profileMissing",
          `The file ${file} cannot be read (${code}).`,
        );
  }
  if (!isUtf8(bytes)) {
    throw viaductError(
      "profileInvalid",
      `The file ${file} is not UTF-8 text: save it as UTF-8.`,
      { file: { path: file, line: 0, column: 0 } },
    );
  }
  return bytes.toString("utf8");
}
