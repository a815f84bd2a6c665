import { relative } from "node:path";
import { trackedThoughIgnored } from "./gitHistory";
import { nearestFolder } from "./nodeFiles";

/** A folder that is checked, as a part of the repository that it is in. */
export interface CheckedFolder {
  /** Absolute path of the repository's root, or of the folder itself outside of one. */
  readonly root: string;
  /** The folder as a path from the root, with `/`; empty for the root. */
  readonly within: string;
  /** What git has although it would ignore it, as paths from the root; git is asked once, when it is wanted. */
  readonly tracked: () => Promise<ReadonlySet<string>>;
}

/** Finds out about the folder of an absolute path. `mayAskGit` is false where no git may be started. */
export async function checkedFolder(
  path: string,
  mayAskGit: boolean,
): Promise<CheckedFolder> {
  const repository = await nearestFolder(path, ".git");
  const root = repository ?? path;
  let tracked: Promise<ReadonlySet<string>> | null = null;
  return {
    root,
    within: relative(root, path).replaceAll("\\", "/"),
    tracked: () =>
      (tracked ??=
        mayAskGit && repository !== null
          ? trackedThoughIgnored(repository)
          : Promise.resolve(new Set())),
  };
}
