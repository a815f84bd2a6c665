import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { basename } from "node:path";
import { classifyDuckdbError } from "../../../core/errors/classifyDuckdb";
import { viaductError } from "../../../core/errors/makeError";
import { ViaductError } from "../../../core/errors/viaductError";
import type { ColumnSql, KeptColumn } from "../../../core/results/columnSql";
import { quoteLiteral } from "../../../core/sql/quote";
import type { ResultRequests } from "../../../protocol/results";
import type { Connection } from "../../duckdb";
import { writablePlace, writeWhole } from "../export/atomicFile";
import type { ResultStore, RowsTask } from "../resultStore";
import { Steps } from "../steps";

/** How a file is laid out; another number is another layout. */
const layout = 1;

/** The tables of a file: the rows, and what is to be known of them. */
const rowsTable = "viaduct_rows";
const aboutTable = "viaduct_result";

/** What `columnSql` makes of a column. */
const derived: Readonly<Record<keyof ColumnSql, true>> = {
  kind: true,
  value: true,
  text: true,
  order: true,
  further: true,
  number: true,
  typed: true,
};

/** What is to be known of a result beside its rows. */
interface About {
  readonly columns: readonly KeptColumn[];
  readonly timeZone: string;
  readonly calendar: string;
  readonly rowCount: number;
}

/** Keeps a result in a DuckDB file of its own, as a whole or not at all. */
export function saveResult(
  store: ResultStore,
  { taskId, resultId, file }: ResultRequests["saveResult"]["params"],
): Promise<null> {
  return store.over(taskId, { resultId, viewId: null }, async (task) => {
    await writeWhole(await writablePlace(file), async (temporary) => {
      await attached(task.connection, quoteLiteral(temporary), "", (catalog) =>
        writeResult(task, catalog),
      ).catch((error: unknown) => {
        task.check();
        throw error;
      });
      task.check();
    });
    return null;
  });
}

async function writeResult(task: RowsTask, catalog: string): Promise<void> {
  const { connection, rows } = task;
  const { columns, from, rowCount } = rows;
  const values = columns.map(({ value }) => value).join(", ");
  await new Steps(task, { rows: rowCount, count: 1 }).run(
    `CREATE TABLE ${catalog}.main.${rowsTable} AS SELECT ${values} FROM ${from}`,
  );
  // What they are, without the SQL over them: that is made anew.
  const kept = columns.map((column) =>
    Object.fromEntries(
      Object.entries(column).filter(([key]) => !Object.hasOwn(derived, key)),
    ),
  );
  await connection.run(
    `CREATE TABLE ${catalog}.main.${aboutTable} AS SELECT ${layout} AS layout, ${quoteLiteral(JSON.stringify(kept))} AS columns, ` +
      `current_setting('TimeZone') AS time_zone, current_setting('Calendar') AS calendar, ${rowCount}::BIGINT AS row_count`,
  );
  const [found] = await connection.rows(
    `SELECT count(*)::VARCHAR FROM ${catalog}.main.${rowsTable}`,
  );
  if (Number(found?.[0]) !== rowCount) {
    throw viaductError(
      "incomplete",
      `${found?.[0] ?? 0} of ${rowCount} rows were saved: the file was not kept.`,
    );
  }
}

/** Opens what was saved: its rows are read into the store, and the file is free again. */
export async function openSaved(
  store: ResultStore,
  { file }: ResultRequests["openSaved"]["params"],
): Promise<ResultRequests["openSaved"]["result"]> {
  if (!existsSync(file)) {
    throw viaductError(
      "resultGone",
      `The saved result "${basename(file)}" is not there any more.`,
    );
  }
  const taskId = `open-saved-${randomBytes(8).toString("hex")}`;
  return store.tasks.run(taskId, ({ connection }) =>
    attached(connection, quoteLiteral(file), ", READ_ONLY", async (catalog) =>
      readResult(
        store,
        connection,
        catalog,
        await readAbout(connection, catalog),
      ),
    ).catch((error: unknown) => {
      throw unreadable(error, file);
    }),
  );
}

async function readAbout(
  connection: Connection,
  catalog: string,
): Promise<About> {
  const [row] = await connection.rows(
    `SELECT columns, time_zone, calendar, row_count::VARCHAR FROM ${catalog}.main.${aboutTable} WHERE layout = ${layout}`,
  );
  if (row === undefined) {
    throw new Error("a newer Viaduct has written it");
  }
  const [columns, timeZone, calendar, rowCount] = row;
  return {
    columns: JSON.parse(columns ?? "[]") as KeptColumn[],
    timeZone: timeZone ?? "",
    calendar: calendar ?? "",
    rowCount: Number(rowCount),
  };
}

async function readResult(
  store: ResultStore,
  connection: Connection,
  catalog: string,
  { columns, timeZone, calendar, rowCount }: About,
): Promise<ResultRequests["openSaved"]["result"]> {
  const values = columns.map((_, index) => `c${index}`).join(", ");
  const prepared = await connection.prepare(
    `SELECT ${values} FROM ${catalog}.main.${rowsTable} ORDER BY rowid`,
  );
  try {
    const writer = await store.create(columns, { timeZone, calendar });
    const stream = await prepared.stream();
    for await (const chunk of stream.chunks()) {
      writer.append(chunk);
      await store.giveWay();
    }
    writer.close();
    if (!stream.isWhole || writer.rowCount !== rowCount) {
      await store.release([writer.id]);
      throw new Error(
        `it has ${rowCount} rows, and ${writer.rowCount} of them could be read`,
      );
    }
    return { resultId: writer.id, rowCount };
  } finally {
    prepared.destroy();
  }
}

/** Runs work with a file attached; it is closed afterwards in every case. */
async function attached<T>(
  connection: Connection,
  file: string,
  mode: "" | ", READ_ONLY",
  work: (catalog: string) => Promise<T>,
): Promise<T> {
  const catalog = `saved_${randomBytes(4).toString("hex")}`;
  await connection.run(`ATTACH ${file} AS ${catalog} (TYPE duckdb${mode})`);
  try {
    return await work(catalog);
  } finally {
    await connection.run(`DETACH ${catalog}`);
  }
}

function unreadable(error: unknown, file: string): ViaductError {
  if (error instanceof ViaductError) {
    return error;
  }
  const message = error instanceof Error ? error.message : String(error);
  const { class: errorClass, message: reason } = classifyDuckdbError(message);
  return viaductError(
    errorClass === "databaseLocked" ? errorClass : "databaseInvalid",
    `The saved result "${basename(file)}" cannot be read: ${reason.split("\n", 1)[0] ?? ""}`,
    { hint: "Run the statement again.", actions: [] },
  );
}
