import { parseDuckdbError } from "../../core/errors/classifyDuckdb";
import { viaductError } from "../../core/errors/makeError";
import {
  findCondition,
  findsNothing,
  matchingRows,
  matchSets,
} from "../../core/results/findSql";
import type { FindQuery } from "../../protocol/results";
import { columnAt } from "../../core/results/viewSql";
import { columnSql } from "../../core/results/columnSql";
import { Matches } from "./matches";
import type { ResultTask } from "./resultTasks";
import { keptOrder, type RowSource } from "./rowSource";

/** Rows that are looked through in one step. */
const stepRows = 1_000_000;

/** What is looked through, and where matches are put. */
interface Looking {
  readonly source: RowSource;
  readonly table: string;
  /** When all rows of the view are in its order. */
  readonly inOrder: () => Promise<unknown>;
}

/** The table of matches by the order in which rows are kept: of the task's connection alone. */
const keptMatches = "viaduct_matches";

/**
 * Fills the table of matches, a step after the other. Rows are looked through as they are kept, and where matches are in
 * a sorted view is looked up after that.
 */
export async function lookThrough(
  task: ResultTask,
  { source, table, inOrder }: Looking,
  query: FindQuery,
): Promise<Matches> {
  const { connection } = task;
  const { columns: kept, rowCount } = source;
  const columns =
    query.columns.length === 0 ? kept.map((_, index) => index) : query.columns;
  await checkPattern(task, query);
  const conditions = columns.map((index) => {
    const column = columnAt(kept, index);
    return findCondition({ ...column, ...columnSql(index, column) }, query);
  });
  const sets = matchSets(conditions);
  const definitions = sets.map((_, index) => `b${index} UINTEGER`);
  const { from, places } = keptOrder(source);
  const found = places === null ? table : `temp.main.${keptMatches}`;
  if (places !== null) {
    task.dropAfterwards(keptMatches);
  }
  await connection.run(
    `CREATE ${places === null ? "TABLE" : "OR REPLACE TEMP TABLE"} ${found} (pos BIGINT, ${definitions.join(", ")}, n BIGINT)`,
  );
  const canMatch =
    !findsNothing(query) && conditions.some((condition) => condition !== null);
  for (let at = 0; canMatch && at < rowCount; at += stepRows) {
    await connection.rows(
      `INSERT INTO ${found} ${matchingRows(`${from} WHERE pos >= ${at} AND pos < ${at + stepRows}`, sets)}`,
      [query.text],
    );
    task.progress(Math.min(at + stepRows, rowCount), rowCount);
    task.check();
  }
  if (places !== null) {
    await task.wait(inOrder());
    await connection.run(
      `CREATE TABLE ${table} AS SELECT place AS pos, m.* EXCLUDE (pos) FROM ${found} m JOIN ${places} p ON p.pos = m.pos ORDER BY place`,
    );
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
