import { namedColumns } from "../../core/results/viewSql";
import type { StoredResult } from "./resultTables";
import type { ResultTask } from "./resultTasks";
import { unorderedSql, type ViewFilter } from "./rowSource";
import { Steps } from "./steps";
import { expressionError } from "./viewExpression";

/** Rows at the start of a sorted view that are there before the order of all is. */
export const headRows = 2048;

/** What a view is to have. */
export interface ViewPlan {
  /** Start of its tables' names. */
  readonly name: string;
  readonly result: StoredResult;
  /** What every row passes, over the columns as they are kept. */
  readonly conditions: readonly string[];
  /** The same in the user's words, over the columns as they are named. */
  readonly expressions: readonly string[];
  /** Terms of ORDER BY; none for rows as they came. */
  readonly order: readonly string[];
}

/** The tables of a view; each has a column `rid`: rowids of the result, in the view's order. */
export interface ViewTables {
  /** Rows of the result when the view was made. */
  readonly total: number;
  readonly rowCount: number;
  /** Null when every row is in the view. */
  readonly filter: ViewFilter | null;
  /** All rows; null for those of the result as they came. */
  readonly all: string | null;
  /** The first rows, where all are not in order yet. */
  readonly head: string | null;
  /** Makes `all`, where it is not there yet. */
  readonly finish: ((task: ResultTask) => Promise<void>) | null;
}

/** Every name that a view's tables may have. */
export function viewTableNames(name: string): string[] {
  return [`${name}_passing`, `${name}_head`, `${name}_all`];
}

/** Finds the rows of a view, and the first of them in its order. */
export async function makeView(
  task: ResultTask,
  plan: ViewPlan,
): Promise<ViewTables> {
  const { name, result, order } = plan;
  const [passing = "", head = "", all = ""] = viewTableNames(name);
  const total = result.writer.rowCount;
  const steps = new Steps(task, {
    rows: total,
    count: order.length > 0 ? 2 : 1,
  });
  let filter: ViewFilter | null = null;
  let rowCount = total;
  if (plan.conditions.length + plan.expressions.length > 0) {
    await steps
      .run(`CREATE TABLE ${passing} AS ${passingRows(plan, total)}`)
      .catch((error: unknown) => {
        throw plan.expressions.length > 0 ? expressionError(error) : error;
      });
    const [row] = await task.connection.rows(
      `SELECT count(*)::VARCHAR FROM ${passing}`,
    );
    rowCount = Number(row?.[0]);
    // What a user writes may be true for other rows the next time (`random()`).
    const isSame = plan.expressions.length === 0;
    filter = { passing, conditions: isSame ? plan.conditions : [] };
  }
  const rows = { total, rowCount, filter };
  if (order.length === 0) {
    return { ...rows, all: filter && passing, head: null, finish: null };
  }
  const source = unorderedSql({ ...rows, table: result.table });
  const sorted = `SELECT pos AS rid FROM ${source} ORDER BY ${[...order, "pos"].join(", ")}`;
  await steps.run(`CREATE TABLE ${head} AS ${sorted} LIMIT ${headRows}`);
  if (rowCount <= headRows) {
    return { ...rows, all: head, head: null, finish: null };
  }
  const finish = (ending: ResultTask): Promise<void> =>
    new Steps(ending, { rows: rowCount, count: 1 }).run(
      `CREATE TABLE ${all} AS ${sorted}`,
    );
  return { ...rows, all, head, finish };
}

function passingRows(
  { result, conditions, expressions }: ViewPlan,
  total: number,
): string {
  // More rows may come while this runs, which are none of the view.
  const where = [`rowid < ${total}`, ...conditions].join(" AND ");
  if (expressions.length === 0) {
    return `SELECT rowid AS rid FROM ${result.table} WHERE ${where}`;
  }
  const { select, free } = namedColumns(result.columns);
  // Each ends with its line: it may end with a comment.
  const all = expressions.map((sql) => `(${sql}\n)`).join(" AND ");
  const named = [`rowid AS ${free}`, ...select].join(", ");
  return `SELECT ${free} AS rid FROM (SELECT ${named} FROM ${result.table} WHERE ${where}) WHERE ${all}`;
}
