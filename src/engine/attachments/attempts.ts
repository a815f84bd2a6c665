import { aboutAttachment } from "../../core/connections/attachmentError";
import type { AttachmentSpec } from "../../core/connections/attachment";
import { missesDatabase } from "../../core/errors/classifyDuckdb";
import type { ErrorInfo } from "../../core/errors/errorInfo";
import { viaductError } from "../../core/errors/makeError";
import { toErrorInfo, ViaductError } from "../../core/errors/viaductError";
import { Serial } from "../serial";

/** What happens to aliases now: one thing at a time for each, and why one could not be attached. */
export class Attempts {
  private readonly queues = new Map<string, Serial>();
  private readonly ends = new Map<string, Promise<unknown>>();
  private readonly failures = new Map<string, ErrorInfo>();

  /** Runs what is done for an alias, behind what is being done for it; other aliases do not wait. */
  run<T>(alias: string, task: () => Promise<T>): Promise<T> {
    const key = alias.toLowerCase();
    const queue = this.queues.get(key) ?? new Serial();
    this.queues.set(key, queue);
    const result = queue.run(task);
    const end = result
      .catch(() => undefined)
      .finally(() => {
        if (this.ends.get(key) === end) {
          this.ends.delete(key);
          this.queues.delete(key);
        }
      });
    this.ends.set(key, end);
    return result;
  }

  /** The same for an attempt to attach: why it failed is remembered, and thrown with what it is about. */
  attach<T>(spec: AttachmentSpec, task: () => Promise<T>): Promise<T> {
    const key = spec.alias.toLowerCase();
    return this.run(spec.alias, async () => {
      try {
        const done = await task();
        this.failures.delete(key);
        return done;
      } catch (error) {
        const problem = aboutAttachment(toErrorInfo(error), spec);
        this.failures.set(key, problem);
        throw new ViaductError(problem);
      }
    });
  }

  /** Answers when nothing is being done for the aliases that are meant. */
  async settled(isMeant: (alias: string) => boolean): Promise<void> {
    const meant = [...this.ends].filter(([alias]) => isMeant(alias));
    await Promise.all(meant.map(([, end]) => end));
  }

  /** The aliases, in lower case, for which something is being done. */
  get busy(): readonly string[] {
    return [...this.ends.keys()];
  }

  /** True while something is being done for an alias. */
  isBusy(alias: string): boolean {
    return this.ends.has(alias.toLowerCase());
  }

  /** True for an alias that was tried in vain. */
  hasFailed(alias: string): boolean {
    return this.failures.has(alias.toLowerCase());
  }

  /** Why an alias was tried in vain. */
  failureOf(alias: string): ErrorInfo | undefined {
    return this.failures.get(alias.toLowerCase());
  }

  /** Nobody wants to know any more. */
  forget(alias: string): void {
    this.failures.delete(alias.toLowerCase());
  }

  /** The error that nothing is attached under an alias: why, where somebody has tried. */
  missing(alias: string): ViaductError {
    const reason = this.reason(alias);
    return reason === undefined
      ? viaductError(
          "attachmentMissing",
          `No database is attached as "${alias}".`,
        )
      : new ViaductError(reason);
  }

  /** The error of a statement; where it misses the name of a database that could not be attached, it says why. */
  explain(error: ErrorInfo): ErrorInfo {
    const alias = [...this.failures.keys()].find((name) =>
      missesDatabase(error, name),
    );
    const reason = alias === undefined ? undefined : this.reason(alias);
    const { position } = error;
    return reason === undefined
      ? error
      : { ...reason, ...(position === undefined ? {} : { position }) };
  }

  private reason(alias: string): ErrorInfo | undefined {
    const problem = this.failures.get(alias.toLowerCase());
    return problem === undefined || problem.class === "aliasInvalid"
      ? undefined
      : {
          ...problem,
          message: `"${problem.alias ?? alias}" is not attached, because attaching it has failed: ${problem.message}`,
          actions: [
            "reconnect",
            ...problem.actions.filter((action) => action !== "reconnect"),
          ],
        };
  }
}
