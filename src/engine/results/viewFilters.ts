import { classifyDuckdbError } from "../../core/errors/classifyDuckdb";
import { viaductError } from "../../core/errors/makeError";
import type { KeptColumn } from "../../core/results/columnSql";
import { compareSql, noValue, valueWord } from "../../core/results/compareSql";
import { isWholeText, textLiteral } from "../../core/results/textLiteral";
import type { ResultFilter } from "../../core/results/view";
import { columnAt, valuesCondition } from "../../core/results/viewSql";
import type { Connection } from "../duckdb";

type Compare = Extract<ResultFilter, { kind: "compare" }>;

/** The conditions of filters over the columns `c0`, …; those that the user writes in SQL are not among them. */
export async function conditionsOf(
  connection: Connection,
  columns: readonly KeptColumn[],
  filters: readonly ResultFilter[],
): Promise<string[]> {
  const conditions = [];
  for (const filter of filters) {
    switch (filter.kind) {
      case "values":
        conditions.push(valuesCondition(columns, filter));
        break;
      case "null":
        columnAt(columns, filter.column);
        conditions.push(
          `c${filter.column} IS ${filter.isNull ? "" : "NOT "}NULL`,
        );
        break;
      case "compare":
        conditions.push(await compareCondition(connection, columns, filter));
        break;
      case "expression":
        break;
    }
  }
  return conditions;
}

async function compareCondition(
  connection: Connection,
  columns: readonly KeptColumn[],
  filter: Compare,
): Promise<string> {
  const { comparison, value } = filter;
  if (!isWholeText(value)) {
    throw viaductError(
      "conversion",
      "The value has half of a character: no cell can be compared with it.",
    );
  }
  const column = columnAt(columns, filter.column);
  if (comparison === "matches") {
    await checkPattern(connection, value);
  }
  const { condition, fits } = compareSql(filter.column, column, filter);
  if (fits !== null) {
    const [row] = await connection
      .rows(`SELECT (${fits})::VARCHAR`)
      .catch(() => []);
    if (row?.[0] !== "true") {
      throw noValue(value, valueWord(column));
    }
  }
  return `(${condition})`;
}

async function checkPattern(
  connection: Connection,
  pattern: string,
): Promise<void> {
  try {
    await connection.rows(
      `SELECT regexp_matches('', ${textLiteral(pattern)})::VARCHAR`,
    );
  } catch (error) {
    const { message } = classifyDuckdbError(
      error instanceof Error ? error.message : String(error),
    );
    throw viaductError(
      "syntax",
      `'${pattern}' is no regular expression: ${message}`,
      { hint: "Regular expressions are those of RE2." },
    );
  }
}
