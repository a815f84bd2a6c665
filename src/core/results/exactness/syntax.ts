/** Reading of DuckDB's own syntax tree (`json_serialize_sql`), which leaves out what is empty. */

/** A node of the tree. */
export type Node = Readonly<Record<string, unknown>>;

/** A member that is a node; an empty one where there is none. */
export function child(node: Node, name: string): Node {
  const value = node[name];
  return isNode(value) ? value : {};
}

/** A member that is a list of nodes. */
export function children(node: Node, name: string): readonly Node[] {
  const value = node[name];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

/** A member that is a text; empty where there is none. */
export function text(node: Node, name: string): string {
  const value = node[name];
  return typeof value === "string" ? value : "";
}

/** A member that is a list of texts. */
export function texts(node: Node, name: string): readonly string[] {
  const value = node[name];
  return Array.isArray(value)
    ? value.filter((one) => typeof one === "string")
    : [];
}

/** True for an object of the tree. */
export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The query of a serialized statement; null when DuckDB could not serialize it. */
export function queryOf(serialized: string): Node | null {
  let tree: unknown;
  try {
    tree = JSON.parse(serialized);
  } catch {
    return null;
  }
  const [statement, second] = isNode(tree) ? children(tree, "statements") : [];
  return statement === undefined || second !== undefined
    ? null
    : child(statement, "node");
}

/** A relation or a call of `postgres_query`, as a statement names it. */
export interface Mention {
  /** Catalog, schema and table, as many as there are. */
  readonly path: readonly string[];
  /** The arguments of `postgres_query`: the alias and the query; null for a relation. */
  readonly query: readonly [string, string] | null;
}

/** One text for one mention. */
export function mentionKey({ path, query }: Mention): string {
  return JSON.stringify([path.map((part) => part.toLowerCase()), query]);
}

/** What a FROM item names; null for one that names nothing. */
export function mentionIn(item: Node): Mention | null {
  if (item["type"] === "BASE_TABLE") {
    const path = ["catalog_name", "schema_name", "table_name"]
      .map((part) => text(item, part))
      .filter((part) => part !== "");
    return { path, query: null };
  }
  const called = child(item, "function");
  if (
    item["type"] !== "TABLE_FUNCTION" ||
    text(called, "function_name").toLowerCase() !== "postgres_query"
  ) {
    return null;
  }
  const [alias, query] = children(called, "children").map(
    (argument) => child(argument, "value")["value"],
  );
  return typeof alias === "string" && typeof query === "string"
    ? { path: [], query: [alias, query] }
    : null;
}

/** Every relation and every `postgres_query` that a tree names, each once; names of common table expressions among them. */
export function mentionsIn(node: Node): Mention[] {
  const found = new Map<string, Mention>();
  walk(node, (one) => {
    const mention = mentionIn(one);
    if (mention !== null) {
      found.set(mentionKey(mention), mention);
    }
  });
  return [...found.values()];
}

function walk(value: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(value)) {
    for (const one of value) {
      walk(one, visit);
    }
  } else if (isNode(value)) {
    visit(value);
    for (const one of Object.values(value)) {
      walk(one, visit);
    }
  }
}
