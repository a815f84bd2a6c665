import { randomUUID } from "node:crypto";
import {
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from "node:fs/promises";
import path from "node:path";
import {
  entryText,
  readEntry,
  type HistoryEntry,
} from "../../core/history/historyEntry";

/** How an entry's file ends, and one that is still being written. */
const ending = ".json";
const unfinished = ".tmp";

/** How long a file may take to be written: older ones were left by a window that has crashed. */
const unfinishedForMs = 60_000;

/** Files that are read at the same time. */
const atOnce = 32;

/**
 * Entries as files, one for each: written beside and renamed, so that there is never half of one, and windows on the same
 * workspace do not get into each other's way. Only the user can read them.
 */
export class HistoryFolder {
  constructor(private readonly folder: string) {}

  async write(entry: HistoryEntry): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const draft = this.file(`${entry.id}-${randomUUID()}`, unfinished);
    try {
      await writeFile(draft, entryText(entry), { mode: 0o600, flag: "wx" });
      await rename(draft, this.file(entry.id, ending));
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
  }

  /** The ids of what is kept, the oldest first. */
  async ids(): Promise<string[]> {
    return (await this.names())
      .filter((name) => name.endsWith(ending))
      .map((name) => name.slice(0, -ending.length))
      .sort();
  }

  /** Everything that is kept, in no order; what cannot be read is left out. */
  async read(): Promise<HistoryEntry[]> {
    const ids = await this.ids();
    const entries: HistoryEntry[] = [];
    for (let at = 0; at < ids.length; at += atOnce) {
      const texts = await Promise.all(
        ids
          .slice(at, at + atOnce)
          .map((id) => readFile(this.file(id, ending), "utf8").catch(() => "")),
      );
      for (const text of texts) {
        const entry = readEntry(text);
        if (entry !== null) {
          entries.push(entry);
        }
      }
    }
    return entries;
  }

  async remove(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      await rm(this.file(id, ending), { force: true });
    }
  }

  /** Deletes everything, what other windows have written included. */
  async clear(): Promise<void> {
    // The folder stays: another window may be writing to it.
    for (const name of await this.names()) {
      await rm(path.join(this.folder, name), { force: true });
    }
  }

  /** Deletes what a window has left half written. */
  async sweep(now: number): Promise<void> {
    for (const name of await this.names()) {
      const file = path.join(this.folder, name);
      const left = name.endsWith(unfinished)
        ? await stat(file).catch(() => null)
        : null;
      if (left !== null && now - left.mtimeMs > unfinishedForMs) {
        await rm(file, { force: true });
      }
    }
  }

  private names(): Promise<string[]> {
    return readdir(this.folder).catch(() => []);
  }

  /** An id comes from a file of the same folder, or is made here; whatever it has in it, it stays in the folder. */
  private file(id: string, end: string): string {
    return path.join(this.folder, path.basename(id) + end);
  }
}
