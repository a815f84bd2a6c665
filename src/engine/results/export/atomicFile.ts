import { randomBytes } from "node:crypto";
import { open, realpath, rename, rm, stat } from "node:fs/promises";
import { dirname, isAbsolute, join } from "node:path";
import { viaductError } from "../../../core/errors/makeError";
import { fileProblem } from "./fileProblem";

/** Where a file is written to, known to be possible. */
export interface WritablePlace {
  /** As it was given. */
  readonly file: string;
  /** What a link leads to. */
  readonly target: string;
  /** Another file beside it. */
  readonly temporary: string;
}

/** Looks whether a file can be made: found out at the end, it would have cost the whole work. Throws in the system's words. */
export async function writablePlace(file: string): Promise<WritablePlace> {
  if (!isAbsolute(file)) {
    throw viaductError("unknown", "A file to write has an absolute path.");
  }
  try {
    // A link stays one, and what it leads to is replaced.
    const target = await realpath(file).catch(() => file);
    const temporary = join(
      dirname(target),
      `.viaduct-${randomBytes(6).toString("hex")}.part`,
    );
    const there = await stat(target).catch(noneThere);
    if (there?.isDirectory() === true) {
      throw Object.assign(new Error("is a folder"), { code: "EISDIR" });
    }
    const handle = await open(temporary, "wx");
    await handle.close();
    await rm(temporary);
    return { file, target, temporary };
  } catch (error) {
    throw fileProblem(error, file);
  }
}

/**
 * Writes a file as a whole or not at all: `write` gets the name of another file beside it, which takes its place once
 * `write` has succeeded. An existing file stays as it is until then.
 */
export async function writeWhole<T>(
  { file, target, temporary }: WritablePlace,
  write: (temporary: string) => Promise<T>,
): Promise<T> {
  try {
    const result = await write(temporary);
    await settle(temporary, target);
    await rename(temporary, target);
    return result;
  } catch (error) {
    throw fileProblem(error, file, temporary);
  } finally {
    // After the renaming there is nothing of that name.
    await rm(temporary, { force: true }).catch(() => undefined);
    await rm(`${temporary}.wal`, { force: true }).catch(() => undefined);
  }
}

/** What a file is that need not be there; a name that none can have is an error. */
function noneThere(error: unknown): null {
  const code = error instanceof Error && "code" in error ? error.code : "";
  if (code === "ENOENT") {
    return null;
  }
  throw error;
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
