import { closeSync, fstatSync, openSync, readFileSync } from "node:fs";
import { open, readdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { decodeText, maxFileBytes } from "../core/files/lintableFile";
import type { FolderReader } from "../core/files/walkFiles";

/** A `.gitignore` longer than this is none. */
const maxIgnoreBytes = 1_000_000;

/** The folders below an absolute path, from the disk. */
export function diskReader(root: string): FolderReader {
  return {
    async list(folder) {
      const entries = await readdir(join(root, folder), {
        withFileTypes: true,
      });
      return entries.map((entry) => ({
        name: entry.name,
        kind: entry.isDirectory()
          ? "folder"
          : entry.isFile()
            ? "file"
            : "other",
      }));
    },
    async read(file) {
      try {
        const bytes = await readBounded(join(root, file), maxIgnoreBytes);
        return bytes?.toString("utf8") ?? null;
      } catch {
        return null;
      }
    },
  };
}

/** The nearest folder, from one on upwards, that has something of this name; null for none. */
export async function nearestFolder(
  start: string,
  name: string,
): Promise<string | null> {
  for (let folder = start; ; folder = dirname(folder)) {
    try {
      await stat(join(folder, name));
      return folder;
    } catch {
      if (dirname(folder) === folder) {
        return null;
      }
    }
  }
}

/** The content of a file, or why it is not checked. */
export type FileText =
  { readonly text: string } | { readonly skipped: "tooLarge" | "binary" };

/** Reads a file as text. Throws what the file system throws. */
export async function readFileText(path: string): Promise<FileText> {
  const bytes = await readBounded(path, maxFileBytes);
  return bytes === null ? { skipped: "tooLarge" } : textOf(bytes);
}

/** The same for a program that nobody else waits for: in a folder of small files, most of its time is spent here. */
export function readFileTextSync(path: string): FileText {
  const handle = openSync(path, "r");
  try {
    const { size } = fstatSync(handle);
    return size > maxFileBytes
      ? { skipped: "tooLarge" }
      : textOf(readFileSync(handle));
  } finally {
    closeSync(handle);
  }
}

/** Bytes as text: broken ones become U+FFFD. */
export function textOf(bytes: Uint8Array): FileText {
  if (bytes.length > maxFileBytes) {
    return { skipped: "tooLarge" };
  }
  const text = decodeText(bytes, (encoding) =>
    new TextDecoder(encoding).decode(bytes),
  );
  return text === null ? { skipped: "binary" } : { text };
}

async function readBounded(
  path: string,
  maxBytes: number,
): Promise<Buffer | null> {
  const handle = await open(path);
  try {
    const { size } = await handle.stat();
    return size > maxBytes ? null : await handle.readFile();
  } finally {
    await handle.close();
  }
}
