import path from "node:path";
import * as vscode from "vscode";
import { DisposableStore, type Disposable } from "../lifetime/disposableStore";

/** One save can be several events: a truncation, a write, a rename. */
const settleMs = 200;

/** Watches files, in the workspace and outside of it, whether they exist yet or not. */
export class FileWatch implements Disposable {
  private files: ReadonlySet<string> = new Set();
  private readonly folders = new Map<string, Disposable>();
  private readonly changed = new Set<string>();
  private timer: NodeJS.Timeout | undefined;

  /** `onChanged` gets absolute paths, as they were given to `watch`. */
  constructor(
    private readonly onChanged: (files: ReadonlySet<string>) => void,
  ) {}

  /** Watches these files and no others. */
  watch(files: readonly string[]): void {
    this.files = new Set(files.map((file) => path.normalize(file)));
    const folders = new Set([...this.files].map((file) => path.dirname(file)));
    for (const [folder, watcher] of this.folders) {
      if (!folders.has(folder)) {
        watcher.dispose();
        this.folders.delete(folder);
      }
    }
    for (const folder of folders) {
      if (!this.folders.has(folder)) {
        this.folders.set(folder, this.watchFolder(folder));
      }
    }
  }

  dispose(): void {
    this.watch([]);
    clearTimeout(this.timer);
  }

  /** The folder and not the file: a name may have characters that a pattern reads as something else. */
  private watchFolder(folder: string): Disposable {
    const store = new DisposableStore();
    const watcher = store.add(
      vscode.workspace.createFileSystemWatcher(
        new vscode.RelativePattern(vscode.Uri.file(folder), "*"),
        false,
        false,
        true,
      ),
    );
    const note = ({ fsPath }: vscode.Uri): void => {
      const file = path.normalize(fsPath);
      if (this.files.has(file)) {
        this.note(file);
      }
    };
    store.add(watcher.onDidCreate(note));
    store.add(watcher.onDidChange(note));
    return store;
  }

  private note(file: string): void {
    this.changed.add(file);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const files = new Set(this.changed);
      this.changed.clear();
      this.onChanged(files);
    }, settleMs);
  }
}
