import {
  classifyDuckdbError,
  parseDuckdbError,
} from "../../core/errors/classifyDuckdb";
import { viaductError } from "../../core/errors/makeError";
import { ViaductError } from "../../core/errors/viaductError";
import { textLiteral } from "../../core/results/textLiteral";
import type { NamedColumns } from "../../core/results/viewSql";
import { lex } from "../../core/sql/lexer";
import type { Connection } from "../duckdb";

/** What `json_serialize_sql` makes of a text. */
interface Serialized {
  readonly error: boolean;
  readonly error_type?: string;
  readonly error_message?: string;
  readonly statements?: readonly {
    readonly node: Readonly<Record<string, unknown>>;
    readonly named_param_map: readonly unknown[];
  }[];
}

const prefix = "SELECT ";

/**
 * Takes care that a text is one expression of DuckDB's and nothing else: DuckDB itself takes it apart. Throws what is
 * wrong with it in the user's terms, with its place in the text.
 */
export async function checkExpression(
  connection: Connection,
  text: string,
  names: NamedColumns,
): Promise<void> {
  if (lex(text).every(({ kind }) => kind === "comment")) {
    throw viaductError("syntax", "The condition is empty.");
  }
  const sql = `${prefix}${text}\n`;
  const [row] = await connection.rows(
    `SELECT json_serialize_sql(${textLiteral(sql)})::VARCHAR`,
  );
  const parsed = JSON.parse(row?.[0] ?? "{}") as Serialized;
  if (parsed.error_type === "parser") {
    throw expressionError(
      new Error(`Parser Error: ${parsed.error_message ?? ""}`),
    );
  }
  const expression = parsed.error ? null : onlyExpression(parsed);
  if (expression === null) {
    throw viaductError(
      "syntax",
      "The condition has to be one expression, such as price > 100 AND name LIKE 'a%'.",
    );
  }
  refuse(expression, names);
}

/** What is an expression alone: no FROM, no second statement, no name of its own. */
function onlyExpression({ statements = [] }: Serialized): unknown {
  const [statement] = statements;
  if (statements.length !== 1 || statement === undefined) {
    return null;
  }
  const { node, named_param_map: parameters } = statement;
  const list = node["select_list"] as
    readonly { readonly alias?: string }[] | undefined;
  const isAlone =
    node["type"] === "SELECT_NODE" &&
    list?.length === 1 &&
    list[0]?.alias === "" &&
    (node["from_table"] as { readonly type?: string }).type === "EMPTY" &&
    (node["modifiers"] as readonly unknown[]).length === 0 &&
    (node["group_expressions"] as readonly unknown[]).length === 0 &&
    ["where_clause", "having", "qualify", "sample"].every(
      (part) => node[part] === null,
    ) &&
    parameters.length === 0;
  return isAlone ? list[0] : null;
}

/** Finds what a condition over a result cannot have, however deep. */
function refuse(node: unknown, names: NamedColumns): void {
  if (Array.isArray(node)) {
    for (const item of node) {
      refuse(item, names);
    }
  } else if (typeof node === "object" && node !== null) {
    const item = node as Readonly<Record<string, unknown>>;
    if (item["class"] === "SUBQUERY") {
      throw viaductError(
        "syntax",
        "The condition is about the columns of the result: it cannot have a query in it.",
      );
    }
    if (item["class"] === "POSITIONAL_REFERENCE" || item["class"] === "STAR") {
      throw viaductError("syntax", "The condition has to name its columns.");
    }
    if (item["class"] === "COLUMN_REF") {
      const [name = ""] = item["column_names"] as readonly string[];
      if (names.repeated.has(name.toLowerCase())) {
        throw viaductError(
          "binder",
          `Several columns are named "${name}": a condition cannot tell which is meant.`,
          { hint: "Give them names of their own in the statement (AS)." },
        );
      }
    }
    for (const value of Object.values(item)) {
      refuse(value, names);
    }
  }
}

/** A condition that DuckDB did not like, without what is around it. */
export function expressionError(error: unknown): unknown {
  if (error instanceof ViaductError || !(error instanceof Error)) {
    return error;
  }
  const { type, message } = parseDuckdbError(error.message);
  // The lines behind it show the statement that the condition is a part of.
  const [told = ""] = message.split("\n\nLINE ");
  const info = classifyDuckdbError(
    type === "" ? told : `${type} Error: ${told}`,
  );
  return new ViaductError(info);
}
