import { copiedColumn } from "../../../src/core/results/copy/copiedColumn";
import { copyFormat } from "../../../src/core/results/copy/copyFormat";
import { CopyText } from "../../../src/core/results/copy/copyText";
import type { CopyFormatName } from "../../../src/core/results/copy/rowFormat";
import type { Cell } from "../../../src/core/results/result";

/** A column by its name, its type, and the type in which it is kept. */
export type Column = readonly [name: string, type: string, storage?: string];

/** Rows in a format for copying. */
export function written(
  format: CopyFormatName,
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  { headers = true, table = "t", limit = 1_000_000 } = {},
): { readonly text: string; readonly rows: number } {
  const copied = columns.map(([name, type, storage = type]) =>
    copiedColumn({ name, type, storage }),
  );
  const text = new CopyText(
    copyFormat(format, copied, { headers, table }),
    limit,
  );
  for (const row of rows) {
    text.add([row]);
  }
  return text.finish();
}
