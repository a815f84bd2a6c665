import { isUtf8 } from "node:buffer";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import {
  profilesCandidates,
  resolveFrom,
  takenProfiles,
  type ProfilesSearch,
} from "../../core/dbt/searchOrder";
import { viaductError } from "../../core/errors/makeError";

/** The one that dbt takes. Throws `profileMissing`, which names every place. */
export function findProfiles(search: ProfilesSearch): string {
  const found = takenProfiles(search, path, existsSync);
  if (!existsSync(found)) {
    throw viaductError(
      "profileMissing",
      `There is no profiles.yml. Looked for: ${profilesCandidates(search, path).join(", ")}.`,
    );
  }
  return found;
}

/** An absolute path of this machine's; `~` is the home folder. */
export function resolveHere(folder: string, name: string): string {
  return resolveFrom(folder, name, homedir(), path);
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
