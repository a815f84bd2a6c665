import { errorInfo } from "../../core/errors/makeError";
import { ViaductError } from "../../core/errors/viaductError";
import { chunkCapacity, textChunk } from "../duckdb";
import type { ResultStore } from "../results/resultStore";
import type { NewColumn } from "../results/resultTables";
import type { ResultWriter } from "../results/resultWriter";
import type { ActiveRun } from "../runs/activeRun";
import type { StatementRecorder } from "../runs/statementRecorder";
import type { Batch, Field, Portal } from "./portal";
import type { TypeWords } from "./typeNames";

/** Rows of the first batch, so that it comes soon and fits whatever the cells are; then as many as fit. */
const firstBatch = 64;
const largestBatch = 4 * chunkCapacity;
/** Characters that a batch may come to: all of it is in memory at once. */
const batchSize = 16_000_000;
/** Cells that DuckDB is given at once: each costs about a microsecond, in which nobody is answered. */
const mostCells = 20_480;

/** How a statement ended that ended well. */
export interface Done {
  readonly commandTag: string;
  readonly rowCount: number;
}

/** What reading a portal needs. */
export interface PortalReading {
  readonly portal: Portal;
  readonly store: ResultStore;
  readonly recorder: StatementRecorder;
  readonly run: ActiveRun;
  /** What the server says about the fields' types. */
  readonly typeNames: (
    fields: readonly Field[],
  ) => Promise<readonly TypeWords[]>;
}

/** Types whose texts depend on the session's zone, arrays and ranges of them, too. */
const zoned = /^(?:timestamp(?:\(\d\))? with time zone|tstz(?:multi)?range)/;

/** Reads a statement to its end into the result store. */
export async function readPortal(reading: PortalReading): Promise<Done> {
  const { portal, store, recorder, typeNames } = reading;
  const fields = await portal.columns();
  const first = portal.read(firstBatch);
  // It may fail while the names are asked for; it is awaited after that.
  first.catch(() => undefined);
  if (fields.length === 0) {
    return withoutColumns(reading, await first);
  }
  // The names are asked for while the server makes the first rows.
  const names = await typeNames(fields);
  let batch = await first;
  const columns = columnsOf(fields, names);
  const zone = columns.some(({ type }) => zoned.test(type))
    ? portal.timeZone
    : null;
  const writer = await store.create(columns, {
    timeZone: "UTC",
    calendar: "gregorian",
  });
  for (;;) {
    await keep(batch.rows, fields.length, { writer, store });
    if (recorder.rows === undefined) {
      recorder.opened(writer, columns, zone);
    } else {
      recorder.progress(null);
    }
    if (batch.isLast) {
      break;
    }
    batch = await readMore(reading, batch);
  }
  return done(portal.commandTag, writer.rowCount);
}

/** Keeps rows, some at a time: others have their turn between. */
async function keep(
  rows: Batch["rows"],
  columnCount: number,
  {
    writer,
    store,
  }: { readonly writer: ResultWriter; readonly store: ResultStore },
): Promise<void> {
  const fitting = Math.floor(mostCells / columnCount);
  const count = Math.max(1, Math.min(chunkCapacity, fitting));
  for (let at = 0; at < rows.length; at += count) {
    writer.append(textChunk(rows.slice(at, at + count), columnCount));
    await store.giveWay();
  }
}

/** `SELECT FROM t` has rows, and nothing in them; most statements have neither. */
async function withoutColumns(
  reading: PortalReading,
  first: Batch,
): Promise<Done> {
  let batch = first;
  let rowCount = batch.rows.length;
  while (!batch.isLast) {
    batch = await readMore(reading, batch);
    rowCount += batch.rows.length;
  }
  const { commandTag } = reading.portal;
  return rowCount > 0
    ? done(commandTag, rowCount)
    : { commandTag, rowCount: Number(/(\d+)$/.exec(commandTag)?.[1] ?? 0) };
}

async function readMore(
  { portal, run }: PortalReading,
  batch: Batch,
): Promise<Batch> {
  if (run.isCancelled()) {
    throw new ViaductError(
      errorInfo("cancelled", "The statement was cancelled."),
    );
  }
  return portal.read(nextCount(batch));
}

/** As many rows as fit, if they are like the ones before. */
function nextCount({ rows }: Batch): number {
  let size = 0;
  for (const row of rows) {
    for (const cell of row) {
      size += cell?.length ?? 0;
    }
  }
  const fitting = Math.floor((batchSize * rows.length) / Math.max(size, 1));
  return Math.min(largestBatch, Math.max(1, fitting));
}

/** Read in batches, the server's tag counts the last batch only. */
function done(tag: string, rowCount: number): Done {
  const commandTag = tag.startsWith("SELECT ") ? `SELECT ${rowCount}` : tag;
  return { commandTag, rowCount };
}

function columnsOf(
  fields: readonly Field[],
  types: readonly TypeWords[],
): NewColumn[] {
  return fields.map(({ name }, index) => {
    const { name: type = "", labels } = types[index] ?? {};
    const column = { name, type, storage: "VARCHAR" };
    return labels === undefined ? column : { ...column, labels };
  });
}
