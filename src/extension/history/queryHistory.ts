import { randomUUID } from "node:crypto";
import { redactSql } from "../../core/credentials/redactSql";
import {
  isSameRun,
  longestText,
  type HistoryEntry,
} from "../../core/history/historyEntry";
import type { RunView } from "../../protocol/panel";
import type { RunInput } from "../run/runService";
import type { HistoryFolder } from "./historyFolder";

/** What the history is made of. */
export interface QueryHistoryParts {
  /** Null in a window without a workspace: kept in memory. */
  readonly folder: HistoryFolder | null;
  readonly isEnabled: () => boolean;
  /** Entries that are kept; the oldest go first. */
  readonly limit: () => number;
  /** The user and the server behind an alias; empty when it is not known. */
  readonly serverOf: (alias: string) => Promise<string>;
  /** Tells that the history could not be written: never a reason for a run to fail. */
  readonly onProblem: (error: unknown) => void;
}

/** What was run from this workspace, newest last; redacted, and bounded. */
export class QueryHistory {
  private memory: HistoryEntry[] = [];
  private last: HistoryEntry | null = null;
  private count = 0;
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly parts: QueryHistoryParts) {}

  /** True when it is gone with the window. */
  get isInMemory(): boolean {
    return this.parts.folder === null;
  }

  /** Keeps the statements of a run that has ended. */
  record(run: RunView, input: RunInput): void {
    if (!this.parts.isEnabled()) {
      return;
    }
    void this.inTurn(async () => {
      const { target } = input;
      const server =
        target.engine === "duckdb"
          ? ""
          : await this.parts.serverOf(target.alias);
      const entries = this.entriesOf(run, input, server);
      // Of a file with more statements than are kept, only the last are worth writing.
      for (const entry of entries.slice(-this.limit)) {
        await this.keep(entry);
      }
      await this.bound();
    }).catch(this.parts.onProblem);
  }

  /** All that is kept, once what is being written is there. */
  async entries(): Promise<readonly HistoryEntry[]> {
    await this.written();
    const { folder } = this.parts;
    await folder?.sweep(Date.now());
    return folder === null ? this.memory : folder.read();
  }

  async remove(id: string): Promise<void> {
    await this.inTurn(async () => {
      this.forget(id);
      await this.parts.folder?.remove([id]);
    });
  }

  async clear(): Promise<void> {
    await this.inTurn(async () => {
      this.memory = [];
      this.last = null;
      await this.parts.folder?.clear();
    });
  }

  /** Resolves when everything is written that was run. */
  async written(): Promise<void> {
    await this.writing;
  }

  private get limit(): number {
    return Math.max(1, Math.trunc(this.parts.limit()));
  }

  private entriesOf(
    run: RunView,
    input: RunInput,
    server: string,
  ): HistoryEntry[] {
    let startedAt = run.startedAt;
    return run.statements.flatMap((statement) => {
      const { outcome, index } = statement;
      const given = input.statements[index];
      if (outcome === null || given === undefined) {
        return [];
      }
      const entry = this.entryOf({
        startedAt,
        outcome,
        given,
        input,
        server,
      });
      startedAt += outcome.elapsedMs;
      return [entry];
    });
  }

  private entryOf({
    startedAt,
    outcome,
    given,
    input,
    server,
  }: {
    readonly startedAt: number;
    readonly outcome: NonNullable<RunView["statements"][number]["outcome"]>;
    readonly given: RunInput["statements"][number];
    readonly input: RunInput;
    readonly server: string;
  }): HistoryEntry {
    const redacted = redactSql(outcome.redactedText ?? given.text);
    const text = redacted.slice(0, longestText);
    const { target } = input;
    this.count += 1;
    return {
      id: `${String(Math.round(startedAt)).padStart(15, "0")}-${String(this.count).padStart(8, "0")}-${randomUUID().slice(0, 8)}`,
      text,
      isRedacted: text !== given.text,
      target:
        target.engine === "duckdb"
          ? { engine: "duckdb" }
          : { engine: "postgres", alias: target.alias, server },
      startedAt,
      elapsedMs: outcome.elapsedMs,
      rowCount: outcome.rowCount,
      status: outcome.status,
      errorClass: outcome.error?.class ?? null,
      source: input.source,
      uri: given.place?.uri.toString() ?? null,
    };
  }

  /** An entry that is the same as the one before takes its place. */
  private async keep(entry: HistoryEntry): Promise<void> {
    const { last } = this;
    const { folder } = this.parts;
    this.last = entry;
    if (folder === null) {
      this.memory.push(entry);
    } else {
      await folder.write(entry);
    }
    if (last !== null && isSameRun(last, entry)) {
      this.forget(last.id);
      await folder?.remove([last.id]);
    }
  }

  private async bound(): Promise<void> {
    const { folder } = this.parts;
    const ids =
      folder === null ? this.memory.map(({ id }) => id) : await folder.ids();
    const old = ids.slice(0, Math.max(0, ids.length - this.limit));
    old.forEach((id) => {
      this.forget(id);
    });
    await folder?.remove(old);
  }

  private forget(id: string): void {
    this.memory = this.memory.filter((entry) => entry.id !== id);
    if (this.last?.id === id) {
      this.last = null;
    }
  }

  private inTurn(task: () => Promise<void>): Promise<void> {
    const done = this.writing.then(task);
    this.writing = done.catch(() => undefined);
    return done;
  }
}
