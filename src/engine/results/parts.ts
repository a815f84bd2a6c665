import type { ResultTask } from "./resultTasks";

/** Work of several parts, one after the other, that is told as one. */
export class Parts<Name extends string> {
  private readonly whole: number;

  constructor(
    /** The parts in their order, with about how long each takes; 0 for one that is left out. */
    private readonly weights: Readonly<Record<Name, number>>,
    /** Rows that the whole is told in. */
    private readonly rows: number,
  ) {
    this.whole = sum(Object.values(weights));
  }

  /** A task as it is during a part: what it tells of that is told of the whole. */
  of<T extends Pick<ResultTask, "progress">>(task: T, name: Name): T {
    const names = Object.keys(this.weights) as Name[];
    const before = sum(
      names.slice(0, names.indexOf(name)).map((one) => this.weights[one]),
    );
    return {
      ...task,
      progress: (rows: number, total: number | null) => {
        const share = total === null || total === 0 ? 0 : rows / total;
        const done = before + this.weights[name] * Math.min(1, share);
        task.progress(Math.floor((this.rows * done) / this.whole), this.rows);
      },
    };
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
