import type { RowsRef } from "../../protocol/results";
import { areaOf } from "./area";
import { wholeRelation, type RelationColumn } from "./resultRelation";
import type { ResultStore, RowsTask } from "./resultStore";
import type { ResultTask } from "./resultTasks";
import { unorderedSql } from "./rowSource";
import { Steps } from "./steps";

/** A question while it is answered. */
export interface Question extends RowsTask {
  /** For each statement that reads the rows; others go to the connection. */
  readonly steps: Steps;
}

/** What a question is about, and how it is asked. */
export interface Asked extends RowsRef {
  readonly taskId: string;
  /** Columns that it is about. */
  readonly columns: readonly number[];
  /** Rows of the view that it is about; absent for all. */
  readonly range?: { readonly fromRow: number; readonly toRow: number };
  /** Whether `pos` has to be the row's place in the view: else it is any number of the row's own. */
  readonly needsPlace?: (columns: readonly RelationColumn[]) => boolean;
  /** Statements that will read the rows, about. */
  readonly statements: number;
}

/** The table in which rows are put together: of the task's connection alone. */
const askedTable = "viaduct_asked";

/**
 * Asks something about rows, several statements long. No statement waits for an order that is of no matter, or looks up
 * the rows of a view again: where that costs, the columns that are asked about are put together once.
 */
export function ask<T>(
  store: ResultStore,
  asked: Asked,
  answer: (question: Question) => Promise<T>,
): Promise<T> {
  return store.on(asked.taskId, asked, async (task, source) => {
    const whole = wholeRelation(source.table, source.columns, source.rowCount);
    const area = areaOf(whole, {
      ...asked,
      ...(asked.range ?? { fromRow: 0, toRow: source.rowCount }),
    });
    const isPart = area.toRow - area.fromRow < source.rowCount;
    const isView = source.filter !== null || source.order !== null;
    const needsPlace =
      isView && (isPart || asked.needsPlace?.(whole.columns) === true);
    const rows = needsPlace
      ? await task.wait(store.views.relation(asked, area.toRow))
      : { ...whole, from: unorderedSql(source) };
    const from = isPart
      ? `(SELECT * FROM ${rows.from} WHERE pos >= ${area.fromRow} AND pos < ${area.toRow})`
      : rows.from;
    const isGathered = needsPlace || source.filter !== null;
    const steps = new Steps(task, {
      rows: area.toRow - area.fromRow,
      count: asked.statements + (isGathered ? 1 : 0),
    });
    return answer({
      ...task,
      steps,
      rows: {
        ...rows,
        rowCount: area.toRow - area.fromRow,
        from: isGathered
          ? await gathered(task, steps, from, area.columns)
          : from,
      },
    });
  });
}

/** Puts the columns together in a table that is read from as often as there are statements. */
async function gathered(
  task: ResultTask,
  steps: Steps,
  from: string,
  columns: readonly RelationColumn[],
): Promise<string> {
  const values = new Set(columns.map(({ value }) => value));
  task.dropAfterwards(askedTable);
  await steps.run(
    `CREATE OR REPLACE TEMP TABLE ${askedTable} AS SELECT ${["pos", ...values].join(", ")} FROM ${from}`,
  );
  return `temp.main.${askedTable}`;
}
