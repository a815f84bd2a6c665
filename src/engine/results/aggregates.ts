import {
  addingOf,
  areTimes,
  placesSql,
  sumsSql,
  timeEndsSql,
} from "../../core/results/aggregateSql";
import { distinctSql } from "../../core/results/statisticsSql";
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
import { columnAt } from "./area";
import { ask, type Question } from "./question";
import type { RelationColumn } from "./resultRelation";
import type { ResultStore } from "./resultStore";
import { numberType } from "./scales";

/** What a selection comes to, column by column, so that it can be ended between them. */
export function aggregate(
  store: ResultStore,
  params: ResultRequests["aggregate"]["params"],
): Promise<SelectionAggregate> {
  const { fromRow, toRow, columns: places } = params;
  const asked = {
    ...params,
    range: { fromRow, toRow },
    statements: places.length + 2,
  };
  return ask(store, asked, async (task) => {
    if (places.length === 0) {
      return nothing;
    }
    const columns = places.map((index) => columnAt(task.rows, index));
    const sums: ColumnSum[] = [];
    for (const column of columns) {
      if (column.number !== null) {
        sums.push(await columnSum(task, column));
      }
    }
    const total = addColumns(sums);
    const values = await countValues(task, columns);
    const [distinct] = await task.steps.rows(
      distinctSql([...new Set(columns)], task.rows.from),
    );
    const cells = task.rows.rowCount * columns.length;
    return {
      cells,
      nulls: cells - values,
      distinct: Number(distinct?.[0] ?? 0),
      numbers: total.numbers,
      ...(await sumAndMean(task, total)),
      ...(await ends(task, columns, total)),
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
  { connection, steps, rows }: Question,
  column: RelationColumn,
): Promise<ColumnSum> {
  const { from } = rows;
  const adding = addingOf(
    column,
    await numberType({ connection, rows }, column),
  );
  const [places] =
    adding === "wide" ? await steps.rows(placesSql(column, from)) : [];
  const scale = Number(places?.[0] ?? 0);
  const [found] = await steps.rows(
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
  { steps, rows }: Question,
  columns: readonly RelationColumn[],
): Promise<number> {
  const counts = columns.map(({ value }) => `count(${value})`);
  const [found] = await steps.rows(
    `SELECT (${counts.join(" + ")})::VARCHAR FROM ${rows.from}`,
  );
  return Number(found?.[0] ?? 0);
}

/** The sum of exact numbers is exact; with a binary fraction among them it is one. */
async function sumAndMean(
  { connection }: Question,
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
  { steps, rows }: Question,
  columns: readonly RelationColumn[],
  total: SelectionSum,
): Promise<{ readonly min: Cell; readonly max: Cell }> {
  if (total.numbers > 0 || !areTimes(columns)) {
    return { min: total.min, max: total.max };
  }
  const [found] = await steps.rows(timeEndsSql(columns, rows.from));
  return { min: found?.[0] ?? null, max: found?.[1] ?? null };
}
