import type { ExportColumn } from "./exportColumn";
import { canBeFormula, guardedSql, isFormulaSql } from "./formulaGuard";
import { typedSql } from "./typedSql";

/** Rows and columns that a worksheet has, and the UTF-16 units of a cell's text. */
export const sheetLimits = {
  rows: 1_048_576,
  columns: 16_384,
  text: 32_767,
} as const;

/** Digits of a number that Excel keeps. */
const exactDigits = 15;

/** Places in the list of formats of the workbook's styles. */
const sheetStyles = {
  date: 1,
  second: 2,
  millisecond: 3,
  time: 4,
} as const;

/** What is to be known of a column before its cells are written. */
export interface SheetColumn {
  /** The cell as XML; never NULL. */
  readonly cell: string;
  /** True for a number that Excel would round, so that it is written as text. */
  readonly roundedSql: string | null;
  /** True for a time that Excel has not, so that it is written as text. */
  readonly untimedSql: string | null;
  /** True for a text that is guarded. */
  readonly guardedSql: string | null;
  /** A text that may be longer than a cell can have. */
  readonly longSql: string | null;
}

/** A column as the cells of a worksheet. */
export function sheetColumn(
  column: ExportColumn,
  guardFormulas: boolean,
): SheetColumn {
  const typed = typedSql(column);
  const exact = exactCell(typed?.type ?? "", typed?.sql ?? "", column);
  const isGuarded = guardFormulas && canBeFormula(column);
  const text = isGuarded ? guardedSql(column.text) : column.text;
  const textCell = `'<c t="inlineStr"><is><t xml:space="preserve">' || ${xmlSql(text)} || '</t></is></c>'`;
  const cell =
    exact === null
      ? textCell
      : `CASE WHEN ${exact.is} THEN ${exact.cell} ELSE ${textCell} END`;
  const isMissed =
    exact === null
      ? null
      : `${column.value} IS NOT NULL AND (${exact.is}) IS NOT TRUE`;
  return {
    cell: `coalesce(${cell}, '<c/>')`,
    roundedSql: column.kind === "number" ? isMissed : null,
    untimedSql: exact?.isTime === true ? isMissed : null,
    guardedSql: isGuarded ? isFormulaSql(column.text) : null,
    longSql: isShort(column) ? null : text,
  };
}

interface ExactCell {
  readonly is: string;
  readonly cell: string;
  readonly isTime: boolean;
}

/** Cells of what Excel has a type for; null for texts. */
function exactCell(
  type: string,
  value: string,
  { text, kind }: ExportColumn,
): ExactCell | null {
  if (type === "BOOLEAN") {
    return {
      is: `${value} IS NOT NULL`,
      cell: `CASE WHEN ${value} THEN '<c t="b"><v>1</v></c>' ELSE '<c t="b"><v>0</v></c>' END`,
      isTime: false,
    };
  }
  if (type === "FLOAT" || type === "DOUBLE") {
    return number(`isfinite(${value})`, text);
  }
  if (
    /^(?:U?(?:TINY|SMALL|BIG|HUGE)INT|U?INTEGER|DECIMAL\b.*|BIGNUM)$/.test(type)
  ) {
    return number(
      `length(ltrim(replace(ltrim(${text}, '-'), '.', ''), '0')) <= ${exactDigits}`,
      text,
    );
  }
  if (kind === "number") {
    // PostgreSQL's numeric without limits.
    return number(
      `regexp_full_match(${text}, '-?[0-9]+(\\.[0-9]+)?') AND length(ltrim(replace(ltrim(${text}, '-'), '.', ''), '0')) <= ${exactDigits}`,
      text,
    );
  }
  return timeCell(type, value);
}

function number(is: string, text: string): ExactCell {
  return { is, cell: `'<c><v>' || ${text} || '</v></c>'`, isTime: false };
}

/** Excel counts days from 1900, and believes in a 29 February of that year: earlier days are texts. */
const [firstDay, lastDay] = ["1900-03-01", "9999-12-31"];
const dayMs = 86_400_000;
/** 1899-12-30 in milliseconds of the Unix epoch. */
const epochMs = 2_209_161_600_000;

function timeCell(type: string, value: string): ExactCell | null {
  switch (type) {
    case "DATE":
      return {
        is: `${value} BETWEEN DATE '${firstDay}' AND DATE '${lastDay}'`,
        cell: `'<c s="${sheetStyles.date}"><v>' || (${value} - DATE '1899-12-30') || '</v></c>'`,
        isTime: true,
      };
    case "TIMESTAMP":
    case "TIMESTAMP_S":
    case "TIMESTAMP_MS": {
      const ms = `epoch_ms(${value}::TIMESTAMP)`;
      return {
        // Microseconds have no place in a day's fraction of fifteen digits.
        is: `CASE WHEN ${value} BETWEEN TIMESTAMP '${firstDay}' AND TIMESTAMP '${lastDay} 23:59:59.999' THEN epoch_us(${value}::TIMESTAMP) % 1000 = 0 ELSE false END`,
        cell: `'<c s="' || CASE WHEN ${ms} % 1000 = 0 THEN '${sheetStyles.second}' ELSE '${sheetStyles.millisecond}' END || '"><v>' || ((${ms} + ${epochMs}) / ${dayMs}.0::DOUBLE)::VARCHAR || '</v></c>'`,
        isTime: true,
      };
    }
    case "TIME":
      return {
        is: `${value} < TIME '24:00:00' AND epoch_us(${value}) % 1000 = 0`,
        cell: `'<c s="${sheetStyles.time}"><v>' || (epoch_ms(${value}) / ${dayMs}.0::DOUBLE)::VARCHAR || '</v></c>'`,
        isTime: true,
      };
    default:
      return null;
  }
}

/** Texts that are never long. */
function isShort({ kind, storage }: ExportColumn): boolean {
  return (
    storage !== "VARCHAR" &&
    (kind === "number" ||
      kind === "boolean" ||
      kind === "date" ||
      kind === "time" ||
      kind === "timestamp" ||
      kind === "interval")
  );
}

/** What XML has no place for, as Excel writes it: `_x000B_`; a text that looks like that is written so, too. */
const controls = Array.from({ length: 32 }, (_, code) => code).filter(
  (code) => code !== 9 && code !== 10,
);

function xmlSql(text: string): string {
  const escaped = `replace(replace(replace(${text}, '&', '&amp;'), '<', '&lt;'), '>', '&gt;')`;
  const marked = `regexp_replace(${escaped}, '_(x[0-9A-Fa-f]{4}_)', '_x005F_\\1', 'g')`;
  return `CASE WHEN regexp_matches(${text}, '[&<>_]') THEN ${marked} ELSE ${text} END`;
}

/** Cells one after the other, with what XML has no place for: looked for once, and not in each of them. */
export function sheetCells(cells: readonly string[]): string {
  const without = [
    ...controls.map((code) => [code, code.toString(16).padStart(4, "0")]),
    [0xfffe, "FFFE"],
    [0xffff, "FFFF"],
  ].reduce(
    (sql, [code, hex]) =>
      `replace(${sql}, chr(${code}), '_x${String(hex).toUpperCase()}_')`,
    "line",
  );
  return `list_transform([concat(${cells.join(", ")})], lambda line: CASE WHEN regexp_matches(line, '[\\x00-\\x08\\x0B-\\x1F\\x{FFFE}\\x{FFFF}]') THEN ${without} ELSE line END)[1]`;
}

/** A name as the text of a cell. */
export function xmlText(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/_(x[0-9A-Fa-f]{4}_)/g, "_x005F_$1")
    .replace(
      // eslint-disable-next-line no-control-regex -- what XML has no place for
      /[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/g,
      (found) =>
        `_x${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}_`,
    );
}
