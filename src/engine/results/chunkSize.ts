import type { Chunk } from "../duckdb";

interface Readable {
  toString(): string;
}

/** Roughly the bytes of a chunk, by a few of its rows: to count all of them would cost more than to keep them. */
export function chunkSize(chunk: Chunk): number {
  const { rowCount, columnCount } = chunk;
  if (rowCount === 0) {
    return 0;
  }
  const samples = [0, rowCount >> 1, rowCount - 1];
  let sampled = 0;
  for (let column = 0; column < columnCount; column++) {
    const vector = chunk.getColumnVector(column);
    for (const row of samples) {
      sampled += valueSize(vector.getItem(row));
    }
  }
  return (sampled * rowCount) / samples.length;
}

function valueSize(value: unknown): number {
  const least = 8;
  switch (typeof value) {
    case "string":
      return least + value.length;
    case "object":
      // Decimals, times, lists, …: each has a text of its own.
      return value === null
        ? least
        : least + (value as Readable).toString().length;
    default:
      return least;
  }
}
