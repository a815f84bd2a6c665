import { randomUUID } from "node:crypto";
import * as vscode from "vscode";
import { toErrorInfo } from "../../core/errors/viaductError";
import type { EngineSession } from "../engine/engineSession";
import { DisposableStore, type Disposable } from "../lifetime/disposableStore";
import { workspaceStorage } from "../lifetime/workspaceStorage";
import { PinFolder } from "./pinFolder";
import { isLive, renameResults, rowsOfRun, type ResultTab } from "./resultTab";
import type { ResultTabs } from "./resultTabs";
import { restoredTab, savedTab, type SavedTab } from "./savedTab";
import { TabMemories } from "./tabMemories";

/** What pins need. */
export interface PinnedResultsParts {
  readonly session: EngineSession;
  readonly tabs: ResultTabs;
  /** The workspace's own folder for files; undefined in a window without a workspace. */
  readonly storageUri: vscode.Uri | undefined;
  readonly log: vscode.LogOutputChannel;
}

/** Keeps pinned results in files, so that they outlive the engine and the window. */
export class PinnedResults implements Disposable {
  private readonly store = new DisposableStore();
  private readonly folder: PinFolder | undefined;
  /** What is in files, by tab. */
  private readonly saved = new Map<string, SavedTab>();
  private readonly opening = new Set<string>();
  /** What the page remembers of tabs: of a pinned one, it is in its file. */
  readonly memories: TabMemories;
  private queue: Promise<unknown> = Promise.resolve();

  constructor(private readonly parts: PinnedResultsParts) {
    const { tabs } = parts;
    const storage = workspaceStorage(parts.storageUri);
    if (storage !== undefined) {
      this.folder = new PinFolder(vscode.Uri.joinPath(storage, "results"));
    }
    this.memories = new TabMemories(tabs, (tabId) => this.rewrite(tabId));
    this.store.add(
      tabs.onRunEnded((tab) => {
        if (tab.pinned) void this.save(tab.tabId);
      }),
    );
    this.store.add(
      tabs.onClosed(({ tabId }) => {
        this.memories.forget(tabId);
        void this.forget(tabId);
      }),
    );
    this.store.add(
      vscode.workspace.onDidGrantWorkspaceTrust(() => {
        for (const { tabId, rows } of tabs.all) {
          if (rows === "saved") tabs.change(tabId, { problem: null });
        }
      }),
    );
    this.store.add(
      parts.session.onStateChanged(({ kind }) => {
        if (kind !== "ready") tabs.rowsLost((tab) => this.isSaved(tab));
      }),
    );
  }

  /** Brings back what earlier windows of this workspace have pinned. */
  async restore(): Promise<void> {
    const found = (await this.folder?.read()) ?? [];
    for (const saved of found) {
      this.saved.set(saved.tabId, saved);
      this.memories.restore(saved.tabId, saved.memory ?? null);
      await this.folder?.claim(saved.tabId);
      this.parts.tabs.restore(
        restoredTab(saved, (text) => vscode.Uri.parse(text)),
      );
    }
  }

  /** Pins a tab: saved now, or when its run has ended. Resolves when that is done. */
  async pin(tabId: string): Promise<void> {
    const { tabs } = this.parts;
    tabs.change(tabId, { pinned: true });
    const tab = tabs.get(tabId);
    if (tab !== undefined && !isLive(tab)) await this.save(tabId);
  }

  /** Unpins a tab: its files are deleted, its rows stay until it goes. */
  async unpin(tabId: string): Promise<void> {
    const { tabs } = this.parts;
    // What is in the file alone would be gone with it.
    await this.open(tabId);
    tabs.change(tabId, { pinned: false, problem: null });
    await this.forget(tabId);
  }

  /** Writes what the user changed about a pinned tab: its name, or how it looks. */
  async rewrite(tabId: string): Promise<void> {
    await this.inTurn(async () => {
      const saved = this.saved.get(tabId);
      const title = this.parts.tabs.get(tabId)?.title;
      if (saved === undefined || title === undefined) return;
      const memory = this.memories.of(tabId);
      if (title === saved.title && memory === (saved.memory ?? null)) return;
      const next = { ...saved, title, memory };
      await this.folder?.write(next);
      this.saved.set(tabId, next);
    });
  }

  /** The rows of a tab are wanted: opens them when they are in files only. `again` also after it has failed. */
  async open(tabId: string, again = false): Promise<void> {
    const tab = this.parts.tabs.get(tabId);
    const wanted = tab?.rows === "saved" || (again && tab?.rows === "broken");
    if (tab === undefined || !wanted || this.opening.has(tabId)) return;
    if (!vscode.workspace.isTrusted) {
      const problem = untrusted();
      if (tab.problem !== problem) this.parts.tabs.change(tabId, { problem });
      return;
    }
    this.opening.add(tabId);
    try {
      await this.inTurn(() => this.openFiles(tab));
    } finally {
      this.opening.delete(tabId);
    }
  }

  dispose(): void {
    this.store.dispose();
  }

  private isSaved({ tabId, pinned, run }: ResultTab): boolean {
    const saved = this.saved.get(tabId);
    return (
      pinned && saved !== undefined && saved.run.startedAt === run.startedAt
    );
  }

  private async save(tabId: string): Promise<void> {
    await this.inTurn(async () => {
      const { folder } = this;
      const { tabs, session } = this.parts;
      const tab = tabs.get(tabId);
      if (tab?.pinned !== true || isLive(tab) || tab.rows !== "here") return;
      if (folder === undefined) {
        tabs.change(tabId, { problem: noFolder() });
        return;
      }
      const files: Record<string, string> = {};
      try {
        await folder.make();
        await folder.claim(tabId);
        for (const { resultId } of rowsOfRun(tab.run)) {
          const name = folder.newName(tabId);
          files[resultId] = name;
          const file = folder.pathOf(name);
          await session.request("saveResult", {
            taskId: randomUUID(),
            resultId,
            file,
          });
        }
        const saved = {
          ...savedTab(tab, files, Date.now()),
          memory: this.memories.of(tabId),
        };
        await folder.write(saved);
        this.saved.set(tabId, saved);
        tabs.change(tabId, { problem: null });
        await folder.sweep(tabId, Object.values(files));
      } catch (error) {
        const { message } = toErrorInfo(error);
        this.parts.log.warn(`A pinned result was not saved: ${message}`);
        tabs.change(tabId, { problem: notSaved(message) });
        const before = Object.values(this.saved.get(tabId)?.files ?? {});
        await folder.sweep(tabId, before).catch(() => undefined);
      }
    });
  }

  private async openFiles(tab: ResultTab): Promise<void> {
    const { session, tabs } = this.parts;
    const { tabId } = tab;
    const names = new Map<string, string>();
    try {
      for (const { resultId, rowCount } of rowsOfRun(tab.run)) {
        const name = this.saved.get(tabId)?.files[resultId];
        if (this.folder === undefined || name === undefined) {
          throw new Error(
            vscode.l10n.t("The file with its rows is not known."),
          );
        }
        const file = this.folder.pathOf(name);
        const opened = await session.request("openSaved", { file });
        names.set(resultId, opened.resultId);
        if (opened.rowCount !== rowCount)
          throw new Error(otherRows(opened.rowCount, rowCount));
      }
      this.renameFiles(tabId, names);
      tabs.change(tabId, {
        run: renameResults(tab.run, names),
        rows: "here",
        problem: null,
      });
    } catch (error) {
      const { message } = toErrorInfo(error);
      this.parts.log.warn(`A pinned result was not opened: ${message}`);
      const resultIds = [...names.values()];
      if (resultIds.length > 0 && session.state.kind === "ready") {
        await session
          .request("releaseResults", { resultIds })
          .catch(() => undefined);
      }
      tabs.change(tabId, { rows: "broken", problem: message });
    }
  }

  /** The files are those of the results that were opened from them. */
  private renameFiles(tabId: string, names: ReadonlyMap<string, string>): void {
    const saved = this.saved.get(tabId);
    if (saved === undefined) return;
    const files = Object.entries(saved.files).map(([resultId, file]) => [
      names.get(resultId) ?? resultId,
      file,
    ]);
    this.saved.set(tabId, {
      ...saved,
      run: renameResults(saved.run, names),
      files: Object.fromEntries(files) as Record<string, string>,
    });
  }

  private async forget(tabId: string): Promise<void> {
    await this.inTurn(async () => {
      // Pinned again meanwhile.
      if (this.parts.tabs.get(tabId)?.pinned === true) return;
      this.saved.delete(tabId);
      await this.folder?.remove(tabId);
    });
  }

  /** One after another: a save must not meet the removal of what it writes. */
  private inTurn<T>(work: () => Promise<T>): Promise<T | undefined> {
    const done = this.queue.then(work).catch((error: unknown) => {
      this.parts.log.warn(
        `Files of pinned results: ${toErrorInfo(error).message}`,
      );
      return undefined;
    });
    this.queue = done;
    return done;
  }
}

function untrusted(): string {
  return vscode.l10n.t(
    "In an untrusted workspace nothing is read, connected to or run.",
  );
}

function noFolder(): string {
  return vscode.l10n.t(
    "Without a workspace there is no place for it: this pinned result will be gone with the window.",
  );
}

function notSaved(reason: string): string {
  return vscode.l10n.t(
    "This pinned result could not be saved and will be gone with the window: {0}",
    reason,
  );
}

function otherRows(found: number, expected: number): string {
  return vscode.l10n.t(
    "The file has {0} rows where the result had {1}.",
    found,
    expected,
  );
}
