import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { readSavedTab, type SavedTab } from "./savedTab";

/** Name of the file by which a window says that it has a tab: its process, and the tab. */
const claimPattern = /^open-(\d+)-(.+)$/;

/**
 * The folder with pinned results: a JSON file for each tab, and a file of rows for each of its results. Windows on the
 * same workspace share it: none deletes what another one has.
 */
export class PinFolder {
  constructor(
    private readonly folder: vscode.Uri,
    private readonly processId = process.pid,
  ) {}

  /** Makes the folder, with those above it. */
  async make(): Promise<void> {
    await vscode.workspace.fs.createDirectory(this.folder);
  }

  /** This window has a tab from now on: until it is removed, or the window ends. */
  async claim(tabId: string): Promise<void> {
    const uri = vscode.Uri.joinPath(this.folder, this.claimOf(tabId));
    await vscode.workspace.fs.writeFile(uri, new Uint8Array());
  }

  /** A name that no file has yet, for rows of a tab. */
  newName(tabId: string): string {
    return `${tabId}.${randomBytes(4).toString("hex")}.duckdb`;
  }

  /** Absolute path of a file by its name: of one in this folder, whatever is written in a JSON file. */
  pathOf(name: string): string {
    const plain = /^[\w.-]+$/.test(name) ? name : "none";
    return vscode.Uri.joinPath(this.folder, plain).fsPath;
  }

  /** Writes what a tab is kept as: the whole of it or nothing. */
  async write(saved: SavedTab): Promise<void> {
    const text = new TextEncoder().encode(JSON.stringify(saved));
    const half = vscode.Uri.joinPath(this.folder, `${saved.tabId}.json.tmp`);
    await vscode.workspace.fs.writeFile(half, text);
    await vscode.workspace.fs.rename(
      half,
      vscode.Uri.joinPath(this.folder, `${saved.tabId}.json`),
      { overwrite: true },
    );
  }

  /** What tabs are kept, the first pinned first. Files that belong to none are deleted. */
  async read(): Promise<readonly SavedTab[]> {
    const names = await this.names();
    const found: SavedTab[] = [];
    for (const name of names.filter((each) => each.endsWith(".json"))) {
      const uri = vscode.Uri.joinPath(this.folder, name);
      const bytes = await vscode.workspace.fs.readFile(uri);
      const saved = readSavedTab(new TextDecoder().decode(bytes));
      if (saved !== null && name === `${saved.tabId}.json`) found.push(saved);
    }
    const kept = new Set(
      found.flatMap(({ tabId, files }) => [
        `${tabId}.json`,
        ...Object.values(files),
      ]),
    );
    const others = this.claimsOfOthers(names);
    const isLoose = (name: string) => {
      if (claimPattern.test(name)) return !others.has(name);
      const tabId = name.split(".")[0] ?? "";
      // A file that cannot be understood stays: another version may have written it.
      return (
        !kept.has(name) &&
        !name.endsWith(".json") &&
        !names.includes(`${tabId}.json`) &&
        !isClaimed(tabId, others)
      );
    };
    await this.deleteAll(names.filter(isLoose));
    return found.sort((a, b) => a.pinnedAt - b.pinnedAt);
  }

  /** Deletes the rows of a tab but those in these files. */
  async sweep(tabId: string, kept: readonly string[]): Promise<void> {
    const names = await this.names();
    if (isClaimed(tabId, this.claimsOfOthers(names))) return;
    await this.deleteAll(
      names.filter(
        (name) =>
          name.startsWith(`${tabId}.`) &&
          !name.endsWith(".json") &&
          !kept.includes(name),
      ),
    );
  }

  /** Deletes all that a tab has here, unless another window has it still. */
  async remove(tabId: string): Promise<void> {
    const names = await this.names();
    const isOthers = isClaimed(tabId, this.claimsOfOthers(names));
    const own = this.claimOf(tabId);
    await this.deleteAll(
      names.filter(
        (name) => name === own || (!isOthers && name.startsWith(`${tabId}.`)),
      ),
    );
  }

  private claimOf(tabId: string): string {
    return `open-${this.processId}-${tabId}`;
  }

  /** Of windows that live. */
  private claimsOfOthers(names: readonly string[]): ReadonlySet<string> {
    const claims = names.filter((name) => {
      const id = Number(claimPattern.exec(name)?.[1] ?? this.processId);
      return id !== this.processId && isAlive(id);
    });
    return new Set(claims);
  }

  private async names(): Promise<readonly string[]> {
    try {
      const entries = await vscode.workspace.fs.readDirectory(this.folder);
      return entries.map(([name]) => name);
    } catch (error) {
      if (error instanceof vscode.FileSystemError) return [];
      throw error;
    }
  }

  private async deleteAll(names: readonly string[]): Promise<void> {
    for (const name of names) {
      const uri = vscode.Uri.joinPath(this.folder, name);
      await vscode.workspace.fs.delete(uri, { useTrash: false });
    }
  }
}

function isClaimed(tabId: string, claims: ReadonlySet<string>): boolean {
  return [...claims].some((name) => claimPattern.exec(name)?.[2] === tabId);
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
