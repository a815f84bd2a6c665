import {
  addDecimals,
  compareDecimals,
  decimalText,
  exactDecimal,
  meanOf,
  type ExactDecimal,
} from "./exactDecimal";
import type { Cell } from "./result";

/** What one column of a selection comes to. */
export interface ColumnSum {
  /** Sum of its finite numbers; of binary fractions of all of them. */
  readonly sum: string;
  readonly isExact: boolean;
  readonly numbers: number;
  readonly min: Cell;
  readonly max: Cell;
  /** NaN or an infinity that belongs to an exact sum, as PostgreSQL's numeric has them; empty for none. */
  readonly special: string;
}

/** What several columns come to together; `doubles` are to be added as DuckDB adds them. */
export interface SelectionSum {
  /** The exact part, or null when there is none. */
  readonly exact: ExactDecimal | null;
  /** Parts that are binary fractions, NaN or infinite. */
  readonly doubles: readonly string[];
  readonly numbers: number;
  readonly min: Cell;
  readonly max: Cell;
}

/** Adds columns; those without numbers count for nothing. */
export function addColumns(columns: readonly ColumnSum[]): SelectionSum {
  const counted = columns.filter(({ numbers }) => numbers > 0);
  const exact = counted.flatMap(({ sum, isExact }) => {
    const decimal = isExact ? exactDecimal(sum) : undefined;
    return decimal === undefined ? [] : [decimal];
  });
  return {
    exact: exact.length === 0 ? null : exact.reduce(addDecimals),
    doubles: counted.flatMap(({ sum, isExact, special }) => [
      ...(isExact ? [] : [sum]),
      ...(special === "" ? [] : [special]),
    ]),
    numbers: counted.reduce((count, { numbers }) => count + numbers, 0),
    min: endOf(
      counted.map(({ min }) => min),
      -1,
    ),
    max: endOf(
      counted.map(({ max }) => max),
      1,
    ),
  };
}

/** An exact sum and mean as text. */
export function exactSumAndMean(
  sum: ExactDecimal,
  numbers: number,
): { readonly sum: string; readonly mean: string } {
  return { sum: decimalText(sum), mean: decimalText(meanOf(sum, numbers)) };
}

function endOf(texts: readonly Cell[], direction: 1 | -1): Cell {
  return texts.reduce((best, text) => {
    if (best === null || text === null) {
      return best ?? text;
    }
    return compareNumbers(text, best) * direction > 0 ? text : best;
  }, null);
}

/** Numbers as both engines order them: -Infinity, numbers, Infinity, NaN. */
function compareNumbers(a: string, b: string): number {
  const [left, right] = [exactDecimal(a), exactDecimal(b)];
  return left !== undefined && right !== undefined
    ? compareDecimals(left, right)
    : rankOf(a) - rankOf(b);
}

function rankOf(text: string): number {
  if (/^nan$/i.test(text)) {
    return 2;
  }
  if (/^[+-]?inf/i.test(text)) {
    return text.startsWith("-") ? -1 : 1;
  }
  return 0;
}
