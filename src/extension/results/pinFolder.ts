import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { readSavedTab, type SavedTab } from "./savedTab";

/** The folder with pinned results: a JSON file for each tab, and a file of rows for each of its results. */
export class PinFolder {
  constructor(private readonly folder: vscode.Uri) {}

  /** Makes the folder, with those above it. */
  async make(): Promise<void> {
    await vscode.workspace.fs.createDirectory(this.folder);
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
    // A file that cannot be understood stays: another version may have written it.
    const isLoose = (name: string) =>
      !kept.has(name) &&
      !name.endsWith(".json") &&
      !names.includes(`${name.split(".")[0] ?? ""}.json`);
    await this.deleteAll(names.filter(isLoose));
    return found.sort((a, b) => a.pinnedAt - b.pinnedAt);
  }

  /** Deletes the rows of a tab but those in these files. */
  async sweep(tabId: string, kept: readonly string[]): Promise<void> {
    const names = await this.names();
    await this.deleteAll(
      names.filter(
        (name) =>
          name.startsWith(`${tabId}.`) &&
          !name.endsWith(".json") &&
          !kept.includes(name),
      ),
    );
  }

  /** Deletes all that a tab has here. */
  async remove(tabId: string): Promise<void> {
    const names = await this.names();
    await this.deleteAll(names.filter((name) => name.startsWith(`${tabId}.`)));
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
