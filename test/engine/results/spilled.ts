/** Results that are larger than the memory of their store. */
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { Duckdb } from "../../../src/engine/duckdb";
import type { ResultStore } from "../../../src/engine/results/resultStore";

/** Of a store that has to spill what `keepMuch` keeps. */
export const memory = "20MB";

/** Rows of `keepMuch`, about 400 bytes each. */
export const muchRows = 100_000;

/** A row of it. */
export function muchRow(place: number): string[] {
  return [String(place), `${place}`.padStart(400, "0")];
}

/** Keeps more rows than the memory holds; answers the result's id. */
export async function keepMuch(store: ResultStore): Promise<string> {
  const source = await Duckdb.open({});
  const connection = await source.connect();
  const prepared = await connection.prepare(
    `SELECT range AS i, lpad(range::VARCHAR, 400, '0') AS t FROM range(${muchRows})`,
  );
  const utc = { timeZone: "UTC", calendar: "gregorian" };
  const writer = await store.create(prepared.columns, utc);
  const stream = await prepared.stream();
  for await (const chunk of stream.chunks()) {
    writer.append(chunk);
  }
  writer.close();
  prepared.destroy();
  await connection.close();
  source.close();
  return writer.id;
}

/** Bytes of the files in a folder; 0 when it is not there. */
export async function bytesIn(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => []);
  const sizes = names.map(
    async (name) => (await stat(path.join(folder, name))).size,
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
