import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { inflateRawSync } from "node:zlib";
import type {
  ExportFormat,
  ExportOptions,
  ExportOutcome,
} from "../../../src/protocol/results";
import type { TestEngine } from "../../support/engineHarness";

/** What an export is asked for beside its rows. */
export interface ExportWish {
  readonly format: ExportFormat;
  readonly options?: Partial<ExportOptions>;
  readonly file?: string;
  readonly viewId?: string;
  readonly fromRow?: number;
  readonly toRow?: number;
  readonly columns?: readonly number[];
  readonly taskId?: string;
  /** Runs natively on this alias. */
  readonly on?: string;
}

const counter = { exports: 0 };

/** Runs a statement and exports what it returns. */
export async function exportRows(
  engine: TestEngine,
  sql: string,
  wish: ExportWish,
): Promise<ExportOutcome & { readonly file: string }> {
  const { resultId, columns, rowCount } = await engine.succeed(sql, wish.on);
  assert.ok(resultId, `${sql}: no rows`);
  return exportResult(engine, { resultId, columns, rowCount }, wish);
}

/** Exports a result. */
export async function exportResult(
  engine: TestEngine,
  result: {
    readonly resultId: string;
    readonly columns: readonly unknown[];
    readonly rowCount: number;
  },
  wish: ExportWish,
): Promise<ExportOutcome & { readonly file: string }> {
  counter.exports += 1;
  const file =
    wish.file ??
    path.join(engine.folder, `export-${counter.exports}.${wish.format}`);
  const outcome = await engine.handlers.exportResult({
    taskId: wish.taskId ?? `export-${counter.exports}`,
    resultId: result.resultId,
    viewId: wish.viewId ?? null,
    fromRow: wish.fromRow ?? 0,
    toRow: wish.toRow ?? result.rowCount,
    columns: wish.columns ?? result.columns.map((_, index) => index),
    format: wish.format,
    file,
    options: {
      headers: true,
      guardFormulas: true,
      table: "exported",
      ...wish.options,
    },
  });
  return { ...outcome, file };
}

/** The text of a file. */
export function textOf(file: string): Promise<string> {
  return readFile(file, "utf8");
}

/** The first part of a zip archive: a workbook's sheet. */
export async function sheetOf(file: string): Promise<string> {
  const archive = await readFile(file);
  const start = 30 + archive.readUInt16LE(26) + archive.readUInt16LE(28);
  return inflateRawSync(archive.subarray(start)).toString("utf8");
}

/** The cells of each row of a sheet, as XML. */
export function cellsOf(sheet: string): string[][] {
  return [...sheet.matchAll(/<row>(.*?)<\/row>/gs)].map(([, row]) =>
    [...(row ?? "").matchAll(/<c\/>|<c\b.*?<\/c>/gs)].map(([cell]) => cell),
  );
}

/** Every format that rows are exported to. */
export const exportFormats = [
  "csv",
  "tsv",
  "json",
  "ndjson",
  "parquet",
  "xlsx",
  "markdown",
  "sql",
] as const satisfies readonly ExportFormat[];

/** What an export leaves beside its file when it leaves anything. */
export async function leftovers(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.startsWith(".viaduct-"));
}
