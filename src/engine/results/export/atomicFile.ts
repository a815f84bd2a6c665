import { randomBytes } from "node:crypto";
import { open, realpath, rename, rm, stat } from "node:fs/promises";
import { dirname, isAbsolute, join } from "node:path";
import { viaductError } from "../../../core/errors/makeError";
import { fileProblem } from "./fileProblem";

/**
 * Writes a file as a whole or not at all: `write` gets the name of another file beside it, which takes its place once
 * `write` has succeeded. An existing file stays as it is until then.
 */
export async function writeWhole<T>(
  file: string,
  write: (temporary: string) => Promise<T>,
): Promise<T> {
  if (!isAbsolute(file)) {
    throw viaductError("unknown", "A file to write has an absolute path.");
  }
  // A link stays one, and what it leads to is replaced.
  const target = await realpath(file).catch(() => file);
  const temporary = join(
    dirname(target),
    `.viaduct-${randomBytes(6).toString("hex")}.part`,
  );
  try {
    await refuseFolder(target);
    await tryPlace(temporary);
    const result = await write(temporary);
    await settle(temporary, target);
    await rename(temporary, target);
    return result;
  } catch (error) {
    throw fileProblem(error, file);
  } finally {
    // After the renaming there is nothing of that name.
    await rm(temporary, { force: true }).catch(() => undefined);
    await rm(`${temporary}.wal`, { force: true }).catch(() => undefined);
  }
}

/** Found out at the end, it would have cost the whole export. */
async function refuseFolder(target: string): Promise<void> {
  const found = await stat(target).catch(() => null);
  if (found?.isDirectory() === true) {
    throw Object.assign(new Error("is a folder"), { code: "EISDIR" });
  }
}

/** Whether a file can be made there is known before the work, in the system's words and not in DuckDB's. */
async function tryPlace(temporary: string): Promise<void> {
  const handle = await open(temporary, "wx");
  await handle.close();
  await rm(temporary);
}

/** What is on the disk is whole before the name is its: and whoever might read the old file may read the new one. */
async function settle(temporary: string, target: string): Promise<void> {
  const handle = await open(temporary, "r+");
  try {
    const old = await stat(target).catch(() => null);
    if (old !== null) {
      await handle.chmod(old.mode & 0o777);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
}
