import {
  classifyDuckdbError,
  parseDuckdbError,
} from "../../core/errors/classifyDuckdb";
import { viaductError } from "../../core/errors/makeError";
import { ViaductError } from "../../core/errors/viaductError";
import type { EngineEventSink } from "../../protocol/engine";
import type { Connection } from "../duckdb";

/** How often a cancelled task is told to stop: an interrupt between two of its statements is lost. */
const cancelEveryMs = 50;
/** Least time between two progress events of a task. */
const progressIntervalMs = 200;

/** One piece of work over results, which the user can end. */
export interface ResultTask {
  /** Its own while it runs. */
  readonly connection: Connection;
  /** Throws `cancelled` once the task was cancelled: to be asked between two steps. */
  check(): void;
  /** Tells how far it is. */
  progress(rows: number, total: number | null): void;
  /** Waits for what others do: no longer than until the task was cancelled. */
  wait<T>(others: Promise<T>): Promise<T>;
  /** Drops a table of the connection's own when the task is over, whatever its end: nothing interrupts that. */
  dropAfterwards(table: string): void;
}

interface Running {
  /** Undefined until it is open. */
  connection: Connection | undefined;
  isCancelled: boolean;
  /** Fails when it is cancelled. */
  readonly cancelled: Promise<never>;
  readonly cancel: () => void;
  readonly ended: Promise<void>;
  readonly tables: Set<string>;
}

/** Runs work over results beside the pages, each piece on a connection of its own. */
export class ResultTasks {
  private readonly idle: Connection[] = [];
  private readonly running = new Map<string, Running>();

  constructor(
    private readonly connect: () => Promise<Connection>,
    private readonly emit: EngineEventSink,
  ) {}

  /** Runs a task under a name that no other running task has. Fails as `cancelled` when it was cancelled. */
  async run<T>(
    taskId: string,
    work: (task: ResultTask) => Promise<T>,
  ): Promise<T> {
    if (this.running.has(taskId)) {
      throw viaductError("unknown", `The task ${taskId} runs already.`);
    }
    let end = (): void => undefined;
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    const running: Running = { ...cancellation(), ended, tables: new Set() };
    this.running.set(taskId, running);
    try {
      const connection = this.idle.pop() ?? (await this.opened());
      running.connection = connection;
      check(running);
      const result = await work(this.task(taskId, running, connection));
      check(running);
      return result;
    } catch (error) {
      check(running);
      throw inWords(error);
    } finally {
      this.running.delete(taskId);
      await this.giveBack(running).finally(end);
    }
  }

  /** Ends a task; nothing happens when there is none of that name. */
  cancel(taskId: string): void {
    const running = this.running.get(taskId);
    if (running !== undefined && !running.isCancelled) {
      running.isCancelled = true;
      running.cancel();
      this.interrupt(taskId, running);
    }
  }

  /** Ends every task and closes the connections. */
  async close(): Promise<void> {
    for (const taskId of this.running.keys()) {
      this.cancel(taskId);
    }
    await Promise.all([...this.running.values()].map(({ ended }) => ended));
    const idle = this.idle.splice(0);
    await Promise.all(idle.map((connection) => connection.close()));
  }

  private async opened(): Promise<Connection> {
    const connection = await this.connect();
    // Without the bar nobody knows how far a statement is; nothing is printed.
    await connection.run("SET enable_progress_bar = true");
    await connection.run("SET enable_progress_bar_print = false");
    return connection;
  }

  private async giveBack({ connection, tables }: Running): Promise<void> {
    if (connection !== undefined) {
      for (const table of tables) {
        await connection
          .run(`DROP TABLE IF EXISTS temp.main.${table}`)
          .catch(() => undefined);
      }
      this.idle.push(connection);
    }
  }

  private task(
    taskId: string,
    running: Running,
    connection: Connection,
  ): ResultTask {
    let told = performance.now();
    return {
      connection,
      check: () => {
        check(running);
      },
      progress: (rows, total) => {
        const now = performance.now();
        if (now - told >= progressIntervalMs) {
          told = now;
          this.emit("taskProgress", { taskId, rows, total });
        }
      },
      wait: (others) => Promise.race([others, running.cancelled]),
      dropAfterwards: (table) => {
        running.tables.add(table);
      },
    };
  }

  private interrupt(taskId: string, running: Running): void {
    if (this.running.get(taskId) === running) {
      running.connection?.interrupt();
      setTimeout(() => {
        this.interrupt(taskId, running);
      }, cancelEveryMs);
    }
  }
}

/** What DuckDB says, as every other error is told; anything else is a defect, and stays as it is. */
function inWords(error: unknown): unknown {
  if (error instanceof ViaductError || !(error instanceof Error)) {
    return error;
  }
  return parseDuckdbError(error.message).type === ""
    ? error
    : new ViaductError(classifyDuckdbError(error.message));
}

function cancellation(): Omit<Running, "ended" | "tables"> {
  let cancel = (): void => undefined;
  const cancelled = new Promise<never>((_, reject) => {
    cancel = () => {
      reject(cancelledError());
    };
  });
  // Most tasks wait for nobody.
  cancelled.catch(() => undefined);
  return { connection: undefined, isCancelled: false, cancelled, cancel };
}

function check({ isCancelled }: Running): void {
  if (isCancelled) {
    throw cancelledError();
  }
}

function cancelledError(): Error {
  return viaductError("cancelled", "The task was cancelled.");
}
