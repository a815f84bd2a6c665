import { existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { globTest } from "../core/files/ignoreRules";
import { formOfName } from "../core/files/lintableFile";
import { walkFiles, type FileSelection } from "../core/files/walkFiles";
import { checkedFolder } from "../files/checkedFolder";
import {
  diskReader,
  readFileTextSync,
  textOf,
  type FileText,
} from "../files/nodeFiles";
import { stagedFiles } from "../files/stagedFiles";

/** A file to be checked. */
export interface LintFile {
  /** As it is shown: the given path, or one joined to it. */
  readonly shown: string;
  /** Null for standard input without a name. */
  readonly absolute: string | null;
  /** Why nobody knows what there is in it, for a folder. */
  readonly unreadable?: string;
  read(): Promise<FileText>;
}

/** The files behind a path, or why there are none. */
export interface CollectedFiles {
  readonly files: readonly LintFile[];
  /** Why the run cannot go on, or null. */
  readonly problem: string | null;
}

/** Which files of folders are wanted, by globs from a folder on. */
export interface LintSelection {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** True to leave out what is excluded also when it is named itself. */
  readonly forceExclude: boolean;
  /** Absolute. */
  readonly globFolder: string;
}

/** A file itself, whatever its name; what a glob means; or what of a folder is to be checked, in order of name. */
export async function collectFiles(
  path: string,
  cwd: string,
  selection: LintSelection,
): Promise<CollectedFiles> {
  const absolute = resolve(cwd, path);
  try {
    const info = await stat(absolute);
    const { exclude, forceExclude } = selection;
    if (forceExclude && matcher(exclude, selection)(absolute)) {
      return found([]);
    }
    return info.isDirectory()
      ? await walkFolder(path, absolute, selection)
      : found([diskFile(path, absolute)]);
  } catch (error) {
    return /[*?[]/.test(path)
      ? await collectGlob(path, cwd, selection)
      : { files: [], problem: reason(path, error) };
  }
}

/** Tells whether one of the globs means an absolute path; outside their folder they mean nothing. */
function matcher(
  globs: readonly string[],
  { globFolder }: LintSelection,
): (absolute: string) => boolean {
  const isMeant = globTest(globs);
  return (absolute) => {
    const path = relative(globFolder, absolute).replaceAll("\\", "/");
    return path !== "" && !path.startsWith("..") && isMeant(path);
  };
}

function found(files: readonly LintFile[]): CollectedFiles {
  return { files, problem: null };
}

function diskFile(shown: string, absolute: string): LintFile {
  return {
    shown,
    absolute,
    read: () => Promise.resolve().then(() => readFileTextSync(absolute)),
  };
}

/** What a glob means, for shells that leave globs to the program: files below the folder that it begins with. */
async function collectGlob(
  glob: string,
  cwd: string,
  selection: LintSelection,
): Promise<CollectedFiles> {
  const parts = glob.replaceAll("\\", "/").split("/");
  const first = parts.findIndex((part) => /[*?[]/.test(part));
  const base =
    parts.slice(0, first).join("/") || (glob.startsWith("/") ? "/" : ".");
  const pattern = `/${parts.slice(first).join("/")}`;
  const isMeant = globTest([pattern]);
  const all = await collectFiles(base, cwd, {
    ...selection,
    include: [...selection.include, parts.at(-1) ?? ""],
  });
  const root = resolve(cwd, base);
  const files = all.files.filter(
    ({ absolute, unreadable }) =>
      unreadable !== undefined ||
      isMeant(relative(root, absolute ?? "").replaceAll("\\", "/")),
  );
  return all.problem === null && files.length === 0
    ? { files, problem: `${glob} means no file.` }
    : { ...all, files };
}

async function walkFolder(
  shown: string,
  absolute: string,
  { include, exclude, globFolder }: LintSelection,
): Promise<CollectedFiles> {
  const { root, within, tracked } = await checkedFolder(absolute, true);
  const globs = relative(root, globFolder).replaceAll("\\", "/");
  const wanted: FileSelection = {
    include,
    exclude,
    gitIgnore: true,
    tracked,
    ...(globs.startsWith("..") ? {} : { globFolder: globs }),
  };
  const files: LintFile[] = [];
  for await (const each of walkFiles(diskReader(root), within, wanted)) {
    const path = join(root, each.path);
    const name = join(shown, relative(absolute, path));
    if (each.kind === "file") {
      files.push(diskFile(name, path));
    } else {
      files.push({
        ...diskFile(name, path),
        unreadable: reason(name, each.error),
      });
    }
  }
  return found(files);
}

/** Standard input, read once, under the name that it is said to have. */
export function stdinFile(
  stdin: AsyncIterable<string | Uint8Array>,
  name: string | null,
  cwd: string,
): LintFile {
  let text: Promise<FileText> | null = null;
  return {
    shown: name ?? "-",
    absolute: name === null ? null : resolve(cwd, name),
    read: () => (text ??= readAll(stdin).then(textOf)),
  };
}

/** All that comes from a stream. */
export async function readAll(
  stream: AsyncIterable<string | Uint8Array>,
): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) {
    chunks.push(typeof chunk === "string" ? Buffer.from(chunk) : chunk);
  }
  return Buffer.concat(chunks);
}

/** The files of git's index that the next commit changes, those below the given paths when there are any. */
export async function collectStaged(
  paths: readonly string[],
  cwd: string,
  selection: LintSelection,
): Promise<CollectedFiles> {
  const isIncluded = matcher(selection.include, selection);
  const isExcluded = matcher(selection.exclude, selection);
  const wanted = paths.map((path) => resolve(cwd, path));
  const staged = await stagedFiles(
    cwd,
    (path, root) => formOfName(path) !== null || isIncluded(join(root, path)),
  );
  if (staged === null) {
    const problem = "--staged needs git, and a repository to run in.";
    return { files: [], problem };
  }
  const { root } = staged;
  const files = staged.files.flatMap(({ path, content }): LintFile[] => {
    const absolute = join(root, path);
    const isBelow =
      wanted.length === 0 ||
      wanted.some((each) => !relative(each, absolute).startsWith(".."));
    return isBelow && !isExcluded(absolute)
      ? [
          {
            shown: relative(cwd, absolute),
            absolute,
            read: () => Promise.resolve(textOf(content)),
          },
        ]
      : [];
  });
  // A name that means nothing is misspelt: silence would look like a clean file.
  const isInIndex = (each: string): boolean =>
    staged.files.some(
      ({ path }) => !relative(each, join(root, path)).startsWith(".."),
    );
  const missing = paths.find((_, index) => {
    const each = wanted[index] ?? "";
    return !existsSync(each) && !isInIndex(each);
  });
  return missing === undefined
    ? found(files)
    : { files: [], problem: `${missing} does not exist.` };
}

/** Why a path could not be read, in words. */
export function reason(path: string, error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  switch (code) {
    case "ENOENT":
      return `${path} does not exist.`;
    case "EACCES":
    case "EPERM":
      return `${path} may not be read: permission denied.`;
    default:
      return `${path} could not be read${typeof code === "string" ? ` (${code})` : ""}.`;
  }
}
