import { lex } from "../../core/sql/lexer";
import type { Exactness } from "./exactness";
import type { Findings } from "./findings";

/** `CREATE TABLE t AS SELECT …`, `CREATE TABLE t (…)` (without a query) or `INSERT INTO t SELECT …`, taken apart as text. */
interface MadeOf {
  /** As it is written, with quotes and qualifiers. */
  readonly table: string;
  /** Of an INSERT with a list of columns; empty for all of them. */
  readonly columns: readonly string[];
  readonly query: string;
  readonly mode: "new" | "more";
}

/** Null for a statement of another kind, or without a query. */
function madeOf(sql: string): MadeOf | null {
  const tokens = lex(sql).filter(({ kind }) => kind !== "comment");
  const text = (at: number): string => {
    const token = tokens[at];
    return token === undefined ? "" : sql.slice(token.start, token.end);
  };
  const word = (at: number): string => text(at).toUpperCase();
  let at = tokens.findIndex((_, index) =>
    ["TABLE", "INTO"].includes(word(index)),
  );
  const verb = word(0);
  if (at < 0 || at > 4 || (verb !== "CREATE" && verb !== "INSERT")) {
    return null;
  }
  at += 1;
  if (word(at) === "IF") {
    at += 3;
  }
  const from = at;
  at += 1;
  while (text(at) === ".") {
    at += 2;
  }
  const table = sql.slice(tokens[from]?.start, tokens[at - 1]?.end);
  const columns: string[] = [];
  if (
    text(at) === "(" &&
    verb === "INSERT" &&
    !/^(?:SELECT|WITH|FROM|VALUES|\()$/.test(word(at + 1))
  ) {
    for (at += 1; at < tokens.length && text(at) !== ")"; at += 1) {
      if (text(at) !== ",") {
        columns.push(text(at).replaceAll(/^"|"$/g, "").replaceAll('""', '"'));
      }
    }
    at += 1;
  }
  if (verb === "CREATE" && word(at) === "AS") {
    at += 1;
  } else if (verb === "CREATE") {
    return { table, columns, query: "", mode: "new" };
  }
  const query = sql.slice(tokens[at]?.start ?? sql.length);
  return /^[(\s]*(?:SELECT|WITH|FROM|TABLE)\b/i.test(query)
    ? { table, columns, query, mode: verb === "CREATE" ? "new" : "more" }
    : null;
}

/** A table that a statement makes, or adds to, of what it reads. */
export class MadeTable {
  private constructor(
    private readonly made: MadeOf,
    private readonly exactness: Exactness,
    private readonly findings: Promise<Findings | null>,
  ) {}

  /** Before the statement runs; null for one that makes no table of a query. */
  static async begin(
    sql: string,
    exactness: Exactness,
  ): Promise<MadeTable | null> {
    const made = madeOf(sql);
    if (made === null) {
      return null;
    }
    const examination =
      made.query === "" ? null : await exactness.begin(made.query);
    return new MadeTable(
      made,
      exactness,
      examination?.findings ?? Promise.resolve(null),
    );
  }

  /** After it has run. */
  async note(): Promise<void> {
    const { table, columns, mode } = this.made;
    const findings = await this.findings.catch(() => null);
    await this.exactness
      .noteTable(table, columns, findings, mode)
      .catch(() => undefined);
  }
}
