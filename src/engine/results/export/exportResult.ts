import { stat } from "node:fs/promises";
import { viaductError } from "../../../core/errors/makeError";
import { uniqueNames } from "../../../core/results/uniqueNames";
import type {
  ExportFormat,
  ExportOutcome,
  ResultRequests,
} from "../../../protocol/results";
import { areaOf } from "../area";
import type { ResultStore, RowsTask } from "../resultStore";
import { writeWhole } from "./atomicFile";
import { fileProblem } from "./fileProblem";
import type { Exporting, FileFormat } from "./fileFormat";
import { parquetFormat } from "./parquetFormat";
import { inOrder, type OrderedRows } from "./rowBatches";
import {
  copiedFormat,
  copyFiles,
  delimitedFormat,
  ndjsonFormat,
} from "./textFormats";
import { xlsxFormat } from "./xlsxFormat";

type ExportParams = ResultRequests["exportResult"]["params"];

const formats: Readonly<Record<ExportFormat, FileFormat>> = {
  csv: delimitedFormat(","),
  tsv: delimitedFormat("\t"),
  json: copiedFormat(copyFiles.json),
  ndjson: ndjsonFormat,
  parquet: parquetFormat,
  xlsx: xlsxFormat,
  markdown: copiedFormat(copyFiles.markdown),
  sql: copiedFormat(copyFiles.sql),
};

/** Writes rows to a file: the whole of it or nothing. */
export function exportResult(
  store: ResultStore,
  params: ExportParams,
): Promise<ExportOutcome> {
  return store.over(params.taskId, params, async (task) => {
    const area = areaOf(task.rows, params);
    if (area.columns.length === 0) {
      throw viaductError("unknown", "There is no column to export.");
    }
    try {
      const ordered = await inOrder(task, area, params.viewId !== null);
      return await write(begin(task, ordered, area.columns, params), params);
    } catch (error) {
      task.check();
      throw fileProblem(error, params.file);
    }
  });
}

function begin(
  task: RowsTask,
  ordered: OrderedRows,
  columns: Exporting["columns"],
  { format, options }: ExportParams,
): Exporting {
  const given = columns.map(({ name }) => name);
  const { from, to } = ordered.range;
  return {
    task,
    ordered,
    columns,
    names: formats[format].needsUniqueNames ? uniqueNames(given).names : given,
    options,
    progress: (at) => {
      task.check();
      task.progress(at - from, to - from);
    },
  };
}

async function write(
  exporting: Exporting,
  { format, file }: ExportParams,
): Promise<ExportOutcome> {
  const {
    examine,
    count,
    needsUniqueNames,
    write: writeFile,
  } = formats[format];
  const { from, to } = exporting.ordered.range;
  const renamed = needsUniqueNames
    ? uniqueNames(exporting.columns.map(({ name }) => name)).note
    : null;
  const notes = [
    ...(renamed === null ? [] : [renamed]),
    ...((await examine?.(exporting)) ?? []),
  ];
  const bytes = await writeWhole(file, async (temporary) => {
    notes.push(...(await writeFile(exporting, temporary)));
    exporting.task.check();
    const found = await count(exporting, temporary);
    if (found !== to - from) {
      throw viaductError(
        "incomplete",
        `The file came to ${found} rows, and ${to - from} were exported: it was not kept.`,
      );
    }
    exporting.task.check();
    return (await stat(temporary)).size;
  });
  return { rows: to - from, bytes, verified: true, notes };
}
