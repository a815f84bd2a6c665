import { existsSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import type { LintOptions } from "../../core/credentials/options";
import type {
  LintWorkspaceParams,
  WorkspaceFileFindings,
  WorkspaceFinding,
  WorkspaceLintProgress,
  WorkspaceLintResult,
} from "../../protocol/server";
import { formOfName } from "../../core/files/lintableFile";
import { checkedFolder, type CheckedFolder } from "../../files/checkedFolder";
import { trackedFiles, valuesInHistory } from "../../files/gitHistory";
import { nearestFolder } from "../../files/nodeFiles";
import { pathOfUri, type ServerOptions } from "./serverOptions";
import {
  checkFile,
  isWorkspaceFile,
  uriOf,
  workspaceFiles,
  type CheckedFile,
} from "./workspaceFiles";

/** What the check of a workspace talks to. */
export interface WorkspacePorts {
  /** True for a document that the editor has open: its own check speaks for it. */
  isOpen(path: string): boolean;
  publish(uri: string, findings: readonly WorkspaceFinding[]): void;
  progress(progress: WorkspaceLintProgress): void;
  /** Waits until the messages that have come in are read. */
  afterMessages(): Promise<void>;
}

/** Says whether a request was cancelled. */
export interface Cancellation {
  readonly isCancellationRequested: boolean;
}

/** Told as progress after this many files. */
const progressEvery = 25;

/**
 * Checks all files of the folders, one between two rounds of messages, so that a keystroke is behind one file at most.
 * Afterwards it keeps what it published right, file by file, until it is cleared.
 */
export class WorkspaceLint {
  /** Paths that diagnostics were published for. */
  private readonly published = new Set<string>();
  /** The folders that were checked; none when nothing is to be kept right. */
  private folders: readonly CheckedFolder[] = [];
  private run = 0;

  constructor(
    private readonly settings: ServerOptions,
    private readonly options: () => LintOptions,
    private readonly ports: WorkspacePorts,
  ) {}

  /** Checks the workspace; a newer request ends an older one. */
  async lint(
    params: LintWorkspaceParams,
    cancellation: Cancellation,
  ): Promise<WorkspaceLintResult> {
    const run = ++this.run;
    this.settings.reload();
    const isCancelled = (): boolean =>
      cancellation.isCancellationRequested || run !== this.run;
    const folders = await foldersOf(params);
    if (run === this.run) {
      this.folders = folders;
    }
    const paths = await this.collect(params, isCancelled);
    const files: WorkspaceFileFindings[] = [];
    const skipped: { uri: string; reason: string }[] = [];
    const checked = new Set<string>();
    const history = new HistoryOf(params.gitHistory);
    let suppressed = 0;
    let count = 0;
    for (const path of paths) {
      if (isCancelled()) {
        break;
      }
      const one = await this.check(path);
      checked.add(path);
      suppressed += one.suppressed;
      const uri = uriOf(path);
      if (one.skipped !== null) {
        skipped.push({ uri, reason: one.skipped });
      }
      this.show(path, one.findings);
      if (one.findings.length > 0) {
        count += one.findings.length;
        files.push(await history.note(path, uri, one));
      }
      if (checked.size % progressEvery === 0) {
        this.tell(params, checked.size, paths.length, count);
      }
      await this.ports.afterMessages();
    }
    const isDone = !isCancelled();
    this.tell(params, checked.size, paths.length, count);
    if (isDone) {
      this.forgetAllBut(checked);
    }
    files.sort((a, b) => (a.uri < b.uri ? -1 : 1));
    return {
      files,
      checkedFiles: checked.size,
      skipped,
      suppressed,
      staleBaselineEntries: isDone
        ? this.settings.staleEntries(
            (path) => checked.has(path) || !existsSync(path),
          )
        : 0,
      isCancelled: !isDone,
    };
  }

  /** A file was changed, made or deleted, or closed in the editor: it is checked again if the workspace was. */
  async changed(uri: string): Promise<void> {
    const path = pathOfUri(uri);
    if (this.folders.length === 0 || path === null) {
      return;
    }
    const isWanted = existsSync(path) && (await this.isWanted(path));
    const one = isWanted ? await this.check(path) : null;
    this.show(path, one?.findings ?? []);
  }

  /** The cells of a notebook that is opened speak for themselves. */
  opened(uri: string): void {
    const path = pathOfUri(uri);
    if (path !== null && this.published.delete(path)) {
      this.ports.publish(uriOf(path), []);
    }
  }

  /** Takes back what was published for files that are not open. */
  clear(): void {
    this.run++;
    this.folders = [];
    this.forgetAllBut(new Set());
  }

  /** An env file is where credentials belong: only in a repository, which has it or would take it, do they matter. */
  private async check(path: string): Promise<CheckedFile> {
    const one = await checkFile(path, this.options());
    const isAtHome =
      one.findings.length > 0 &&
      formOfName(path) === "env" &&
      (await nearestFolder(dirname(path), ".git")) === null;
    return isAtHome ? { ...one, findings: [], values: [] } : one;
  }

  private async collect(
    params: LintWorkspaceParams,
    isCancelled: () => boolean,
  ): Promise<readonly string[]> {
    const paths = new Set<string>();
    for (const folder of this.folders) {
      for await (const path of workspaceFiles(folder, this.settings.settings)) {
        if (isCancelled()) {
          break;
        }
        paths.add(path);
        if (paths.size % 500 === 0) {
          this.tell(params, 0, null, 0);
          await this.ports.afterMessages();
        }
      }
    }
    return [...paths];
  }

  /** Only what the walk found or would find: no file that git ignores. */
  private async isWanted(path: string): Promise<boolean> {
    const { settings } = this.settings;
    for (const folder of this.folders) {
      if (
        !relative(join(folder.root, folder.within), path).startsWith("..") &&
        (await isWorkspaceFile(folder, path, settings))
      ) {
        return true;
      }
    }
    return false;
  }

  private show(path: string, findings: readonly WorkspaceFinding[]): void {
    if (this.ports.isOpen(path)) {
      return;
    }
    if (findings.length > 0) {
      this.published.add(path);
      this.ports.publish(uriOf(path), findings);
    } else if (this.published.delete(path)) {
      this.ports.publish(uriOf(path), []);
    }
  }

  private forgetAllBut(kept: ReadonlySet<string>): void {
    for (const path of this.published) {
      if (!kept.has(path)) {
        this.show(path, []);
        this.published.delete(path);
      }
    }
  }

  private tell(
    { token }: LintWorkspaceParams,
    checkedFiles: number,
    totalFiles: number | null,
    findings: number,
  ): void {
    this.ports.progress({ token, checkedFiles, totalFiles, findings });
  }
}

function foldersOf({
  folders,
  gitHistory,
}: LintWorkspaceParams): Promise<CheckedFolder[]> {
  const paths = folders.flatMap((uri) => pathOfUri(uri) ?? []);
  return Promise.all(paths.map((path) => checkedFolder(path, gitHistory)));
}

/** What git knows of files with findings, when it may be asked. */
class HistoryOf {
  private readonly tracked = new Map<string, ReadonlySet<string> | null>();

  constructor(private readonly isAsked: boolean) {}

  async note(
    path: string,
    uri: string,
    { findings, values }: CheckedFile,
  ): Promise<WorkspaceFileFindings> {
    const root = this.isAsked
      ? await nearestFolder(dirname(path), ".git")
      : null;
    const tracked = root === null ? null : await this.trackedIn(root);
    if (root === null || tracked === null) {
      return { uri, findings, isTracked: null };
    }
    const within = relative(root, path).replaceAll("\\", "/");
    const since = await valuesInHistory(root, within, values);
    return {
      uri,
      isTracked: tracked.has(within),
      findings: findings.map((finding, index) => ({
        ...finding,
        inHistorySince: since[index] ?? null,
      })),
    };
  }

  private async trackedIn(root: string): Promise<ReadonlySet<string> | null> {
    const known = this.tracked.get(root);
    if (known !== undefined) {
      return known;
    }
    const files = await trackedFiles(root);
    this.tracked.set(root, files);
    return files;
  }
}
