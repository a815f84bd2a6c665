import type { ErrorInfo } from "../core/errors/errorInfo";
import type { HostToPanel, PanelCall } from "../protocol/panel";
import type { ResultEvents, ResultRequests } from "../protocol/results";
import type { PanelMethod } from "../protocol/panelMethods";
import type { PanelPort } from "./port";

/** What the parts of the page ask the engine. */
export interface ResultApi {
  /** Fails with `CallFailed`. */
  call<M extends PanelMethod>(
    method: M,
    params: ResultRequests[M]["params"],
  ): Promise<ResultRequests[M]["result"]>;
  /** A name for a task that no other has; `onProgress` hears of it until the task has ended. */
  newTask(
    onProgress?: (progress: ResultEvents["taskProgress"]) => void,
  ): string;
}

/** Why a call failed. */
export class CallFailed extends Error {
  constructor(readonly info: ErrorInfo) {
    super(info.message);
  }
}

interface Pending {
  readonly resolve: (result: never) => void;
  readonly reject: (error: CallFailed) => void;
  readonly taskId: string | null;
}

type Answer = Extract<HostToPanel, { type: "answer" | "callFailed" }>;

/** Numbers the page's calls and hands each answer to who asked. */
export class ResultCalls implements ResultApi {
  readonly #pending = new Map<number, Pending>();
  readonly #progress = new Map<
    string,
    (progress: ResultEvents["taskProgress"]) => void
  >();
  /** Another life of the page has other names: the engine may still be at work for it. */
  readonly #life = crypto.randomUUID();
  #last = 0;

  constructor(private readonly port: PanelPort) {}

  call<M extends PanelMethod>(
    method: M,
    params: ResultRequests[M]["params"],
  ): Promise<ResultRequests[M]["result"]> {
    this.#last += 1;
    const callId = this.#last;
    const taskId = "taskId" in params ? params.taskId : null;
    const answered = new Promise<ResultRequests[M]["result"]>(
      (resolve, reject) => {
        this.#pending.set(callId, { resolve, reject, taskId });
      },
    );
    // The compiler cannot see that method and params belong together.
    this.port.post({ type: "call", callId, method, params } as PanelCall);
    return answered;
  }

  newTask(
    onProgress?: (progress: ResultEvents["taskProgress"]) => void,
  ): string {
    this.#last += 1;
    const taskId = `${this.#life}/${this.#last}`;
    if (onProgress !== undefined) this.#progress.set(taskId, onProgress);
    return taskId;
  }

  /** Takes an answer of the host. */
  accept(message: Answer): void {
    const pending = this.#pending.get(message.callId);
    if (pending === undefined) return;
    this.#pending.delete(message.callId);
    if (pending.taskId !== null) this.#progress.delete(pending.taskId);
    if (message.type === "answer") pending.resolve(message.result as never);
    else pending.reject(new CallFailed(message.error));
  }

  /** Hands on how far a task is. */
  progressed(progress: ResultEvents["taskProgress"]): void {
    this.#progress.get(progress.taskId)?.(progress);
  }
}
