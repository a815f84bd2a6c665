import type { Cell } from "../../core/results/result";
import type { CellRef } from "../../protocol/results";
import type { ResultApi } from "../resultCalls";

/** Characters, or bytes, that are asked for at a time. */
const stepSize = 256_000;
/** Most of a value that the page holds: more is for an export. */
const largestShown = 8_000_000;

/** A value as far as the page holds it. */
export interface HeldValue<T> {
  readonly value: T;
  /** Length of the whole: characters of a text, bytes of a BLOB. */
  readonly length: number;
  readonly isWhole: boolean;
}

/** Where a cell is, and the zone that its times are shown in. */
export interface CellPlace extends CellRef {
  readonly timeZone: string | null;
}

/** Reads one cell in steps, up to what a page can hold. `isWanted` is asked between two of them. */
export async function readText(
  api: ResultApi,
  place: CellPlace,
  isWanted: () => boolean,
): Promise<HeldValue<Cell>> {
  const parts: string[] = [];
  for (let at = 0; ;) {
    const part = await api.call("cellText", {
      ...place,
      offset: at,
      limit: stepSize,
    });
    if (part.text === null) return { value: null, length: 0, isWhole: true };
    parts.push(part.text);
    at += part.text.length;
    const isEnd = at >= part.length || part.text === "";
    if (isEnd || at >= largestShown || !isWanted()) {
      return { value: parts.join(""), length: part.length, isWhole: isEnd };
    }
  }
}

/** The same for the bytes of a BLOB; null for SQL NULL. */
export async function readBytes(
  api: ResultApi,
  { resultId, viewId, row, column }: CellPlace,
  isWanted: () => boolean,
): Promise<HeldValue<Uint8Array<ArrayBuffer> | null>> {
  const parts: Uint8Array[] = [];
  for (let at = 0; ;) {
    const part = await api.call("cellBytes", {
      resultId,
      viewId,
      row,
      column,
      offset: at,
      limit: stepSize,
    });
    if (part.text === null) return { value: null, length: 0, isWhole: true };
    const bytes = Uint8Array.from(atob(part.text), (char) =>
      char.charCodeAt(0),
    );
    parts.push(bytes);
    at += bytes.length;
    const isEnd = at >= part.length || bytes.length === 0;
    if (isEnd || at >= largestShown || !isWanted()) {
      return { value: joined(parts, at), length: part.length, isWhole: isEnd };
    }
  }
}

function joined(
  parts: readonly Uint8Array[],
  length: number,
): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
