import assert from "node:assert/strict";
import { chmod, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import type { ExportFormat } from "../../../src/protocol/results";
import { faultOf, TestEngine } from "../../support/engineHarness";
import { exportResult, exportRows, leftovers } from "./exports";

const formats: readonly ExportFormat[] = [
  "csv",
  "json",
  "parquet",
  "xlsx",
  "sql",
];

describe("an export that does not come to its end", function () {
  this.timeout(120_000);
  let engine: TestEngine;
  let large: {
    resultId: string;
    columns: readonly unknown[];
    rowCount: number;
  };
  before(async () => {
    engine = await TestEngine.start();
    const { resultId, columns, rowCount } = await engine.succeed(
      "SELECT range AS a, 'text ' || range AS b, range * 1.5 AS c FROM range(400000)",
    );
    assert.ok(resultId);
    large = { resultId, columns, rowCount };
  });
  after(() => engine.close());

  for (const format of formats) {
    it(`leaves the old file and nothing else when ${format} is cancelled in the middle`, async () => {
      const folder = path.join(engine.folder, `cancel-${format}`);
      await mkdir(folder);
      const file = path.join(folder, "target");
      await writeFile(file, "old");
      const taskId = `cancel-${format}`;
      const fault = faultOf(
        exportResult(engine, large, { format, file, taskId }),
      );
      const sent = engine.events.length;
      // The first rows are written, and most are not.
      for (;;) {
        const told = engine.events
          .slice(sent)
          .some(
            ({ event, payload }) =>
              event === "taskProgress" && payload.taskId === taskId,
          );
        if (told || (await leftovers(folder)).length > 0) break;
      }
      await engine.handlers.cancelTask({ taskId });
      assert.equal((await fault).class, "cancelled");
      assert.equal(await readFile(file, "utf8"), "old");
      assert.deepEqual(await leftovers(folder), []);
    });
  }

  it("tells how many rows are written, and never more than there are", async () => {
    const sent = engine.events.length;
    const { rows } = await exportResult(engine, large, {
      format: "json",
      taskId: "told",
    });
    assert.equal(rows, 400_000);
    const told = engine.events
      .slice(sent)
      .flatMap(({ event, payload }) =>
        event === "taskProgress" && payload.taskId === "told" ? [payload] : [],
      );
    assert.ok(told.length > 0);
    assert.ok(
      told.every(
        ({ rows: count, total }) => count <= 400_000 && total === 400_000,
      ),
    );
  });

  it("says in words where a file cannot be written", async () => {
    const cases: readonly (readonly [string, RegExp])[] = [
      [path.join(engine.folder, "none", "x.csv"), /its folder does not exist/],
      [engine.folder, /a folder of that name/],
    ];
    for (const [file, message] of cases) {
      const { class: errorClass, message: told } = await faultOf(
        exportRows(engine, "SELECT 1 AS a", { format: "csv", file }),
      );
      assert.equal(errorClass, "permission");
      assert.match(told, message);
      const parquet = await faultOf(
        exportRows(engine, "SELECT 1 AS a", { format: "parquet", file }),
      );
      assert.notEqual(parquet.class, "unknown", parquet.message);
    }
  });

  it("says that the disk is full, and leaves nothing", async function () {
    // /dev/full is the only full disk that needs no rights: through a link, it is what would be replaced.
    if (process.platform !== "linux") this.skip();
    const { TextFile } =
      await import("../../../src/engine/results/export/textFile");
    const { fileProblem } =
      await import("../../../src/engine/results/export/fileProblem");
    const { open } = await import("node:fs/promises");
    assert.ok(TextFile);
    const handle = await open("/dev/full", "w");
    const error: unknown = await handle.writeFile("x").then(
      () => null,
      (cause: unknown) => cause,
    );
    await handle.close().catch(() => undefined);
    const problem = fileProblem(error, "/some/where/x.csv") as {
      info?: { class: string; message: string };
    };
    assert.equal(problem.info?.class, "diskFull");
    assert.match(
      problem.info.message,
      /"x\.csv" could not be written in \/some\/where: the disk is full\. Nothing was changed\./,
    );
  });

  it("replaces what a link leads to, and keeps its rights", async () => {
    const target = path.join(engine.folder, "target.csv");
    const link = path.join(engine.folder, "link.csv");
    await writeFile(target, "old");
    await chmod(target, 0o640);
    await symlink(target, link);
    await exportRows(engine, "SELECT 1 AS a", { format: "csv", file: link });
    assert.equal(await readFile(target, "utf8"), "a\n1\n");
    const { lstat, stat } = await import("node:fs/promises");
    assert.ok((await lstat(link)).isSymbolicLink());
    assert.equal((await stat(target)).mode & 0o777, 0o640);
  });

  it("fails for a result that was released, and for columns that are not there", async () => {
    const gone = await faultOf(
      exportResult(engine, { ...large, resultId: "none" }, { format: "csv" }),
    );
    assert.equal(gone.class, "resultGone");
    const missing = await faultOf(
      exportResult(engine, large, { format: "csv", columns: [7] }),
    );
    assert.match(missing.message, /no column 7/);
    const empty = await faultOf(
      exportResult(engine, large, { format: "csv", columns: [] }),
    );
    assert.match(empty.message, /no column to export/);
  });

  it("exports 2,000 columns and cells of a megabyte", async () => {
    const columns = Array.from(
      { length: 2_000 },
      (_, at) => `range + ${at} AS c${at}`,
    );
    for (const format of ["csv", "parquet"] as const) {
      const wide = await exportRows(
        engine,
        `SELECT ${columns.join(", ")} FROM range(30)`,
        { format },
      );
      assert.deepEqual([wide.rows, wide.verified], [30, true], format);
    }
    for (const format of ["csv", "ndjson", "parquet"] as const) {
      const long = await exportRows(
        engine,
        "SELECT repeat('é,', 400000) AS t FROM range(60)",
        { format },
      );
      assert.deepEqual([long.rows, long.verified], [60, true], format);
      assert.ok(long.bytes > (format === "parquet" ? 1_000 : 60 * 1_000_000));
    }
  });
});
