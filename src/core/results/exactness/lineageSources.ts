import { expressionFlows } from "./lineageExpressions";
import {
  derived,
  joined,
  same,
  Untraced,
  type Column,
  type Scope,
  type Sight,
} from "./lineageTypes";
import {
  child,
  isNode,
  mentionIn,
  mentionKey,
  text,
  texts,
  type Node,
} from "./syntax";

/** What a FROM clause brings into sight. */
export function fromScopes(item: Node, sight: Sight): Scope[] {
  const alias = text(item, "alias");
  const names = texts(item, "column_name_alias");
  const scope = (name: string, columns: readonly Column[]): Scope[] => [
    { name, columns: renamed(columns, names), merged: new Set() },
  ];
  switch (item["type"]) {
    case undefined:
    case "EMPTY":
      return [];
    case "BASE_TABLE": {
      const table = text(item, "table_name");
      return scope(alias === "" ? table : alias, tableColumns(item, sight));
    }
    case "SUBQUERY": {
      const inner = child(child(item, "subquery"), "node");
      return scope(
        alias,
        sight.queryColumns(inner, { ...sight, scopes: [], outer: sight }),
      );
    }
    case "TABLE_FUNCTION":
      return scope(alias, functionColumns(item, sight));
    case "SHOW_REF":
      return scope(alias, shownColumns(item, sight));
    case "EXPRESSION_LIST":
      return scope(alias, listedColumns(item, sight));
    case "JOIN":
      return joinScopes(item, sight);
    default:
      throw new Untraced();
  }
}

function tableColumns(item: Node, sight: Sight): readonly Column[] {
  const mention = mentionIn(item);
  const [only, second] = mention?.path ?? [];
  const cte =
    second === undefined
      ? sight.ctes.get(only?.toLowerCase() ?? "")
      : undefined;
  const columns =
    cte ?? (mention && sight.relations.get(mentionKey(mention))) ?? undefined;
  if (columns === undefined) {
    throw new Untraced();
  }
  return columns;
}

function functionColumns(item: Node, sight: Sight): readonly Column[] {
  const mention = mentionIn(item);
  const known = mention && sight.relations.get(mentionKey(mention));
  if (known) {
    return known;
  }
  const called = child(item, "function");
  if (
    /^(?:query|query_table|postgres_\w+)$/i.test(text(called, "function_name"))
  ) {
    throw new Untraced();
  }
  // What it answers is made of its arguments; hidden reads (of a macro) are found by the plan.
  const flows = expressionFlows(called, sight).map(derived);
  return [{ name: "", flows, isOpen: true }];
}

/** The columns of SUMMARIZE: words about columns, and numbers made of their values. */
function shownColumns(item: Node, sight: Sight): Column[] {
  if (item["show_type"] !== "SUMMARY") {
    throw new Untraced();
  }
  const flows = sight
    .queryColumns(child(item, "query"), sight)
    .flatMap((column) => column.flows)
    .map(derived);
  return summaryColumns.map((name) => ({
    name,
    flows: ofValues.has(name) ? flows : [],
  }));
}

const summaryColumns =
  "column_name column_type min max approx_unique avg std q25 q50 q75 count null_percentage".split(
    " ",
  );

const ofValues: ReadonlySet<string> = new Set(
  "min max approx_unique avg std q25 q50 q75".split(" "),
);

function listedColumns(item: Node, sight: Sight): Column[] {
  const rows = Array.isArray(item["values"]) ? item["values"] : [];
  const columns: Column[] = [];
  for (const row of rows) {
    const cells = Array.isArray(row) ? row.filter(isNode) : [];
    for (const [index, cell] of cells.entries()) {
      const flows = expressionFlows(cell, sight);
      columns[index] = {
        name: `col${index}`,
        flows: joined(columns[index]?.flows ?? [], flows),
      };
    }
  }
  return columns;
}

function joinScopes(item: Node, sight: Sight): Scope[] {
  const left = fromScopes(child(item, "left"), sight);
  // The right side may look at the left one (LATERAL).
  const inside: Sight = {
    ...sight,
    scopes: left,
    outer: sight.outer ?? { ...sight, scopes: [] },
  };
  const right = fromScopes(child(item, "right"), inside);
  if (item["join_type"] === "SEMI" || item["join_type"] === "ANTI") {
    return left;
  }
  const using =
    item["ref_type"] === "NATURAL"
      ? left.flatMap(({ columns }) => columns.map(({ name }) => name))
      : texts(item, "using_columns");
  if (using.length === 0) {
    return [...left, ...right];
  }
  const merged = new Set(using.map((name) => name.toLowerCase()));
  const isMerged = ({ name }: Column): boolean =>
    merged.has(name.toLowerCase());
  const other = right.flatMap(({ columns }) => columns.filter(isMerged));
  return [
    ...left.map((scope) => ({
      ...scope,
      columns: scope.columns.map((column) =>
        isMerged(column)
          ? {
              ...column,
              flows: joined(
                column.flows,
                other.find(({ name }) => same(name, column.name))?.flows ?? [],
              ),
            }
          : column,
      ),
    })),
    ...right.map((scope) => ({
      ...scope,
      merged: new Set([...scope.merged, ...merged]),
    })),
  ];
}

/** Columns under other names, as many as there are names. */
export function renamed(
  columns: readonly Column[],
  names: readonly string[],
): Column[] {
  const open = columns.findIndex(({ isOpen }) => isOpen === true);
  if (open >= 0 && names.length > open) {
    // `unnest(l) AS u(v)`: the names tell how many there are, at least.
    const flows = columns[open]?.flows ?? [];
    return [
      ...columns
        .slice(0, open)
        .map((column, at) => ({ ...column, name: names[at] ?? column.name })),
      ...names.slice(open).map((name) => ({ name, flows })),
      ...columns.slice(open + 1),
    ];
  }
  return columns.map((column, index) => ({
    ...column,
    name: names[index] ?? column.name,
  }));
}
