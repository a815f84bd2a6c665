import { globTest, IgnoreRules } from "./ignoreRules";
import { formOfName } from "./lintableFile";

/** One name in a folder. */
export interface FolderEntry {
  readonly name: string;
  /** `other` is a symbolic link, a socket and the like: links are not followed, one to a parent would never end. */
  readonly kind: "file" | "folder" | "other";
}

/** Reads folders and small files; paths are with `/`, relative to the repository's root or to the root of the walk. */
export interface FolderReader {
  /** The names in a folder, in any order. Throws when it cannot be read. */
  list(folder: string): Promise<readonly FolderEntry[]>;
  /** The text of a file; null when there is none. */
  read(file: string): Promise<string | null>;
}

/** Which files are wanted. */
export interface FileSelection {
  /** Globs of files beside those that are SQL, YAML, env files and notebooks by name. */
  readonly include: readonly string[];
  /** Globs of files and folders that are left out. */
  readonly exclude: readonly string[];
  /** The folder that globs start from, as a path from the reader's root; the walk's own folder when it is absent. */
  readonly globFolder?: string;
  /** False looks into what git ignores, too. */
  readonly gitIgnore: boolean;
  /**
   * Files that git has although it would ignore them, as paths from the reader's root: ignoring ends at `git add -f`.
   * Asked for when something is ignored.
   */
  readonly tracked?: () => Promise<ReadonlySet<string>>;
}

/** What comes of a walk: a file, or a folder that could not be read. */
export type Walked =
  | { readonly kind: "file"; readonly path: string }
  | {
      readonly kind: "problem";
      readonly path: string;
      readonly error: unknown;
    };

/** Never looked into: not written here, or not what somebody wrote. */
const skipped = new Set([
  "node_modules",
  ".git",
  ".hg",
  ".svn",
  "dist",
  ".venv",
  "__pycache__",
]);

/** Deeper than this is no folder that a person made. */
const maxDepth = 100;

/**
 * The files below a folder, in order of name, each as a path from the reader's root. The `.gitignore` of every folder
 * from that root on counts. A generator, so that it can be left, and does no more than it is asked for.
 */
export async function* walkFiles(
  reader: FolderReader,
  folder: string,
  selection: FileSelection,
): AsyncGenerator<Walked> {
  const isIncluded = globTest(selection.include);
  const isExcluded = globTest(selection.exclude);
  const isTracked = trackedTest(selection.tracked);
  const base = selection.globFolder ?? folder;
  const prefix = base === "" ? "" : `${base}/`;
  const within = (path: string): string =>
    path.startsWith(prefix) ? path.slice(prefix.length) : path;

  async function* walk(
    path: string,
    outer: IgnoreRules,
    depth: number,
  ): AsyncGenerator<Walked> {
    const rules = selection.gitIgnore
      ? await rulesOf(reader, path, outer)
      : outer;
    let entries: readonly FolderEntry[];
    try {
      entries = await reader.list(path);
    } catch (error) {
      yield { kind: "problem", path, error };
      return;
    }
    for (const { name, kind } of [...entries].sort(byName)) {
      const next = join(path, name);
      if (kind === "folder") {
        const isOut =
          skipped.has(name) ||
          depth >= maxDepth ||
          (rules.isIgnored(`${next}/`) && !(await isTracked(`${next}/`))) ||
          isExcluded(`${within(next)}/`);
        if (!isOut) {
          yield* walk(next, rules, depth + 1);
        }
      } else if (kind === "file") {
        const isIn =
          (formOfName(name) !== null || isIncluded(within(next))) &&
          (!rules.isIgnored(next) || (await isTracked(next))) &&
          !isExcluded(within(next));
        if (isIn) {
          yield { kind: "file", path: next };
        }
      }
    }
  }

  const start = await outerRules(reader, folder, selection.gitIgnore);
  yield* walk(folder, start, 0);
}

/** True for a file that a walk from the reader's root comes to. */
export async function isWalked(
  reader: FolderReader,
  path: string,
  selection: FileSelection,
): Promise<boolean> {
  const isExcluded = globTest(selection.exclude);
  const isTracked = trackedTest(selection.tracked);
  const base = selection.globFolder ?? "";
  const prefix = base === "" ? "" : `${base}/`;
  const names = path.split("/");
  let rules = await outerRules(reader, "", selection.gitIgnore);
  for (const [depth, name] of names.entries()) {
    const isFolder = depth + 1 < names.length;
    if (selection.gitIgnore) {
      rules = await rulesOf(reader, names.slice(0, depth).join("/"), rules);
    }
    const part = names.slice(0, depth + 1).join("/") + (isFolder ? "/" : "");
    const within = part.startsWith(prefix) ? part.slice(prefix.length) : "";
    const isOut =
      (isFolder && skipped.has(name)) ||
      (rules.isIgnored(part) && !(await isTracked(part))) ||
      (within !== "" && isExcluded(within));
    if (isOut) {
      return false;
    }
  }
  const isIncluded = globTest(selection.include);
  return formOfName(path) !== null || isIncluded(path.slice(prefix.length));
}

/** Tells of a path (a folder's ends with `/`) whether it is tracked, or something in it is. */
function trackedTest(
  tracked: FileSelection["tracked"],
): (path: string) => Promise<boolean> {
  let known: Promise<ReadonlySet<string>> | null = null;
  return async (path) => {
    known ??= (tracked?.() ?? Promise.resolve(new Set<string>())).then(
      withFolders,
    );
    return (await known).has(path);
  };
}

/** Paths, and the folders that they are in. */
function withFolders(paths: ReadonlySet<string>): ReadonlySet<string> {
  const all = new Set(paths);
  for (const path of paths) {
    for (
      let end = path.indexOf("/");
      end > 0;
      end = path.indexOf("/", end + 1)
    ) {
      all.add(path.slice(0, end + 1));
    }
  }
  return all;
}

/** The rules of the folders above the one that the walk starts in, and of the repository itself. */
async function outerRules(
  reader: FolderReader,
  folder: string,
  gitIgnore: boolean,
): Promise<IgnoreRules> {
  let rules = IgnoreRules.none;
  if (!gitIgnore) {
    return rules;
  }
  const exclude = await reader.read(".git/info/exclude");
  rules = exclude === null ? rules : rules.with("", exclude);
  const names = folder === "" ? [] : folder.split("/");
  for (let depth = 0; depth < names.length; depth++) {
    rules = await rulesOf(reader, names.slice(0, depth).join("/"), rules);
    if (rules.isIgnored(`${names.slice(0, depth + 1).join("/")}/`)) {
      // The folder is named itself: what ignores all of it says nothing about what is in it.
      rules = IgnoreRules.none;
    }
  }
  return rules;
}

async function rulesOf(
  reader: FolderReader,
  folder: string,
  outer: IgnoreRules,
): Promise<IgnoreRules> {
  const text = await reader.read(join(folder, ".gitignore"));
  return text === null
    ? outer
    : outer.with(folder === "" ? "" : `${folder}/`, text);
}

function join(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}

function byName(a: FolderEntry, b: FolderEntry): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
