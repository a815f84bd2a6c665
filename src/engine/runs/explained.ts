import {
  classifyDuckdbError,
  databaseWrittenTo,
} from "../../core/errors/classifyDuckdb";
import type { ErrorInfo } from "../../core/errors/errorInfo";
import { ViaductError } from "../../core/errors/viaductError";
import { leadingWords } from "../../core/results/commandTag";
import type { Cell } from "../../core/results/result";
import { lex } from "../../core/sql/lexer";
import { StatementType, type Connection } from "../duckdb";
import type { Parameters } from "./parameters";

/** DuckDB's plan of a statement, as its rows of text. */
export type Plan = readonly (readonly Cell[])[];

/** What DuckDB says of a statement without running it, in a read-only transaction. */
export interface Explained {
  /** Null when it says none. */
  readonly plan: Plan | null;
  /** The database that it would change, where that is why there is no plan. */
  readonly modified: string | null;
  /** The error of a statement with parameters: with their values at hand it is found only now. */
  readonly failure: ViaductError | null;
}

/** Kinds that read what cannot be explained; each of the others shows its plan, or runs nothing that it reads. */
const opaque: ReadonlySet<StatementType> = new Set([
  StatementType.SELECT,
  StatementType.INSERT,
  StatementType.UPDATE,
  StatementType.DELETE,
  StatementType.MERGE_INTO,
  StatementType.COPY,
  StatementType.EXPLAIN,
  StatementType.EXECUTE,
  StatementType.CALL,
]);

const prefix = "EXPLAIN (FORMAT json) ";

/** Asks for the plan of a statement; throws for a value that is none of its type. */
export async function explainStatement(
  connection: Connection,
  sql: string,
  parameters: Parameters,
): Promise<Explained> {
  const explained = explainable(sql);
  try {
    // Prepared, because a text of several statements would be run to its end.
    const plan = await connection.preparedRows(prefix + explained, (prepared) =>
      parameters.bindTo(prepared, connection),
    );
    return { plan, modified: null, failure: null };
  } catch (error) {
    if (error instanceof ViaductError) {
      throw error;
    }
    const message = error instanceof Error ? error.message : String(error);
    const shift = sql.length - explained.length - prefix.length;
    const failure = parameters.isEmpty
      ? null
      : moved(classifyDuckdbError(message, prefix + explained), shift);
    return { plan: null, modified: databaseWrittenTo(message), failure };
  }
}

function moved({ position, ...error }: ErrorInfo, by: number): ViaductError {
  return new ViaductError(
    position === undefined || position + by < 0
      ? error
      : { ...error, position: position + by },
  );
}

/** What is not explained and still cannot call a function on a server, or fails by itself. */
export function isHarmless(
  sql: string,
  kind: StatementType,
  parameters: Parameters,
): boolean {
  const [verb, name = ""] = leadingWords(sql, 2);
  if (verb === "PRAGMA") {
    return !/EXECUTE|IMPORT/.test(name);
  }
  const lacksValues =
    parameters.isEmpty && lex(sql).some(({ kind: k }) => k === "parameter");
  return !opaque.has(kind) || lacksValues;
}

/** The part of a statement that EXPLAIN takes: of EXPLAIN ANALYZE, PREPARE … AS and CALL what is behind these words. */
function explainable(sql: string): string {
  const tokens = lex(sql).filter(({ kind }) => kind !== "comment");
  const word = (index: number): string => {
    const token = tokens[index];
    return token === undefined
      ? ""
      : sql.slice(token.start, token.end).toUpperCase();
  };
  const from = (index: number): string => sql.slice(tokens[index]?.start ?? 0);
  switch (word(0)) {
    case "CALL":
      return `FROM ${from(1)}`;
    case "PREPARE": {
      const as = tokens.findIndex((_, index) => word(index) === "AS");
      return as < 0 ? sql : from(as + 1);
    }
    case "EXPLAIN": {
      let index = word(1) === "ANALYZE" ? 2 : 1;
      if (word(index) === "(") {
        index = tokens.findIndex((_, at) => at > index && word(at) === ")") + 1;
      }
      return from(index);
    }
    default:
      return sql;
  }
}
