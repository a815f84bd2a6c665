import assert from "node:assert/strict";
import { mkdir, readdir } from "node:fs/promises";
import path from "node:path";
import type { CellArea } from "../../../src/protocol/results";
import { faultOf, TestEngine } from "../../support/engineHarness";
import { until } from "../../support/until";

const rowCount = 3_000_000;
const all = { fromRow: 0, toRow: rowCount, columns: [0, 1, 2] } as const;
const options = { headers: true, guardFormulas: true, table: "t" };

/** What takes long over so many rows. */
const tasks: readonly {
  readonly name: string;
  readonly start: (
    engine: TestEngine,
    area: CellArea,
    taskId: string,
  ) => Promise<unknown>;
}[] = [
  {
    name: "a view that is filtered and sorted",
    start: ({ handlers }, { resultId }, taskId) =>
      handlers.openView({
        taskId,
        resultId,
        // Its first rows alone would be there before anything can be told.
        sort: [{ column: 1, descending: false }],
        filters: [
          {
            kind: "compare",
            column: 1,
            comparison: "matches",
            value: "([a-f]+[0-9]+){9}",
            matchCase: false,
          },
        ],
      }),
  },
  {
    name: "statistics",
    start: ({ handlers }, area, taskId) =>
      handlers.columnStatistics({ ...area, taskId, column: 1 }),
  },
  {
    name: "values to choose from",
    start: ({ handlers }, area, taskId) =>
      handlers.distinctValues({
        ...area,
        taskId,
        column: 1,
        containing: "",
        limit: 100,
      }),
  },
  {
    name: "an aggregate",
    start: ({ handlers }, area, taskId) =>
      handlers.aggregate({ ...area, taskId }),
  },
  {
    name: "a chart",
    start: ({ handlers }, area, taskId) =>
      handlers.chartData({
        ...area,
        taskId,
        chart: {
          kind: "bar",
          x: 1,
          y: [0],
          aggregate: "sum",
          series: null,
          limit: 5_000,
        },
      }),
  },
  ...(["csv", "json", "parquet"] as const).map((format) => ({
    name: `an export to ${format}`,
    start: (engine: TestEngine, area: CellArea, taskId: string) =>
      engine.handlers.exportResult({
        ...area,
        taskId,
        format,
        file: path.join(engine.folder, "exports", `whole.${format}`),
        options,
      }),
  })),
  {
    name: "a copy",
    start: ({ handlers }, area, taskId) =>
      handlers.copyText({
        ...area,
        taskId,
        format: "csv",
        headers: true,
        table: "t",
      }),
  },
  {
    name: "a table",
    start: ({ handlers }, area, taskId) =>
      handlers.materialise({
        ...area,
        taskId,
        runId: `${taskId} run`,
        target: {
          catalog: "memory",
          schema: "main",
          table: "made",
          mode: "create",
        },
      }),
  },
  {
    name: "a saved result",
    start: (engine, { resultId }, taskId) =>
      engine.handlers.saveResult({
        taskId,
        resultId,
        file: path.join(engine.folder, "exports", "saved.duckdb"),
      }),
  },
];

describe("what takes long over a large result", function () {
  this.timeout(120_000);
  let engine: TestEngine;
  let resultId = "";
  before(async () => {
    engine = await TestEngine.startAlone();
    const outcome = await engine.succeed(
      `SELECT i, md5(i::VARCHAR) AS h, i / 7.0 AS d FROM range(${rowCount}) t(i)`,
    );
    resultId = outcome.resultId ?? "";
    await mkdir(path.join(engine.folder, "exports"));
  });
  after(() => engine.close());

  for (const { name, start } of tasks) {
    it(`tells how far it is, lets pages through and ends in the middle: ${name}`, async () => {
      const area = { ...all, resultId, viewId: null };
      const sent = engine.events.length;
      let isOver = false;
      const ended = faultOf(start(engine, area, name)).finally(() => {
        isOver = true;
      });
      const told = () =>
        engine.events
          .slice(sent)
          .flatMap(({ event, payload }) =>
            event === "taskProgress" && payload.taskId === name
              ? [payload]
              : [],
          );
      await until("progress", () => told().some(({ rows }) => rows > 0));
      const page = await engine.handlers.page({
        resultId,
        offset: 1_000_000,
        limit: 1,
      });
      assert.equal(page.rows[0]?.[0], "1000000");
      assert.equal(isOver, false);
      await engine.handlers.cancelTask({ taskId: name });
      assert.equal((await ended).class, "cancelled");
      assert.ok(
        told().every(({ rows, total }) => total !== null && rows <= total),
      );
      assert.deepEqual(await readdir(path.join(engine.folder, "exports")), []);
      assert.deepEqual(await engine.rows("SELECT name FROM (SHOW TABLES)"), []);
    });
  }
});
