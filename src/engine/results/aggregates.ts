import {
  addingOf,
  areTimes,
  distinctSql,
  placesSql,
  sumsSql,
  timeEndsSql,
} from "../../core/results/aggregateSql";
import { decimalText } from "../../core/results/exactDecimal";
import {
  addColumns,
  exactSumAndMean,
  type ColumnSum,
  type SelectionSum,
} from "../../core/results/selectionSum";
import type { Cell } from "../../core/results/result";
import type {
  ResultRequests,
  SelectionAggregate,
} from "../../protocol/results";
import { areaOf, type AreaRows } from "./area";
import type { RelationColumn } from "./resultRelation";
import type { ResultStore, RowsTask } from "./resultStore";
import { numberType } from "./scales";

/** What a selection comes to, column by column, so that it can be ended between them. */
export function aggregate(
  store: ResultStore,
  params: ResultRequests["aggregate"]["params"],
): Promise<SelectionAggregate> {
  return store.over(params.taskId, params, async (task) => {
    const area = areaOf(task.rows, params);
    const from = `(SELECT * FROM ${task.rows.from} WHERE pos >= ${area.fromRow} AND pos < ${area.toRow})`;
    const columns = [...new Set(area.columns)];
    if (columns.length === 0) {
      return nothing;
    }
    const sums: ColumnSum[] = [];
    for (const column of area.columns) {
      if (column.number !== null) {
        sums.push(await columnSum(task, column, from));
        task.check();
      }
    }
    const total = addColumns(sums);
    const values = await countValues(task, area, from);
    task.check();
    const [distinct] = await task.connection.rows(distinctSql(columns, from));
    task.check();
    const cells = (area.toRow - area.fromRow) * area.columns.length;
    return {
      cells,
      nulls: cells - values,
      distinct: Number(distinct?.[0] ?? 0),
      numbers: total.numbers,
      ...(await sumAndMean(task, total)),
      ...(await ends(task, area, { from, total })),
    };
  });
}

const nothing: SelectionAggregate = {
  cells: 0,
  nulls: 0,
  distinct: 0,
  numbers: 0,
  sum: null,
  mean: null,
  min: null,
  max: null,
};

async function columnSum(
  { connection, rows }: RowsTask,
  column: RelationColumn,
  from: string,
): Promise<ColumnSum> {
  const adding = addingOf(
    column,
    await numberType({ connection, rows }, column),
  );
  const [places] =
    adding === "wide" ? await connection.rows(placesSql(column, from)) : [];
  const scale = Number(places?.[0] ?? 0);
  const [found] = await connection.rows(
    sumsSql(column, from, { adding, places: scale }),
  );
  const [sum, numbers, min, max, ...specials] = found ?? [];
  return {
    sum:
      adding === "wide"
        ? decimalText({ digits: BigInt(sum ?? "0"), scale })
        : (sum ?? "0"),
    isExact: adding !== "double",
    numbers: Number(numbers ?? 0),
    min: min ?? null,
    max: max ?? null,
    special: specialOf(specials.map(Number)),
  };
}

/** What NaN and infinities make of a sum. */
function specialOf([nan = 0, up = 0, down = 0]: readonly number[]): string {
  if (nan > 0 || (up > 0 && down > 0)) {
    return "NaN";
  }
  return up > 0 ? "Infinity" : down > 0 ? "-Infinity" : "";
}

async function countValues(
  { connection }: RowsTask,
  { columns }: AreaRows,
  from: string,
): Promise<number> {
  const counts = columns.map(({ value }) => `count(${value})`);
  const [found] = await connection.rows(
    `SELECT (${counts.join(" + ")})::VARCHAR FROM ${from}`,
  );
  return Number(found?.[0] ?? 0);
}

/** The sum of exact numbers is exact; with a binary fraction among them it is one. */
async function sumAndMean(
  { connection }: RowsTask,
  { exact, doubles, numbers }: SelectionSum,
): Promise<{ readonly sum: Cell; readonly mean: Cell }> {
  if (numbers === 0) {
    return { sum: null, mean: null };
  }
  if (exact !== null && doubles.length === 0) {
    return exactSumAndMean(exact, numbers);
  }
  const parts = [...(exact === null ? [] : [decimalText(exact)]), ...doubles];
  const sum = parts.map((part) => `'${part}'::DOUBLE`).join(" + ");
  const [found] = await connection.rows(
    `SELECT (${sum})::VARCHAR, ((${sum}) / ${numbers})::VARCHAR`,
  );
  return { sum: found?.[0] ?? null, mean: found?.[1] ?? null };
}

async function ends(
  { connection }: RowsTask,
  { columns }: AreaRows,
  { from, total }: { readonly from: string; readonly total: SelectionSum },
): Promise<{ readonly min: Cell; readonly max: Cell }> {
  if (total.numbers > 0 || !areTimes(columns)) {
    return { min: total.min, max: total.max };
  }
  const [found] = await connection.rows(timeEndsSql(columns, from));
  return { min: found?.[0] ?? null, max: found?.[1] ?? null };
}
