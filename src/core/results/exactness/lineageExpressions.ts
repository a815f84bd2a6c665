import {
  derived,
  joined,
  same,
  Untraced,
  type Column,
  type Flow,
  type Scope,
  type Sight,
} from "./lineageTypes";
import { child, children, isNode, text, texts, type Node } from "./syntax";

/** Functions whose answer does not depend on the values that they are given, only on how many there are. */
const counting: ReadonlySet<string> = new Set([
  "count",
  "count_star",
  "typeof",
  "pg_typeof",
]);

/** The columns of a select list. */
export function selectedColumns(list: readonly Node[], sight: Sight): Column[] {
  let inSight = sight;
  return list.flatMap((item) => {
    if (item["class"] === "STAR") {
      return starColumns(item, inSight);
    }
    const flows = expressionFlows(item, inSight);
    const name = nameOf(item);
    if (name !== "") {
      // Later expressions may use the name, where no column has it.
      const named = new Map(inSight.named).set(name.toLowerCase(), flows);
      inSight = { ...inSight, named };
    }
    return [{ name, flows }];
  });
}

/** What an expression's value comes from. Throws `Untraced` for a name that nothing in sight has. */
export function expressionFlows(node: Node, sight: Sight): readonly Flow[] {
  switch (node["class"]) {
    case "COLUMN_REF":
      return referenceFlows(texts(node, "column_names"), sight);
    case "CONSTANT":
    case "PARAMETER":
      return [];
    case "SUBQUERY":
      return subqueryFlows(node, sight);
    case "STAR":
      return sight.scopes
        .flatMap(({ columns }) => columns.flatMap(({ flows }) => flows))
        .map(derived);
    case "POSITIONAL_REFERENCE":
      throw new Untraced();
    case "FUNCTION":
      return counting.has(text(node, "function_name").toLowerCase())
        ? []
        : partFlows(node, sight);
    case "OPERATOR":
      return /^OPERATOR_IS_(?:NOT_)?NULL$/.test(text(node, "type"))
        ? []
        : partFlows(node, sight);
    case "LAMBDA":
      return partFlows(child(node, "expr"), withParameters(node, sight), true);
    default:
      return partFlows(node, sight);
  }
}

/** Everything inside, computed with. */
function partFlows(
  node: Node,
  sight: Sight,
  withSelf = false,
): readonly Flow[] {
  if (withSelf) {
    return expressionFlows(node, sight).map(derived);
  }
  return Object.values(node)
    .flatMap((value): unknown[] =>
      Array.isArray(value) ? value.flat() : [value],
    )
    .filter(isNode)
    .reduce<readonly Flow[]>(
      (flows, part) =>
        joined(
          flows,
          ("class" in part
            ? expressionFlows(part, sight)
            : partFlows(part, sight)
          ).map(derived),
        ),
      [],
    );
}

function subqueryFlows(node: Node, sight: Sight): readonly Flow[] {
  const kind = text(node, "subquery_type");
  if (kind === "EXISTS" || kind === "NOT_EXISTS") {
    return [];
  }
  const inner = child(child(node, "subquery"), "node");
  const columns = sight.queryColumns(inner, {
    ...sight,
    scopes: [],
    named: new Map(),
    outer: sight,
  });
  const flows = columns.reduce<readonly Flow[]>(
    (all, column) => joined(all, column.flows),
    [],
  );
  return kind === "SCALAR" && columns.length === 1
    ? flows
    : joined(
        flows.map(derived),
        expressionFlows(child(node, "child"), sight).map(derived),
      );
}

/** A parameter's values are those of the function's other arguments, which count anyway. */
function withParameters(node: Node, sight: Sight): Sight {
  const left = child(node, "lhs");
  const parameters = [left, ...children(left, "children")].flatMap((one) =>
    texts(one, "column_names"),
  );
  const named = new Map(sight.named);
  for (const name of parameters) {
    named.set(name.toLowerCase(), []);
  }
  return { ...sight, named };
}

function referenceFlows(
  path: readonly string[],
  sight: Sight,
): readonly Flow[] {
  const found = scopedFlows(path, sight.scopes) ?? namedFlows(path, sight);
  if (found !== null) {
    return found;
  }
  const open = sight.scopes
    .flatMap(({ columns }) => columns.filter(({ isOpen }) => isOpen === true))
    .reduce<readonly Flow[]>(
      (flows, column) => joined(flows, column.flows),
      [],
    );
  const isOpen = sight.scopes.some(({ columns }) =>
    columns.some((column) => column.isOpen === true),
  );
  if (isOpen) {
    return open.map(derived);
  }
  if (sight.outer === null) {
    throw new Untraced();
  }
  return referenceFlows(path, sight.outer);
}

/** `column`, `table.column`, `schema.table.column`, …, each with fields of a struct behind it; null for none in sight. */
function scopedFlows(
  path: readonly string[],
  scopes: readonly Scope[],
): readonly Flow[] | null {
  for (let at = Math.min(path.length - 1, 3); at >= 0; at--) {
    const table = at === 0 ? undefined : path[at - 1];
    const matching = scopes
      .filter(({ name }) => table === undefined || same(name, table))
      .flatMap(({ columns }) =>
        columns.filter(({ name }) => name !== "" && same(name, path[at] ?? "")),
      );
    if (matching.length > 0) {
      const flows = matching.reduce<readonly Flow[]>(
        (all, column) => joined(all, column.flows),
        [],
      );
      return at === path.length - 1 ? flows : flows.map(derived);
    }
  }
  const row = scopes.find(({ name }) => same(name, path[0] ?? ""));
  return row === undefined
    ? null
    : row.columns.flatMap(({ flows }) => flows).map(derived);
}

function namedFlows(
  path: readonly string[],
  { named }: Sight,
): readonly Flow[] | null {
  const flows = named.get(path[0]?.toLowerCase() ?? "");
  return flows === undefined || path.length === 1
    ? (flows ?? null)
    : flows.map(derived);
}

/** The columns of `*`, `t.*` with all that can be said behind it, and of `COLUMNS(…)`. */
function starColumns(node: Node, sight: Sight): Column[] {
  const only = text(node, "relation_name");
  const scopes = sight.scopes.filter(
    ({ name }) => only === "" || same(name, only),
  );
  if (scopes.length === 0) {
    throw new Untraced();
  }
  if (node["expr"] !== undefined) {
    // Which columns are meant is known when it runs.
    const flows = scopes
      .flatMap(({ columns }) => columns.flatMap((column) => column.flows))
      .map(derived);
    const choices = scopes.flatMap(({ columns }) => columns);
    return [{ name: "", flows, isOpen: true, choices }];
  }
  const excluded = new Set(
    [
      ...texts(node, "exclude_list"),
      ...children(node, "qualified_exclude_list").map((one) =>
        text(one, "column"),
      ),
    ].map((name) => name.toLowerCase()),
  );
  const replaced = keyed(node, "replace_list");
  const names = keyed(node, "rename_list");
  return scopes.flatMap(({ columns, merged }) =>
    columns
      .filter(
        ({ name }) =>
          !excluded.has(name.toLowerCase()) &&
          (only !== "" || !merged.has(name.toLowerCase())),
      )
      .map((column) => {
        const key = column.name.toLowerCase();
        const value = replaced.get(key);
        const name = names.get(key);
        return {
          ...column,
          name: typeof name === "string" ? name : column.name,
          flows: isNode(value) ? expressionFlows(value, sight) : column.flows,
        };
      }),
  );
}

function keyed(node: Node, list: string): ReadonlyMap<string, unknown> {
  return new Map(
    children(node, list).map(({ key, value }) => [
      (typeof key === "string"
        ? key
        : isNode(key)
          ? text(key, "column")
          : ""
      ).toLowerCase(),
      value,
    ]),
  );
}

function nameOf(item: Node): string {
  const alias = text(item, "alias");
  return alias === "" && item["class"] === "COLUMN_REF"
    ? (texts(item, "column_names").at(-1) ?? "")
    : alias;
}
