import { viaductError } from "../../core/errors/makeError";
import {
  differenceSets,
  differencesSql,
  isKeySql,
  likelyKeys,
  pairColumns,
  repeatedSql,
  type Compared,
} from "../../core/results/differencesSql";
import type { ColumnPair, Comparison } from "../../protocol/comparison";
import type { ResultRequests } from "../../protocol/results";
import { Differences } from "./differences";
import type { ResultRelation } from "./resultRelation";
import type { ResultTask } from "./resultTasks";
import { Steps } from "./steps";

/** Rows that are compared in one step, where they are paired by their places. */
const stepRows = 250_000;

/** What is compared, and where the differences are put. */
export interface Comparing {
  readonly left: ResultRelation;
  readonly right: ResultRelation;
  readonly table: string;
  readonly key: ResultRequests["compareResults"]["params"]["key"];
}

/** What was found. */
export interface Compare {
  readonly differences: Differences;
  readonly found: Omit<Comparison, "compareId">;
}

/** Fills the table of differences. */
export async function compareRows(
  task: ResultTask,
  { left, right, table, key: wanted }: Comparing,
): Promise<Compare> {
  const pairs = pairColumns(left.columns, right.columns);
  const most = Math.max(left.rowCount, right.rowCount);
  const steps = new Steps(task, { rows: most, count: 4 });
  const key =
    wanted === null
      ? await plainKey(steps, left, right, pairs)
      : wanted.length === 0
        ? null
        : wanted.map((column) => pairOf(pairs, column));
  const compared: Compared = { left, right, pairs, key };
  const sets = differenceSets(pairs).map((_, at) => `b${at} UINTEGER`);
  await task.connection.run(
    `CREATE TABLE ${table} (${["l BIGINT", "r BIGINT", ...sets].join(", ")})`,
  );
  const repeated =
    key === null ? 0 : await repeatedIn(steps, { left, right }, key);
  if (key === null) {
    await byPlaces(task, compared, table, most);
  } else {
    await steps.run(
      `INSERT INTO ${table} ${differencesSql(compared, repeated > 0)}`,
    );
  }
  const rows = { left: left.rowCount, right: right.rowCount };
  const differences = new Differences(table, pairs, rows);
  const counts = await differences.counts(task.connection);
  return {
    differences,
    found: {
      columns: pairs,
      key,
      leftRows: rows.left,
      rightRows: rows.right,
      ...counts,
      repeated,
    },
  };
}

async function byPlaces(
  task: ResultTask,
  { left, right, ...compared }: Compared,
  table: string,
  most: number,
): Promise<void> {
  for (let at = 0; at < most; at += stepRows) {
    const part = ({ from, columns }: Compared["left"]): Compared["left"] => ({
      from: `(SELECT * FROM ${from} WHERE pos >= ${at} AND pos < ${at + stepRows})`,
      columns,
    });
    const step = { ...compared, left: part(left), right: part(right) };
    await task.connection.run(
      `INSERT INTO ${table} ${differencesSql(step, false)}`,
    );
    task.progress(Math.min(at + stepRows, most), most);
    task.check();
  }
}

/** The first of the columns that look like keys whose values are there once in each row of both; null without any. */
async function plainKey(
  steps: Steps,
  left: ResultRelation,
  right: ResultRelation,
  pairs: readonly ColumnPair[],
): Promise<ColumnPair[] | null> {
  for (const pair of likelyKeys({ left, right }, pairs)) {
    const [one] = await steps.rows(isKeySql(left, pair.left));
    const [other] =
      one?.[0] === "true" ? await steps.rows(isKeySql(right, pair.right)) : [];
    if (other?.[0] === "true") {
      return [pair];
    }
  }
  return null;
}

async function repeatedIn(
  steps: Steps,
  { left, right }: Pick<Compared, "left" | "right">,
  key: readonly ColumnPair[],
): Promise<number> {
  const [inLeft] = await steps.rows(
    repeatedSql(
      left,
      key.map(({ left: at, asText }) => ({ at, asText })),
    ),
  );
  const [inRight] = await steps.rows(
    repeatedSql(
      right,
      key.map(({ right: at, asText }) => ({ at, asText })),
    ),
  );
  return Number(inLeft?.[0] ?? 0) + Number(inRight?.[0] ?? 0);
}

function pairOf(pairs: readonly ColumnPair[], column: number): ColumnPair {
  const pair = pairs.find(({ left }) => left === column);
  if (pair === undefined) {
    throw viaductError(
      "unknown",
      "Rows can be paired by columns only that both results have.",
    );
  }
  return pair;
}
