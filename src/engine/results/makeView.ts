import { namedColumns } from "../../core/results/viewSql";
import type { StoredResult } from "./resultTables";
import type { ResultTask } from "./resultTasks";
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
  readonly rowCount: number;
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
  { connection }: ResultTask,
  plan: ViewPlan,
): Promise<ViewTables> {
  const { name, result, order } = plan;
  const [passing = "", head = "", all = ""] = viewTableNames(name);
  let rowCount = result.writer.rowCount;
  // More rows may come while this runs, which are none of the view.
  let source = `SELECT rowid AS rid, * FROM ${result.table} WHERE rowid < ${rowCount}`;
  const isFiltered = plan.conditions.length + plan.expressions.length > 0;
  if (isFiltered) {
    await connection
      .run(`CREATE TABLE ${passing} AS ${passingRows(plan, source)}`)
      .catch((error: unknown) => {
        throw plan.expressions.length > 0 ? expressionError(error) : error;
      });
    const [row] = await connection.rows(
      `SELECT count(*)::VARCHAR FROM ${passing}`,
    );
    rowCount = Number(row?.[0]);
    source = `SELECT v.rid, r.* FROM ${passing} v JOIN ${result.table} r ON r.rowid = v.rid`;
  }
  if (order.length === 0) {
    const table = isFiltered ? passing : null;
    return { rowCount, all: table, head: null, finish: null };
  }
  const sorted = `SELECT rid FROM (${source}) ORDER BY ${[...order, "rid"].join(", ")}`;
  await connection.run(`CREATE TABLE ${head} AS ${sorted} LIMIT ${headRows}`);
  if (rowCount <= headRows) {
    return { rowCount, all: head, head: null, finish: null };
  }
  const finish = (task: ResultTask): Promise<void> =>
    task.connection.run(`CREATE TABLE ${all} AS ${sorted}`);
  return { rowCount, all, head, finish };
}

function passingRows(
  { result, conditions, expressions }: ViewPlan,
  source: string,
): string {
  const where = conditions.length === 0 ? "true" : conditions.join(" AND ");
  if (expressions.length === 0) {
    return `SELECT rid FROM (${source}) WHERE ${where}`;
  }
  const { select, free } = namedColumns(result.columns);
  // Each ends with its line: it may end with a comment.
  const all = expressions.map((sql) => `(${sql}\n)`).join(" AND ");
  const named = [`rid AS ${free}`, ...select].join(", ");
  return `SELECT ${free} AS rid FROM (SELECT ${named} FROM (${source}) WHERE ${where}) WHERE ${all}`;
}
