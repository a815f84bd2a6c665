import type { ResultColumn } from "../../core/results/result";
import type { StatementRecorder } from "../runs/statementRecorder";
import type { Examination } from "./exactness";

/** How long a result waits for what servers say about its columns; the outcome has what comes later. */
const patienceMs = 1_000;

const notSaid =
  "The server has not said yet what this column is there: DuckDB may have changed values on the way.";
const notAsked =
  "The server could not be asked what this column is there: DuckDB may have changed values on the way.";

/** Says about the columns of one result what is known of them. */
export class ColumnMarks {
  private isNoticed = false;

  constructor(
    private readonly examination: Examination | null,
    private readonly recorder: Pick<StatementRecorder, "notice" | "describe">,
  ) {}

  /** The columns as they are known by now. */
  async mark(columns: readonly ResultColumn[]): Promise<ResultColumn[]> {
    if (this.examination === null) {
      return [...columns];
    }
    const findings = await inTime(this.examination.findings);
    if (findings === "late" || findings === "failed") {
      const caution = findings === "late" ? notSaid : notAsked;
      return columns.map((column) => ({ ...column, caution }));
    }
    if (findings !== null && findings.notice !== null && !this.isNoticed) {
      this.isNoticed = true;
      this.recorder.notice({ severity: "INFO", message: findings.notice });
    }
    return columns.map((column, index) => ({
      ...column,
      ...findings?.verdicts[index],
    }));
  }

  /** For the outcome, when the result was opened before all was known. */
  async complete(columns: readonly ResultColumn[]): Promise<void> {
    if (this.examination !== null) {
      const ways = await inTime(this.examination.ways);
      this.recorder.describe(
        await this.mark(columns),
        typeof ways === "string" ? [] : ways,
      );
    }
  }
}

async function inTime<T>(answer: Promise<T>): Promise<T | "late" | "failed"> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"late">((resolve) => {
    timer = setTimeout(() => {
      resolve("late");
    }, patienceMs);
  });
  try {
    return await Promise.race([answer, late]);
  } catch {
    return "failed";
  } finally {
    clearTimeout(timer);
  }
}
