import type { Cell } from "../../core/results/result";
import type { ResultTask } from "./resultTasks";

/** How often DuckDB is asked how far it is. */
const askEveryMs = 200;

/** Does something on a task's connection and tells, while it goes on, which share DuckDB says is done. */
async function withShare<T>(
  { connection }: Pick<ResultTask, "connection">,
  tell: (share: number) => void,
  work: () => Promise<T>,
): Promise<T> {
  const timer = setInterval(() => {
    const percentage = connection.progress;
    if (percentage !== null) {
      tell(Math.min(1, percentage / 100));
    }
  }, askEveryMs);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

/** Statements of a task that all read the same rows: each is a part of the work, and the task can be ended in each. */
export class Steps {
  private done = 0;

  constructor(
    private readonly task: ResultTask,
    /** How many rows there are, and how many statements there will be, about. */
    private readonly plan: { readonly rows: number; readonly count: number },
  ) {}

  /** Runs a statement of which every column is VARCHAR, with positional parameters. */
  async rows(sql: string, values?: readonly string[]): Promise<Cell[][]> {
    return this.step(() => this.task.connection.rows(sql, values));
  }

  /** Runs a statement whose rows are of no matter. */
  async run(sql: string): Promise<void> {
    return this.step(() => this.task.connection.run(sql));
  }

  private async step<T>(work: () => Promise<T>): Promise<T> {
    this.task.check();
    const result = await withShare(
      this.task,
      (share) => {
        this.tell(share);
      },
      work,
    );
    this.task.check();
    this.done += 1;
    this.tell(0);
    return result;
  }

  /** More statements than were planned are told as all of the rows. */
  private tell(share: number): void {
    const { rows, count } = this.plan;
    const part = Math.min(1, (this.done + share) / count);
    this.task.progress(Math.floor(rows * part), rows);
  }
}
