import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import {
  chmod,
  lstat,
  mkdir,
  open,
  readFile,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import path from "node:path";
import { json } from "node:stream/consumers";
import type { ErrorInfo } from "../../../src/core/errors/errorInfo";
import { ViaductError } from "../../../src/core/errors/viaductError";
import { fileProblem } from "../../../src/engine/results/export/fileProblem";
import { faultOf, TestEngine } from "../../support/engineHarness";
import { inRepository } from "../../support/paths";
import { exportFormats, exportResult, exportRows, leftovers } from "./exports";

/** A folder in which nothing can be made, whoever one is. */
async function readOnlyFolder(parent: string): Promise<string> {
  if (process.getuid?.() === 0) {
    return "/sys/kernel";
  }
  const folder = path.join(parent, "read-only");
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o555);
  return folder;
}

/** Exports in every format in a process whose files may not grow beyond a megabyte, each over a file that is there. */
async function exportLimited(
  folder: string,
): Promise<{ readonly format: string; readonly error: ErrorInfo | null }[]> {
  const limited = spawn(
    "sh",
    [
      ...["-c", `trap '' XFSZ; ulimit -f 2048; exec "$@"`, "sh"],
      ...[process.execPath, "--import", "tsx"],
      ...[inRepository("test", "engine", "fixtures", "exporting.ts"), folder],
    ],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  return (await json(limited.stdout)) as Awaited<
    ReturnType<typeof exportLimited>
  >;
}

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

  for (const format of ["csv", "json", "parquet", "xlsx", "sql"] as const) {
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

  for (const format of exportFormats) {
    it(`says in words where a ${format} file cannot be written, before the work`, async () => {
      const readOnly = await readOnlyFolder(engine.folder);
      const cases: readonly (readonly [string, RegExp])[] = [
        [path.join(engine.folder, "none", "x"), /its folder does not exist/],
        [engine.folder, /there is a folder of that name/],
        [path.join(readOnly, "x"), /may not be written here|is read-only/],
        [path.join(engine.folder, "n".repeat(300)), /its name is too long/],
      ];
      for (const [file, words] of cases) {
        const { class: errorClass, message } = await faultOf(
          exportResult(engine, large, { format, file }),
        );
        assert.equal(errorClass, "permission", message);
        assert.match(message, words);
        assert.ok(message.startsWith(`"${path.basename(file)}" could not`));
      }
      assert.deepEqual(await leftovers(engine.folder), []);
    });
  }

  it("keeps what is there when the disk takes no more, in every format", async function () {
    if (process.platform === "win32") this.skip();
    const folder = path.join(engine.folder, "limited");
    await mkdir(folder);
    const told = await exportLimited(folder);
    assert.deepEqual(
      told.map(({ format }) => format),
      exportFormats,
    );
    for (const { format, error } of told) {
      assert.equal(error?.class, "diskFull", `${format}: ${error?.message}`);
      assert.match(
        error.message,
        /^"target\.\w+" could not be written in .*: it would be larger than files may be there\. Nothing was changed\.$/,
      );
      const file = path.join(folder, `target.${format}`);
      assert.equal(await readFile(file, "utf8"), "old");
    }
    assert.deepEqual(await leftovers(folder), []);
  });

  it("says that the disk is full", async function () {
    // /dev/full is the only full disk that needs no rights.
    if (process.platform !== "linux") this.skip();
    const handle = await open("/dev/full", "w");
    const error: unknown = await handle.writeFile("x").then(
      () => null,
      (cause: unknown) => cause,
    );
    await handle.close().catch(() => undefined);
    const problem = fileProblem(error, "/some/where/x.csv");
    assert.ok(problem instanceof ViaductError);
    assert.equal(problem.info.class, "diskFull");
    assert.match(
      problem.info.message,
      /"x\.csv" could not be written in \/some\/where: the disk is full\. Nothing was changed\./,
    );
  });

  it("takes nothing from under another that reads the file", async () => {
    const file = path.join(engine.folder, "open.csv");
    await writeFile(file, "old");
    const handle = await open(file);
    try {
      await exportRows(engine, "SELECT 1 AS a", { format: "csv", file });
      assert.equal(await handle.readFile("utf8"), "old");
      assert.equal(await readFile(file, "utf8"), "a\n1\n");
    } finally {
      await handle.close();
    }
  });

  it("replaces what a link leads to, and keeps its rights", async () => {
    const target = path.join(engine.folder, "target.csv");
    const link = path.join(engine.folder, "link.csv");
    await writeFile(target, "old");
    await chmod(target, 0o640);
    await symlink(target, link);
    await exportRows(engine, "SELECT 1 AS a", { format: "csv", file: link });
    assert.equal(await readFile(target, "utf8"), "a\n1\n");
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
});
