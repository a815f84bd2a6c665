import { readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";

/** A file to be checked. */
export interface LintFile {
  /** As it is shown: the given path, or one joined to it. */
  readonly shown: string;
  /** Null for standard input. */
  readonly absolute: string | null;
}

/** The files behind a path, or why there are none. */
export interface CollectedFiles {
  readonly files: readonly LintFile[];
  readonly problem: string | null;
}

const extensions = /\.(?:sql|ddl|psql|pgsql|ya?ml)$/i;

const skipped = new Set(["node_modules", ".git", "dist"]);

/** A file itself, whatever its name, or everything below a folder that is SQL or YAML by name, in order of name. */
export async function collectFiles(
  path: string,
  cwd: string,
): Promise<CollectedFiles> {
  if (path === "-") {
    return { files: [{ shown: "-", absolute: null }], problem: null };
  }
  const absolute = resolve(cwd, path);
  try {
    const info = await stat(absolute);
    if (!info.isDirectory()) {
      return { files: [{ shown: path, absolute }], problem: null };
    }
    const files: LintFile[] = [];
    await walk(path, absolute, files);
    return { files, problem: null };
  } catch (error) {
    return { files: [], problem: reason(path, error) };
  }
}

/** Symbolic links are not followed: a link to a parent would never end. */
async function walk(
  shown: string,
  absolute: string,
  files: LintFile[],
): Promise<void> {
  const entries = await readdir(absolute, { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const next = {
      shown: join(shown, entry.name),
      absolute: join(absolute, entry.name),
    };
    if (entry.isDirectory()) {
      if (!skipped.has(entry.name)) {
        await walk(next.shown, next.absolute, files);
      }
    } else if (entry.isFile() && extensions.test(entry.name)) {
      files.push(next);
    }
  }
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
