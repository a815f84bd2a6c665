import type { Chunk } from "../duckdbStatement";

/** Bytes of a value, roughly, beside those of its text. */
const least = 8;

interface Readable {
  toString(): string;
}

/** Roughly the bytes of a chunk, by a few of its long values: to count all of them would cost more than to keep them. */
export function chunkSize(
  chunk: Chunk,
  /** Columns whose values may be long, by their places. */
  longColumns: readonly number[],
): number {
  const { rowCount, columnCount } = chunk;
  if (rowCount === 0) {
    return 0;
  }
  const samples = [0, rowCount >> 1, rowCount - 1];
  let sampled = 0;
  for (const column of longColumns) {
    const vector = chunk.getColumnVector(column);
    for (const row of samples) {
      sampled += textSize(vector.getItem(row));
    }
  }
  return rowCount * (columnCount * least + sampled / samples.length);
}

function textSize(value: unknown): number {
  switch (typeof value) {
    case "string":
      return value.length;
    case "object":
      // Lists, structs, blobs, …: each has a text of its own.
      return value === null ? 0 : (value as Readable).toString().length;
    default:
      return 0;
  }
}
