/** Which result columns come from which columns of the relations that a statement reads. */
import { selectedColumns } from "./lineageExpressions";
import { fromScopes, renamed } from "./lineageSources";
import {
  joined,
  same,
  Untraced,
  type Column,
  type Relations,
  type Sight,
} from "./lineageTypes";
import { child, children, isNode, text, texts, type Node } from "./syntax";

/** The columns of a statement's result, which has `count` of them. Throws `Untraced`. */
export function traceColumns(
  query: Node,
  relations: Relations,
  names: readonly string[],
): Column[] {
  const sight: Sight = {
    queryColumns,
    relations,
    ctes: new Map(),
    scopes: [],
    outer: null,
    named: new Map(),
  };
  const columns = queryColumns(query, sight);
  const open = columns.findIndex(({ isOpen }) => isOpen === true);
  const missing = names.length - (columns.length - 1);
  const filled = columns.flatMap((column, index) =>
    index === open && missing >= 0
      ? names.slice(index, index + missing).map((name) => chosen(column, name))
      : [column],
  );
  if (
    filled.length !== names.length ||
    filled.some(({ isOpen }) => isOpen === true)
  ) {
    throw new Untraced();
  }
  return filled;
}

/** One of the columns that an open one stands for. */
function chosen({ flows, choices = [] }: Column, name: string): Column {
  const found = choices.filter((one) => same(one.name, name));
  return {
    name,
    flows: found.length === 0 ? flows : found.flatMap((one) => one.flows),
  };
}

/** The columns of a query inside a statement. */
function queryColumns(query: Node, around: Sight): Column[] {
  const sight = withCtes(query, around);
  switch (query["type"]) {
    case "SELECT_NODE": {
      const scopes = fromScopes(child(query, "from_table"), sight);
      return selectedColumns(children(query, "select_list"), {
        ...sight,
        scopes,
      });
    }
    case "SET_OPERATION_NODE":
      return setColumns(query, sight);
    case "RECURSIVE_CTE_NODE":
      return recursiveColumns(query, sight);
    default:
      throw new Untraced();
  }
}

function withCtes(query: Node, sight: Sight): Sight {
  let ctes = sight.ctes;
  for (const { key, value } of children(child(query, "cte_map"), "map")) {
    if (typeof key !== "string" || !isNode(value)) {
      throw new Untraced();
    }
    const inner = child(child(value, "query"), "node");
    const columns = renamed(
      queryColumns(inner, { ...sight, ctes }),
      texts(value, "aliases"),
    );
    ctes = new Map(ctes).set(key.toLowerCase(), columns);
  }
  return { ...sight, ctes };
}

function setColumns(query: Node, sight: Sight): Column[] {
  const parts =
    query["children"] === undefined
      ? [child(query, "left"), child(query, "right")]
      : children(query, "children");
  const [first = [], ...others] = parts.map((part) =>
    queryColumns(part, sight),
  );
  const kind = query["setop_type"];
  if (kind === "UNION_BY_NAME") {
    return others.reduce<Column[]>(byName, first);
  }
  // What EXCEPT takes away gives no values.
  return kind === "EXCEPT" ? first : others.reduce(byPlace, first);
}

function byPlace(left: readonly Column[], right: readonly Column[]): Column[] {
  if (
    left.length !== right.length ||
    [...left, ...right].some(({ isOpen }) => isOpen === true)
  ) {
    throw new Untraced();
  }
  return left.map((column, index) => ({
    ...column,
    flows: joined(column.flows, right[index]?.flows ?? []),
  }));
}

function byName(left: readonly Column[], right: readonly Column[]): Column[] {
  const result = [...left];
  for (const column of right) {
    const at = result.findIndex(({ name }) => same(name, column.name));
    const known = result[at];
    if (column.isOpen === true || known?.isOpen === true) {
      throw new Untraced();
    }
    if (known === undefined) {
      result.push(column);
    } else {
      result[at] = { ...known, flows: joined(known.flows, column.flows) };
    }
  }
  return result;
}

/** Until nothing more flows in: values may wander from column to column in each round. */
function recursiveColumns(query: Node, sight: Sight): Column[] {
  const name = text(query, "cte_name").toLowerCase();
  let columns = queryColumns(child(query, "left"), sight);
  for (;;) {
    const ctes = new Map(sight.ctes).set(name, columns);
    const next = byPlace(
      columns,
      queryColumns(child(query, "right"), { ...sight, ctes }),
    );
    if (flowCount(next) === flowCount(columns)) {
      return next;
    }
    columns = next;
  }
}

function flowCount(columns: readonly Column[]): number {
  return columns.reduce((sum, { flows }) => sum + flows.length, 0);
}
