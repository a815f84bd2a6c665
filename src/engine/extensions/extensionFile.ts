import { mkdtemp, open, readFile, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import {
  footerBytes,
  footerProblem,
  readFooter,
  type ExtensionFooter,
  type ExtensionTarget,
} from "./footer";

/** A file that was looked into before anything is done with it. */
export type Inspected =
  | { readonly footer: ExtensionFooter; readonly problem: null }
  /** A whole sentence. */
  | { readonly footer: null; readonly problem: string };

/** Reads a file's footer and says whether this DuckDB can load it; `.gz` is unpacked in memory. */
export async function inspectFile(
  file: string,
  target: ExtensionTarget,
): Promise<Inspected> {
  let tail: Uint8Array;
  try {
    tail = await readTail(file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    const reason =
      code === "ENOENT" ? "does not exist" : `cannot be read (${code})`;
    return { footer: null, problem: `The file ${file} ${reason}.` };
  }
  const footer = readFooter(tail);
  const problem = footerProblem(footer, target);
  return footer === null || problem !== null
    ? { footer: null, problem: `The file ${file} ${problem ?? ""}.` }
    : { footer, problem: null };
}

/** The name that DuckDB takes from a file's: all before the first dot. */
export function nameOfFile(file: string): string {
  return (basename(file).split(".")[0] ?? "").toLowerCase();
}

/**
 * Hands a task the same extension as a plain file that has the extension's name, because DuckDB goes by the name of the
 * file and loads nothing packed: the file itself, or a copy that is removed afterwards.
 */
export async function withPlainFile<T>(
  file: string,
  name: string,
  folder: string,
  task: (file: string) => Promise<T>,
): Promise<T> {
  if (!isPacked(file) && basename(file) === `${name}.duckdb_extension`) {
    return task(file);
  }
  const temporary = await mkdtemp(join(folder, "extension-"));
  try {
    const copy = join(temporary, `${name}.duckdb_extension`);
    await writeFile(copy, await readWhole(file));
    return await task(copy);
  } finally {
    // Windows keeps a loaded library; the session's folder goes when the engine ends.
    await rm(temporary, { recursive: true, force: true }).catch(
      () => undefined,
    );
  }
}

/** True for a file that DuckDB installs by this name as it is. */
export function isNamed(file: string, name: string): boolean {
  const base = basename(file);
  return (
    base === `${name}.duckdb_extension` ||
    base === `${name}.duckdb_extension.gz`
  );
}

async function readTail(file: string): Promise<Uint8Array> {
  if (isPacked(file)) {
    return readWhole(file);
  }
  const handle = await open(file, "r");
  try {
    const { size } = await handle.stat();
    const length = Math.min(size, footerBytes);
    const { buffer, bytesRead } = await handle.read({
      buffer: Buffer.alloc(length),
      position: size - length,
    });
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

async function readWhole(file: string): Promise<Uint8Array> {
  const bytes = await readFile(file);
  return isPacked(file) ? await promisify(gunzip)(bytes) : bytes;
}

function isPacked(file: string): boolean {
  return file.toLowerCase().endsWith(".gz");
}
