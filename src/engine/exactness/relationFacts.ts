import {
  mentionKey,
  mentionsIn,
  queryOf,
  type Mention,
  type Node,
} from "../../core/results/exactness/syntax";
import { lex } from "../../core/sql/lexer";
import { quoteIdentifier } from "../../core/sql/quote";
import type { Connection } from "../duckdb";

/** A relation of DuckDB's own that a statement names. */
export interface LocalRelation {
  readonly mention: Mention;
  readonly columns: readonly string[];
  /** Of a view: what it selects. */
  readonly view: Node | null;
}

/** What a statement names, views taken apart. */
export interface StatementFacts {
  readonly query: Node;
  /** Of the statement and of every view in it. */
  readonly mentions: readonly Mention[];
  readonly locals: readonly LocalRelation[];
}

/** Views within views are taken apart so far. */
const deepest = 8;

/** Looks into a statement as far as DuckDB itself can tell. */
export class RelationFacts {
  constructor(
    /** The user's: its search path and temporary tables count. */
    private readonly connection: Connection,
    private readonly lookup: Connection,
  ) {}

  /** Null for a statement that DuckDB does not take apart. `isServers` tells a server's relation from one of DuckDB's. */
  async of(
    sql: string,
    tables: ReadonlySet<string>,
    isServers: (mention: Mention) => boolean,
  ): Promise<StatementFacts | null> {
    const query = await this.parsed(sql);
    if (query === null) {
      return null;
    }
    const mentions = new Map<string, Mention>();
    const locals: LocalRelation[] = [];
    let open: readonly Node[] = [query];
    for (let depth = 0; depth < deepest && open.length > 0; depth++) {
      const views: Node[] = [];
      for (const mention of open.flatMap(mentionsIn)) {
        const key = mentionKey(mention);
        if (!mentions.has(key)) {
          mentions.set(key, mention);
          const local =
            mention.query !== null || isServers(mention)
              ? null
              : await this.local(mention, tables);
          if (local !== null) {
            locals.push(local);
            views.push(...(local.view === null ? [] : [local.view]));
          }
        }
      }
      open = views;
    }
    return { query, mentions: [...mentions.values()], locals };
  }

  /** Null for a name that is none of a relation: of a common table expression. */
  private async local(
    mention: Mention,
    tables: ReadonlySet<string>,
  ): Promise<LocalRelation | null> {
    const name = mention.path.map(quoteIdentifier).join(".");
    const columns = await this.columns(`SELECT * FROM ${name}`);
    if (columns === null) {
      return null;
    }
    const bare = mention.path.at(-1)?.toLowerCase() ?? "";
    const view = tables.has(bare) ? null : await this.view(mention);
    return { mention, columns, view };
  }

  private async columns(sql: string): Promise<string[] | null> {
    try {
      const prepared = await this.connection.prepare(sql);
      const names = prepared.columns.map(({ name }) => name);
      prepared.destroy();
      return names;
    } catch {
      return null;
    }
  }

  private async view({ path }: Mention): Promise<Node | null> {
    const [name = "", qualifier = ""] = path.toReversed();
    const rows = await this.lookup
      .rows(
        `SELECT sql, database_name, schema_name FROM duckdb_views()
         WHERE NOT internal AND lower(view_name) = lower($1)`,
        [name],
      )
      .catch(() => []);
    const fitting = rows.filter(
      ([, database, schema]) =>
        qualifier === "" ||
        [database, schema].some(
          (one) => one?.toLowerCase() === qualifier.toLowerCase(),
        ),
    );
    const [only, second] = fitting;
    return only === undefined || second !== undefined
      ? null
      : this.parsed(selectOf(only[0] ?? ""));
  }

  private async parsed(sql: string): Promise<Node | null> {
    const [row] = await this.lookup
      .rows(
        "SELECT json_serialize_sql($1::VARCHAR, skip_null := true, skip_empty := true, skip_default := true)::VARCHAR",
        [sql],
      )
      .catch(() => []);
    return queryOf(row?.[0] ?? "");
  }
}

/** What is behind the first AS of `CREATE VIEW v (a, b) AS SELECT …`, `CREATE TABLE t AS …`. */
function selectOf(sql: string): string {
  const as = lex(sql).find(
    ({ kind, start, end }) =>
      kind === "word" && sql.slice(start, end).toUpperCase() === "AS",
  );
  return as === undefined ? "" : sql.slice(as.end).replace(/;\s*$/, "");
}
