import { parseDuckdbError } from "../../core/errors/classifyDuckdb";
import { viaductError } from "../../core/errors/makeError";
import {
  findCondition,
  findsNothing,
  matchingRows,
  matchSets,
} from "../../core/results/findSql";
import type { FindQuery } from "../../protocol/results";
import { columnAt } from "./area";
import { Matches } from "./matches";
import type { RowsTask } from "./resultStore";
import type { ResultTask } from "./resultTasks";

/** Rows of a whole result that are looked through in one step. */
const stepRows = 1_000_000;

/** Where matches are put. */
interface MatchTable {
  readonly table: string;
  /** Rows are read in their order, and a range of them costs what it holds: all rows of a result as they came. */
  readonly isInOrder: boolean;
}

/** Fills the table of matches: a step after the other, or all at once where rows have to be brought in order. */
export async function lookThrough(
  task: RowsTask,
  { table, isInOrder }: MatchTable,
  query: FindQuery,
): Promise<Matches> {
  const { connection, rows } = task;
  const columns =
    query.columns.length === 0
      ? rows.columns.map((_, index) => index)
      : query.columns;
  await checkPattern(task, query);
  const conditions = columns.map((index) =>
    findCondition(columnAt(rows, index), query),
  );
  const sets = matchSets(conditions);
  const definitions = sets.map((_, index) => `b${index} UINTEGER`);
  await connection.run(
    `CREATE TABLE ${table} (pos BIGINT, ${definitions.join(", ")}, n BIGINT)`,
  );
  const canMatch =
    !findsNothing(query) && conditions.some((condition) => condition !== null);
  const step = isInOrder ? stepRows : rows.rowCount;
  for (let at = 0; canMatch && at < rows.rowCount; at += step) {
    const part = isInOrder
      ? `${rows.from} WHERE pos >= ${at} AND pos < ${at + step}`
      : rows.from;
    await connection.rows(
      `INSERT INTO ${table} ${matchingRows(part, sets)}${isInOrder ? "" : " ORDER BY pos"}`,
      [query.text],
    );
    task.progress(Math.min(at + step, rows.rowCount), rows.rowCount);
    task.check();
  }
  return Matches.of(connection, table, columns);
}

/** Throws in words what is wrong with a regular expression. */
async function checkPattern(
  task: ResultTask,
  { text, regex }: FindQuery,
): Promise<void> {
  if (!regex) {
    return;
  }
  try {
    await task.connection.rows("SELECT regexp_matches('', $1)::VARCHAR", [
      text,
    ]);
  } catch (error) {
    task.check();
    const { message } = parseDuckdbError(
      error instanceof Error ? error.message : String(error),
    );
    throw viaductError(
      "syntax",
      `This is not a regular expression (RE2): ${message}`,
    );
  }
}
