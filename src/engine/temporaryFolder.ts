import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";

const namePattern = /^viaduct-engine-(\d+)$/;

/** Makes this process's folder below `parent`, and removes those of engine processes that are gone. */
export async function makeTemporaryFolder(parent: string): Promise<string> {
  await mkdir(parent, { recursive: true });
  for (const name of await readdir(parent)) {
    const processId = Number(namePattern.exec(name)?.[1] ?? 0);
    if (processId > 0 && processId !== process.pid && !isAlive(processId)) {
      await rm(join(parent, name), { recursive: true, force: true });
    }
  }
  const folder = join(parent, `viaduct-engine-${process.pid}`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** Removes the folder and what is in it. */
export async function removeTemporaryFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // Another user's process may have the number by now.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
