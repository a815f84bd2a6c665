import { git, readBlobs, repositoryRoot } from "./git";

/** A file of git's index that the next commit changes, with its content there. */
export interface StagedFile {
  /** Relative to the repository's root, with `/`. */
  readonly path: string;
  readonly content: Buffer;
}

/** What the next commit adds or changes, or null outside of a repository. */
export interface StagedFiles {
  readonly root: string;
  readonly files: readonly StagedFile[];
}

const regularFile = /^100/;

/**
 * The staged files for which `isWanted` holds, in order of path, as git's index has them: what lies in the working tree
 * may be another version. A renamed file counts as a new one; links and submodules have no content of their own.
 */
export async function stagedFiles(
  cwd: string,
  isWanted: (path: string, root: string) => boolean,
): Promise<StagedFiles | null> {
  const root = await repositoryRoot(cwd);
  if (root === null) {
    return null;
  }
  const raw = await git(root, [
    "diff",
    "--cached",
    "--raw",
    "-z",
    "--no-renames",
    "--no-abbrev",
    "--no-ext-diff",
    "--ignore-submodules=all",
    "--diff-filter=ACMT",
  ]);
  if (raw === null) {
    return null;
  }
  const changed = parseRaw(raw.toString("utf8")).filter(
    ({ mode, path }) => regularFile.test(mode) && isWanted(path, root),
  );
  const blobs = await readBlobs(
    root,
    changed.map(({ id }) => id),
  );
  if (blobs === null) {
    return null;
  }
  const files = changed
    .flatMap(({ id, path }) => {
      const content = blobs.get(id);
      return content === undefined ? [] : [{ path, content }];
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  return { root, files };
}

/** `:MODE MODE ID ID STATUS`, NUL, path, NUL. */
function parseRaw(
  text: string,
): { readonly mode: string; readonly id: string; readonly path: string }[] {
  const found = [];
  const parts = text.split("\0");
  for (let index = 0; index + 1 < parts.length; index += 2) {
    const [, mode = "", , id = ""] = (parts[index] ?? "").split(" ");
    found.push({ mode, id, path: parts[index + 1] ?? "" });
  }
  return found;
}
