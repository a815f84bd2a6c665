import { stat } from "node:fs/promises";
import { viaductError } from "../../../core/errors/makeError";
import { uniqueNames } from "../../../core/results/uniqueNames";
import type {
  ExportFormat,
  ExportOutcome,
  ResultRequests,
} from "../../../protocol/results";
import { areaOf } from "../area";
import { Parts } from "../parts";
import type { ResultStore } from "../resultStore";
import { writablePlace, writeWhole, type WritablePlace } from "./atomicFile";
import { fileProblem } from "./fileProblem";
import type { Exporting, FileFormat } from "./fileFormat";
import { parquetFormat } from "./parquetFormat";
import { inOrder } from "./rowBatches";
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
    const format = formats[params.format];
    const isView = params.viewId !== null;
    const parts = new Parts(
      {
        order: isView ? 1 : 0,
        examine: format.examining,
        write: 3,
        count: 1,
      },
      area.toRow - area.fromRow,
    );
    const place = await writablePlace(params.file);
    try {
      const ordered = await inOrder(parts.of(task, "order"), area, isView);
      const given = area.columns.map(({ name }) => name);
      const { names, note } = format.needsUniqueNames
        ? uniqueNames(given)
        : { names: given, note: null };
      const { columns } = area;
      const { options } = params;
      const outcome = await write(format, place, (part) => ({
        task: parts.of(task, part),
        ordered,
        columns,
        names,
        options,
      }));
      return note === null
        ? outcome
        : { ...outcome, notes: [note, ...outcome.notes] };
    } catch (error) {
      task.check();
      throw fileProblem(error, params.file);
    }
  });
}

async function write(
  format: FileFormat,
  place: WritablePlace,
  during: (part: "examine" | "write" | "count") => Exporting,
): Promise<ExportOutcome> {
  const { notes, write: writeFile } = await format.examine(during("examine"));
  const { ordered, task } = during("write");
  const rows = ordered.range.to - ordered.range.from;
  const [bytes, later] = await writeWhole(place, async (temporary) => {
    const told = await writeFile(during("write"), temporary);
    task.check();
    const found = await format.count(during("count"), temporary);
    if (found !== rows) {
      throw viaductError(
        "incomplete",
        `The file came to ${found} rows, and ${rows} were exported: it was not kept.`,
      );
    }
    task.check();
    return [(await stat(temporary)).size, told] as const;
  });
  return { rows, bytes, verified: true, notes: [...notes, ...later] };
}
