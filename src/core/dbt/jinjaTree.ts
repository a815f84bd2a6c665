import { harmlessFilters, jinjaFilters } from "./jinjaFilters";
import { JinjaFailure } from "./jinjaFailure";

/** A node of the interpreter's syntax tree, as far as it is looked at. */
export interface JinjaNode {
  readonly type: string;
  readonly value?: unknown;
}

/** Under these names the interpreter finds our filters; no name in a template can be one of them. */
export const filterPrefix = "filter:";

/** Parameters of the functions that dbt offers in profiles.yml. */
const functionParameters: ReadonlyMap<string, readonly string[]> = new Map([
  ["env_var", ["var", "default"]],
  ["var", ["name", "default"]],
]);

/** What dbt would evaluate too, and no profile needs; loops could take for ever. */
const refused: Readonly<Record<string, string>> = {
  For: "{% for %}",
  Macro: "{% macro %}",
  CallStatement: "{% call %}",
  FilterStatement: "{% filter %}",
};

/** Filters of Jinja that are not here; another name might be anything, even a password, and is not repeated. */
const otherFilters = new Set(
  `attr batch center dictsort e escape filesizeformat forceescape format groupby indent items map max min pprint random
  reject rejectattr reverse select selectattr slice sort striptags sum truncate unique urlize wordcount wordwrap xmlattr
  bool b64encode b64decode to_json from_json env_var as_string as_int as_float as_str str`.split(
    /\s+/,
  ),
);

/**
 * The tree with every filter as a call of ours, and with keyword arguments in their places: the interpreter's own filters
 * are fewer than Jinja's, and differ from them (`'5432abc' | int` is 0).
 */
export function prepareTree(node: JinjaNode): JinjaNode {
  const word = refused[node.type];
  if (word !== undefined) {
    throw failure(`${word} is not evaluated in profiles.yml.`);
  }
  if (node.type === "FilterExpression") {
    return filterCall(node as FilterNode);
  }
  if (node.type === "CallExpression") {
    return functionCall(node as CallNode);
  }
  return mapChildren(node);
}

interface FilterNode extends JinjaNode {
  readonly operand: JinjaNode;
  readonly filter: JinjaNode | CallNode;
}

interface CallNode extends JinjaNode {
  readonly callee: JinjaNode & {
    readonly property?: JinjaNode;
    readonly object?: JinjaNode;
    readonly computed?: boolean;
  };
  readonly args: readonly JinjaNode[];
}

interface KeywordNode extends JinjaNode {
  readonly key: { readonly value: string };
  readonly value: JinjaNode;
}

function filterCall({ operand, filter }: FilterNode): JinjaNode {
  const isCall = "args" in filter;
  return callOfFilter(
    String((isCall ? filter.callee : filter).value),
    operand,
    isCall ? filter.args : [],
  );
}

function callOfFilter(
  name: string,
  operand: JinjaNode,
  args: readonly JinjaNode[],
): JinjaNode {
  const filter = jinjaFilters.get(name);
  if (filter === undefined) {
    throw failure(
      otherFilters.has(name)
        ? `The filter ${name} is not offered in profiles.yml.`
        : "There is no filter of this name.",
    );
  }
  const rest = inPlaces(args, filter.parameters);
  const callee = { type: "Identifier", value: filterPrefix + name };
  return {
    type: "CallExpression",
    callee,
    args: [prepareTree(operand), ...rest],
  } as JinjaNode;
}

function functionCall(node: CallNode): JinjaNode {
  const { callee, args } = node;
  if (callee.type === "MemberExpression") {
    const { property, object, computed } = callee;
    if (computed === true || property === undefined || object === undefined) {
      throw failure("A call like this is not evaluated in profiles.yml.");
    }
    // The method and the filter do the same, and the filter watches the length.
    return property.value === "replace"
      ? callOfFilter("replace", object, args)
      : mapChildren(node);
  }
  const parameters = functionParameters.get(String(callee.value));
  if (callee.type !== "Identifier" || parameters === undefined) {
    throw failure(
      "dbt offers env_var() and var() in profiles.yml, and no function of this name.",
    );
  }
  return { ...node, args: inPlaces(args, parameters) } as JinjaNode;
}

/** Arguments by position; `filter:none` is not defined and stands for one that is not given. */
function inPlaces(
  args: readonly JinjaNode[],
  parameters: readonly string[],
): JinjaNode[] {
  const places: (JinjaNode | undefined)[] = [];
  for (const [index, arg] of args.entries()) {
    if (
      arg.type === "SpreadExpression" ||
      arg.type === "KeywordSpreadExpression"
    ) {
      throw failure("A call like this is not evaluated in profiles.yml.");
    }
    const isKeyword = arg.type === "KeywordArgumentExpression";
    const place = isKeyword
      ? parameters.indexOf((arg as KeywordNode).key.value)
      : index;
    if (
      place < 0 ||
      place >= parameters.length ||
      places[place] !== undefined
    ) {
      throw failure(
        "A function or filter is called with arguments that it does not have.",
      );
    }
    places[place] = prepareTree(isKeyword ? (arg as KeywordNode).value : arg);
  }
  return Array.from(
    places,
    (place) => place ?? { type: "Identifier", value: `${filterPrefix}none` },
  );
}

function mapChildren(node: JinjaNode): JinjaNode {
  const entries = Object.entries(node).map(([key, value]) => [
    key,
    mapValue(value),
  ]);
  return Object.fromEntries(entries) as JinjaNode;
}

function mapValue(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(mapValue);
  }
  if (value instanceof Map) {
    return new Map(
      [...value].map(([key, item]) => [mapValue(key), mapValue(item)]),
    );
  }
  // An operator is a token, whose type is none of a node's that matter.
  return typeof value === "object" && value !== null && "type" in value
    ? prepareTree(value as JinjaNode)
    : value;
}

/** True for a filter through which dbt's secrets may go. */
export function keepsText(name: string): boolean {
  return harmlessFilters.has(name);
}

function failure(message: string): JinjaFailure {
  return new JinjaFailure("profileInvalid", message);
}
