import { randomBytes } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { rowsCatalogPrefix } from "../../../core/connections/alias";
import { viaductError } from "../../../core/errors/makeError";
import { ViaductError } from "../../../core/errors/viaductError";
import { tableColumn } from "../../../core/results/export/tableSql";
import { uniqueNames } from "../../../core/results/uniqueNames";
import { quoteIdentifier, quoteLiteral } from "../../../core/sql/quote";
import type { ResultRequests, TableTarget } from "../../../protocol/results";
import { hostCatalog } from "../../database";
import type { Session } from "../../session";
import { areaOf } from "../area";
import { fileProblem } from "../export/fileProblem";
import { keptColumns, typeNotes } from "../export/parquetFormat";
import { inOrder } from "../export/rowBatches";
import { Parts } from "../parts";
import type { RowsTask } from "../resultStore";
import { Steps } from "../steps";

type Params = ResultRequests["materialise"]["params"];
type Needed = Pick<Session, "store" | "runs" | "database">;

/** How often a run is looked at for a cancel of the task that it belongs to. */
const cancelEveryMs = 50;

/**
 * Makes a table of rows. They go through a file of their own, which the store writes and the session reads after that:
 * no file is ever open in two instances. The table is made by a run, so that everything that holds for a statement of
 * the user's holds for it.
 */
export async function materialise(
  { store, runs, database }: Needed,
  params: Params,
): Promise<ResultRequests["materialise"]["result"]> {
  return store.over(params.taskId, params, async (task) => {
    const file = await temporaryFile(task);
    const connection = await database.instance.connect();
    const catalog = `${rowsCatalogPrefix}${randomBytes(4).toString("hex")}`;
    try {
      await connection.run(`USE ${hostCatalog}`);
      const isServer = await isPostgres(connection, params.target.catalog);
      const { count, notes } = await writeRows(task, params, {
        file,
        isServer,
      });
      task.check();
      await connection.run(
        `ATTACH ${quoteLiteral(file)} AS ${catalog} (TYPE duckdb, READ_ONLY)`,
      );
      await runTable({ runs, task }, params, {
        text: statement(params.target, `${catalog}.main.viaduct_rows`),
        count,
      });
      return { rows: count, notes };
    } catch (error) {
      task.check();
      throw fileProblem(error, file);
    } finally {
      await connection
        .run(`DETACH DATABASE IF EXISTS ${catalog}`)
        .catch(() => undefined);
      await connection.close();
      await rm(file, { force: true }).catch(() => undefined);
      await rm(`${file}.wal`, { force: true }).catch(() => undefined);
    }
  });
}

/** In the session's own folder, beside what the store spills: it is emptied after a crash, too. */
async function temporaryFile({ connection }: RowsTask): Promise<string> {
  const [row] = await connection.rows(
    "SELECT current_setting('temp_directory')::VARCHAR",
  );
  const folder = row?.[0] ?? "";
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return join(folder, `rows-${randomBytes(8).toString("hex")}.duckdb`);
}

async function isPostgres(
  connection: RowsTask["connection"],
  catalog: string,
): Promise<boolean> {
  const [row] = await connection.rows(
    "SELECT type FROM duckdb_databases() WHERE lower(database_name) = lower($1)",
    [catalog],
  );
  return row?.[0] === "postgres";
}

async function writeRows(
  task: RowsTask,
  params: Params,
  { file, isServer }: { readonly file: string; readonly isServer: boolean },
): Promise<{ readonly count: number; readonly notes: readonly string[] }> {
  const area = areaOf(task.rows, params);
  if (area.columns.length === 0) {
    throw viaductError("unknown", "There is no column to make a table of.");
  }
  const { names, note } = uniqueNames(area.columns.map(({ name }) => name));
  const count = area.toRow - area.fromRow;
  const isView = params.viewId !== null;
  const parts = new Parts(
    { order: isView ? 1 : 0, examine: 1, write: 1, make: 2 },
    count,
  );
  const writing = "viaduct_writing";
  await task.connection.run(
    `ATTACH ${quoteLiteral(file)} AS ${writing} (TYPE duckdb)`,
  );
  try {
    const ordered = await inOrder(parts.of(task, "order"), area, isView);
    const kept = await keptColumns(
      { task: parts.of(task, "examine"), ordered },
      area.columns,
      (column) => tableColumn(column, isServer),
    );
    const columns = kept.map(
      ({ sql }, index) => `${sql} AS ${quoteIdentifier(names[index] ?? "")}`,
    );
    const { from, to } = ordered.range;
    const steps = new Steps(parts.of(task, "write"), { rows: count, count: 1 });
    await steps.run(
      `CREATE TABLE ${writing}.main.viaduct_rows AS SELECT ${columns.join(", ")} FROM ${ordered.from} WHERE pos >= ${from} AND pos < ${to}`,
    );
    return {
      count,
      notes: [...(note === null ? [] : [note]), ...typeNotes(names, kept)],
    };
  } finally {
    await task.connection.run(`DETACH ${writing}`);
  }
}

function statement(
  { catalog, schema, table, mode }: TableTarget,
  rows: string,
): string {
  const name = [catalog, schema, table].map(quoteIdentifier).join(".");
  switch (mode) {
    case "create":
      return `CREATE TABLE ${name} AS FROM ${rows}`;
    case "replace":
      return `CREATE OR REPLACE TABLE ${name} AS FROM ${rows}`;
    case "append":
      return `INSERT INTO ${name} BY NAME FROM ${rows}`;
  }
}

/** Runs the statement; a cancel of the task is one of the run. */
async function runTable(
  { runs, task }: { readonly runs: Session["runs"]; readonly task: RowsTask },
  { runId }: Params,
  { text, count }: { readonly text: string; readonly count: number },
): Promise<void> {
  const timer = setInterval(() => {
    try {
      task.check();
    } catch {
      clearInterval(timer);
      void runs.cancel(runId);
    }
  }, cancelEveryMs);
  try {
    const { statements } = await runs.run({
      runId,
      target: { engine: "duckdb" },
      statements: [{ text }],
    });
    const [outcome] = statements;
    if (outcome?.error != null) {
      throw new ViaductError(outcome.error);
    }
    if (outcome?.rowCount !== count) {
      throw viaductError(
        "incomplete",
        `The table got ${outcome?.rowCount ?? 0} rows, and ${count} were to be written.`,
      );
    }
  } finally {
    clearInterval(timer);
  }
}
