import { randomUUID } from "node:crypto";
import path from "node:path";
import type {
  CellArea,
  CopyFormat,
  ExportFormat,
} from "../../src/protocol/results";
import { exportFormats } from "../engine/results/exports";
import { TestEngine } from "../support/engineHarness";
import { shapes } from "./heldShapes";
import { LoopWatch, mostMs } from "./loopWatch";
import type { Measurement } from "./measurement";

interface Kept {
  readonly engine: TestEngine;
  readonly area: CellArea;
}

type Work = readonly [name: string, work: () => Promise<unknown>];

/** How often the engine's thread is held for longer than it may be, while each kind of long work goes on. */
export async function heldLoop(): Promise<Measurement[]> {
  const engine = await TestEngine.start();
  const watch = new LoopWatch();
  try {
    const measurements: Measurement[] = [];
    const measure = async ([name, work]: Work): Promise<void> => {
      watch.take();
      await work();
      const { overlong, longest } = watch.take();
      process.stderr.write(`${name}: ${overlong} (${longest.toFixed(0)} ms)\n`);
      measurements.push({
        name: `held over ${mostMs} ms: ${name}`,
        value: overlong,
        unit: "times",
        goal: 0,
        atMost: true,
      });
    };
    await engine.attach("pg");
    for (const [shape, sql, on] of shapes) {
      let area: CellArea | undefined;
      await measure([
        `keeping ${shape}`,
        async () => {
          area = await keep(engine, sql, on);
        },
      ]);
      if (area !== undefined) {
        for (const work of works(shape, { engine, area })) {
          await measure(work);
        }
        await measure([
          `letting ${shape} go`,
          () =>
            engine.handlers.releaseResults({
              resultIds: [area?.resultId ?? ""],
            }),
        ]);
      }
    }
    return measurements;
  } finally {
    watch.stop();
    await engine.close();
  }
}

async function keep(
  engine: TestEngine,
  sql: string,
  on?: string,
): Promise<CellArea> {
  const { resultId, rowCount, columns } = await engine.succeed(sql, on);
  if (resultId === null) {
    throw new Error("no result");
  }
  return {
    resultId,
    viewId: null,
    fromRow: 0,
    toRow: rowCount,
    columns: [...columns.keys()],
  };
}

function works(shape: string, { engine, area }: Kept): Work[] {
  const { handlers } = engine;
  const { resultId } = area;
  // A sheet, a statement or a Markdown table of so many cells is nobody's, and takes minutes.
  const some = {
    ...area,
    toRow: Math.min(area.toRow, shape === "2M rows" ? 200_000 : 2_000),
  };
  const task = (): { readonly taskId: string } => ({ taskId: randomUUID() });
  const one = { ...area, row: 7, column: 0 };
  return [
    [
      `pages of ${shape}`,
      async () => {
        for (let page = 0; page < 20; page++) {
          const offset = Math.floor((area.toRow / 20) * page);
          await handlers.page({ resultId, offset, limit: 256 });
        }
      },
    ],
    [
      `a cell of ${shape}`,
      () => handlers.cellText({ ...one, offset: 0, limit: 16_000_000 }),
    ],
    [
      `the order of ${shape}`,
      async () => {
        const sort = [{ column: 0, descending: true }];
        const { viewId } = await handlers.openView({
          ...task(),
          resultId,
          sort,
          filters: [],
        });
        await handlers.page({
          resultId,
          viewId,
          offset: area.toRow - 9,
          limit: 9,
        });
        await handlers.exportResult({
          ...some,
          viewId,
          ...task(),
          ...file(engine, "csv"),
        });
        await handlers.closeViews({ viewIds: [viewId] });
      },
    ],
    [
      `finding in ${shape}`,
      () =>
        handlers.find({
          ...area,
          ...task(),
          query: {
            text: "99",
            matchCase: false,
            wholeCell: false,
            regex: false,
            columns: [],
          },
        }),
    ],
    [
      `statistics of ${shape}`,
      () => handlers.columnStatistics({ ...area, ...task(), column: 1 }),
    ],
    [
      `values of ${shape}`,
      () =>
        handlers.distinctValues({
          ...area,
          ...task(),
          column: 1,
          containing: "",
          limit: 10_000,
        }),
    ],
    [
      `aggregates of ${shape}`,
      () => handlers.aggregate({ ...some, ...task() }),
    ],
    [
      `a chart of ${shape}`,
      () =>
        handlers.chartData({
          ...area,
          ...task(),
          chart: {
            kind: "bar",
            x: 1,
            y: [],
            aggregate: "count",
            series: null,
            limit: 5_000,
          },
        }),
    ],
    ...copies.map((format): Work => [
      `copying ${shape} as ${format}`,
      () =>
        handlers.copyText({
          ...some,
          ...task(),
          format,
          headers: true,
          table: "t",
        }),
    ]),
    ...exportFormats.map((format): Work => [
      `exporting ${shape} to ${format}`,
      () =>
        handlers
          .exportResult({ ...some, ...task(), ...file(engine, format) })
          .catch((error: unknown) => {
            // Excel has no cells of a megabyte.
            if (format !== "xlsx") throw error;
          }),
    ]),
    [
      `saving ${shape}`,
      async () => {
        const saved = path.join(engine.folder, `${randomUUID()}.duckdb`);
        await handlers.saveResult({ resultId, ...task(), file: saved });
        const opened = await handlers.openSaved({ file: saved });
        await handlers.releaseResults({ resultIds: [opened.resultId] });
      },
    ],
    [
      `a table of ${shape}`,
      () =>
        handlers.materialise({
          ...area,
          ...task(),
          runId: randomUUID(),
          target: {
            catalog: "memory",
            schema: "main",
            table: "made",
            mode: "replace",
          },
        }),
    ],
  ];
}

const copies: readonly CopyFormat[] = [
  "tsv",
  "csv",
  "json",
  "markdown",
  "insert",
  "inList",
];

function file(engine: TestEngine, format: ExportFormat) {
  return {
    format,
    file: path.join(engine.folder, `held.${format}`),
    options: { headers: true, guardFormulas: true, table: "t" },
  };
}
