import { viaductError } from "../../core/errors/makeError";
import { cellSql, lengthSql } from "../../core/results/cellSql";
import { columnSql } from "../../core/results/columnSql";
import type { Cell } from "../../core/results/result";
import type { CellPart, CellRef, ResultRequests } from "../../protocol/results";
import { columnAt } from "./area";
import type { Reading, ResultPages } from "./resultPages";

/** Reads single cells that are too long for a page. */
export class ResultCells {
  constructor(private readonly pages: ResultPages) {}

  /** A part of a cell's text; a surrogate pair is in the part in which it begins. */
  text({
    offset,
    limit,
    timeZone = null,
    ...cell
  }: ResultRequests["cellText"]["params"]): Promise<CellPart> {
    const { from, count } = range(offset, limit);
    return this.at(cell, timeZone, async (reading) => {
      const column = columnAt(reading.rows, cell.column);
      const text = cellSql(cell.column, column, reading.inZone);
      // Without pairs, a place in the text is the same in DuckDB as here.
      const [characters, length] = await one(reading, cell.row, [
        `length(${text})::VARCHAR`,
        `${lengthSql(text)}::VARCHAR`,
      ]);
      if (length === null || length === undefined) {
        return { text: null, length: 0 };
      }
      if (characters === length) {
        const [part = null] = await one(reading, cell.row, [
          `substring(${text}, ${from + 1}, ${count})`,
        ]);
        return { text: part, length: Number(length) };
      }
      const [whole] = await one(reading, cell.row, [text]);
      return {
        text: wholePairs(whole ?? "", from, from + count),
        length: Number(length),
      };
    });
  }

  /** A part of the bytes of a BLOB or a bytea, in base64. */
  bytes({
    offset,
    limit,
    ...cell
  }: ResultRequests["cellBytes"]["params"]): Promise<CellPart> {
    const { from, count } = range(offset, limit);
    return this.at(cell, null, async (reading) => {
      const column = columnAt(reading.rows, cell.column);
      const { kind, value } = columnSql(cell.column, column);
      if (kind !== "blob") {
        throw viaductError(
          "conversion",
          `The column "${column.name}" has the type ${column.type}: its values are no bytes.`,
        );
      }
      if (column.storage !== "VARCHAR") {
        return part(
          await one(reading, cell.row, [
            `octet_length(${value})::VARCHAR`,
            `hex(array_slice(${value}, ${from + 1}, ${from + count}))`,
          ]),
        );
      }
      const [isHex] = await one(reading, cell.row, [
        `starts_with(${value}, '\\x')::VARCHAR`,
      ]);
      if (isHex === "false") {
        const [escaped] = await one(reading, cell.row, [value]);
        return unescaped(escaped ?? "", from, count);
      }
      return part(
        await one(reading, cell.row, [
          `((strlen(${value}) - 2) // 2)::VARCHAR`,
          `substring(${value}, ${3 + 2 * from}, ${2 * count})`,
        ]),
      );
    });
  }

  private at<T>(
    { resultId, viewId, row }: CellRef,
    timeZone: string | null,
    read: (reading: Reading) => Promise<T>,
  ): Promise<T> {
    return this.pages.read({ resultId, viewId }, row + 1, timeZone, read);
  }
}

/** Most characters or bytes of one part. */
const largestPart = 16_000_000;

function range(
  offset: number,
  limit: number,
): { readonly from: number; readonly count: number } {
  const from = Math.max(0, Math.trunc(offset));
  return { from, count: Math.min(largestPart, Math.max(0, Math.trunc(limit))) };
}

async function one(
  { connection, rows }: Reading,
  row: number,
  cells: readonly string[],
): Promise<readonly Cell[]> {
  const [found] = await connection.rows(
    `SELECT ${cells.join(", ")} FROM ${rows.from} WHERE pos = ${Math.trunc(row)}`,
  );
  if (found === undefined) {
    throw viaductError("unknown", `The result has no row ${row + 1}.`);
  }
  return found;
}

function part([length, hex]: readonly Cell[]): CellPart {
  return length === null || length === undefined
    ? { text: null, length: 0 }
    : {
        text: Buffer.from(hex ?? "", "hex").toString("base64"),
        length: Number(length),
      };
}

/** PostgreSQL's older form of bytes (`bytea_output = 'escape'`). */
function unescaped(text: string, from: number, count: number): CellPart {
  const bytes = [...text.matchAll(/\\(\d{3})|\\\\|[^]/g)].map(
    ([character, octal]) =>
      octal === undefined ? character.charCodeAt(0) : parseInt(octal, 8),
  );
  const wanted = Buffer.from(bytes.slice(from, from + count));
  return { text: wanted.toString("base64"), length: bytes.length };
}

function wholePairs(text: string, from: number, to: number): string {
  return text.slice(pairStart(text, from), pairStart(text, to));
}

/** The place itself, or behind the pair that it is in the middle of. */
function pairStart(text: string, place: number): number {
  const isInside = (text.codePointAt(place - 1) ?? 0) > 0xffff && place > 0;
  return isInside ? place + 1 : place;
}
