import assert from "node:assert/strict";
import type { Cell } from "../../../src/core/results/result";
import type { StatementOutcome } from "../../../src/protocol/engine";
import type { TestEngine } from "../../support/engineHarness";
import { exportResult, textOf } from "../results/exports";

/** More characters than any cell of the tests has. */
const enough = 10_000_000;

/** A result's first row as the cell viewer has it: every cell whole. */
export async function cellsOf(
  engine: TestEngine,
  { resultId, columns }: StatementOutcome,
): Promise<Cell[]> {
  assert.ok(resultId);
  const parts = columns.map((_, column) =>
    engine.handlers.cellText({
      resultId,
      viewId: null,
      row: 0,
      column,
      offset: 0,
      limit: enough,
    }),
  );
  return (await Promise.all(parts)).map(({ text }) => text);
}

/** Checks that a result's first row is the same on a page, in a copy and in a CSV file, and answers it. */
export async function sameEverywhere(
  engine: TestEngine,
  outcome: StatementOutcome,
): Promise<Cell[]> {
  const { resultId, columns, rowCount } = outcome;
  assert.ok(resultId);
  const cells = await cellsOf(engine, outcome);
  const page = await engine.handlers.page({ resultId, offset: 0, limit: 1 });
  const cut = new Map(page.cut?.map(([, column, length]) => [column, length]));
  page.rows[0]?.forEach((shown, column) => {
    const whole = cells[column] ?? null;
    const length = cut.get(column);
    if (length === undefined) {
      assert.equal(shown, whole, `page: ${columns[column]?.type}`);
    } else {
      assert.equal(length, whole?.length, columns[column]?.type);
      assert.ok(whole?.startsWith(shown ?? ""), columns[column]?.type);
    }
  });
  const { text } = await engine.handlers.copyText({
    taskId: "copy-everywhere",
    resultId,
    viewId: null,
    fromRow: 0,
    toRow: 1,
    columns: columns.map((_, index) => index),
    format: "csv",
    headers: false,
    table: "t",
  });
  assertSame(csvRow(text), cells, "copy");
  const { file } = await exportResult(
    engine,
    { resultId, columns, rowCount },
    { format: "csv", options: { headers: false, guardFormulas: false } },
  );
  assertSame(csvRow((await textOf(file)).slice(0, -1)), cells, "CSV file");
  return cells;
}

/** One by one: a list of megabytes is no message. */
function assertSame(
  actual: readonly Cell[],
  expected: readonly Cell[],
  where: string,
): void {
  assert.equal(actual.length, expected.length, where);
  actual.forEach((cell, column) => {
    assert.equal(cell, expected[column], `${where}, column ${column}`);
  });
}

/** The fields of one line as RFC 4180 has them; an empty one without quotes is NULL. */
function csvRow(line: string): Cell[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,"]*))(?=,|$)/g)].map(
    ([, quoted, plain]) =>
      quoted === undefined
        ? plain === ""
          ? null
          : (plain ?? null)
        : quoted.replaceAll('""', '"'),
  );
}
