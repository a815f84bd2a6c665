/** What a statement really reads, by DuckDB's own plan (`EXPLAIN (FORMAT json)`): after views and macros are resolved. */

/** One scan of a plan. */
export interface Scan {
  /** A relation of an attached PostgreSQL, what `postgres_query` answers, or a table of DuckDB's own. */
  readonly kind: "relation" | "query" | "table";
  /** The relation's bare name, or `catalog.schema.table` of a table; empty for a query. */
  readonly name: string;
  /** Columns that are read: none for a mere count. */
  readonly columns: readonly string[];
}

interface PlanNode {
  readonly name?: unknown;
  readonly children?: unknown;
  readonly extra_info?: Readonly<Record<string, unknown>>;
}

/** The scans of a plan as DuckDB wrote it; null for a text that is no plan. */
export function scansOf(plan: string): Scan[] | null {
  let nodes: unknown;
  try {
    nodes = JSON.parse(plan);
  } catch {
    return null;
  }
  return Array.isArray(nodes) ? scansIn(nodes) : null;
}

function scansIn(nodes: readonly unknown[]): Scan[] {
  return nodes.flatMap((one) => {
    const { name, children, extra_info: info = {} } = one as PlanNode;
    const below = Array.isArray(children) ? scansIn(children) : [];
    const kind = kinds.get(typeof name === "string" ? name.trim() : "");
    const table = info["Table"];
    return kind === undefined
      ? below
      : [
          ...below,
          {
            kind,
            name: typeof table === "string" ? table : "",
            columns: texts(info["Projections"]),
          },
        ];
  });
}

const kinds: ReadonlyMap<string, Scan["kind"]> = new Map([
  ["POSTGRES_SCAN", "relation"],
  ["POSTGRES_SCAN_PUSHDOWN", "relation"],
  ["POSTGRES_QUERY", "query"],
  ["SEQ_SCAN", "table"],
]);

function texts(value: unknown): string[] {
  if (typeof value === "string") {
    return value === "" ? [] : [value];
  }
  return Array.isArray(value)
    ? value.filter((one) => typeof one === "string")
    : [];
}
