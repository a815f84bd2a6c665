import type { ResultEvents } from "../protocol/results";
import { CallFailed, type ResultApi } from "./resultCalls";

/** What a question does beside asking. */
interface Around<T> {
  /** Hears how far it is, while it is the newest one. */
  readonly onProgress?: (progress: ResultEvents["taskProgress"]) => void;
  /** Lets go of an answer that came when nobody waited for it any more. */
  readonly onLate?: (answer: T) => void;
}

/** One question to the engine at a time: a newer one ends the one before, and only the newest is answered. */
export class LatestTask {
  #taskId: string | null = null;

  constructor(private readonly api: ResultApi) {}

  /** Asks under a task of its own; undefined when it was ended meanwhile, whatever came of it. Fails as the call does. */
  async ask<T extends object>(
    question: (taskId: string) => Promise<T>,
    { onProgress, onLate }: Around<T> = {},
  ): Promise<T | undefined> {
    this.end();
    const taskId = this.api.newTask((progress) => {
      if (this.#taskId === taskId) onProgress?.(progress);
    });
    this.#taskId = taskId;
    try {
      const answer = await question(taskId);
      if (this.#isOver(taskId)) {
        onLate?.(answer);
        return undefined;
      }
      return answer;
    } catch (error) {
      if (this.#isOver(taskId)) return undefined;
      throw error;
    } finally {
      if (this.#taskId === taskId) this.#taskId = null;
    }
  }

  /** Ends the question that is open, if there is one. */
  end(): void {
    const taskId = this.#taskId;
    this.#taskId = null;
    if (taskId === null) return;
    // It may have ended by itself meanwhile.
    this.api.call("cancelTask", { taskId }).catch(() => undefined);
  }

  #isOver(taskId: string): boolean {
    return this.#taskId !== taskId;
  }
}

/** Why a question failed, in the engine's words. */
export function whyFailed(error: unknown): string {
  return error instanceof CallFailed ? error.info.message : String(error);
}
