/** SQL of the texts that are shown: whole, shortened for a page, or in another time zone. */
import { columnSql, isServerText, type KeptColumn } from "./columnSql";
import { serverTextInZone } from "./nativeSql";

/** Characters (UTF-16 units) of a cell that a page carries. */
export const pageCellLimit = 1_000;

/** DuckDB's types whose texts are always shorter than that. */
const short =
  /^(?:U?(?:TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL\(\d+,\d+\)|BOOLEAN|DATE|TIME\w*|TIMESTAMP\w*|(?:TIME|TIMESTAMP) WITH TIME ZONE|INTERVAL|UUID)$/;

/** True for a column whose cells may be longer than a page carries. */
export function mayBeLong({ storage }: KeptColumn): boolean {
  return !short.test(storage);
}

/** The text of a cell. `inZone`: in the connection's time zone also where the server's texts are kept. */
export function cellSql(
  index: number,
  column: KeptColumn,
  inZone: boolean,
): string {
  const { value, text } = columnSql(index, column);
  if (inZone && isServerText(column)) {
    return serverTextInZone(column.type, value);
  }
  return column.storage === "VARCHAR" ? value : text;
}

/** The start of a text, by one character longer than a page carries where there is more. */
export function startSql(text: string): string {
  return `CASE WHEN strlen(${text}) > ${pageCellLimit} THEN left(${text}, ${pageCellLimit + 1}) ELSE ${text} END`;
}

/** Length of a text in UTF-16 units: characters, and one more for each that takes two of them. */
export function lengthSql(text: string): string {
  return `(CASE WHEN strlen(${text}) = length(${text}) THEN strlen(${text}) ELSE length(${text}) + length(regexp_replace(${text}, '[^\\x{10000}-\\x{10FFFF}]+', '', 'g')) END)`;
}

/** The start of a text as a page carries it: never half of a surrogate pair. */
export function cutText(text: string): string {
  const last = text.charCodeAt(pageCellLimit - 1);
  const isHalf = last >= 0xd800 && last < 0xdc00;
  return text.slice(0, isHalf ? pageCellLimit - 1 : pageCellLimit);
}
