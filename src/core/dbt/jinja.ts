import { Environment, Interpreter, parse, tokenize } from "@huggingface/jinja";
import { jinjaFilters, nativeMarks, withoutMarks } from "./jinjaFilters";
import { JinjaFailure } from "./jinjaFailure";
import {
  checkUnchanged,
  dbtVariable,
  environmentVariable,
  revealed,
  type JinjaContext,
} from "./jinjaFunctions";
import { jinjaParts, type JinjaPart } from "./jinjaParts";
import {
  filterPrefix,
  keepsText,
  prepareTree,
  type JinjaNode,
} from "./jinjaTree";
import { pythonText, type JinjaValue } from "./jinjaValue";
import { pythonLiteral } from "./pythonLiteral";

/** Longer ones are texts by accident. */
const longestTemplate = 10_000;

/**
 * A scalar of profiles.yml as dbt evaluates it: a lone `{{ … }}` keeps its type (`env_var()` is text, `| int` a number),
 * anything else is text. Throws a `JinjaFailure`, or what `variable` throws.
 */
export function renderJinja(text: string, context: JinjaContext): JinjaValue {
  // Jinja drops one line end at the end of a template.
  const template = text.replace(/\r?\n$/, "");
  if (!/\{[{%#]/.test(template)) {
    return template;
  }
  if (template.length > longestTemplate) {
    throw new JinjaFailure(
      "profileInvalid",
      "This text with Jinja in it is too long.",
    );
  }
  const parts = jinjaParts(template).filter(({ kind }) => kind !== "comment");
  const needsWhole = parts.some(
    ({ kind, text: tag }) =>
      kind === "statement" ||
      (kind === "expression" && /^\{\{-|-\}\}$/.test(tag)),
  );
  const values = needsWhole
    ? [evaluateWhole(parts, context)]
    : parts.map((part) => evaluatePart(part, context));
  const [first] = values;
  return located(parts.find(({ kind }) => kind !== "text")?.start ?? 0, () =>
    values.length === 1
      ? nativeValue(revealed(first, context))
      : revealed(withoutMarks(values.map(pythonText).join("")), context),
  );
}

function evaluatePart(part: JinjaPart, context: JinjaContext): JinjaValue {
  if (part.kind === "text") {
    return part.text;
  }
  return located(part.start, () => {
    const { body } = parse(tokenize(part.text));
    const [node] = body as readonly JinjaNode[];
    if (node === undefined || body.length !== 1) {
      throw new SyntaxError("not one expression");
    }
    return definedValue(evaluate(node, context));
  });
}

function evaluateWhole(
  parts: readonly JinjaPart[],
  context: JinjaContext,
): JinjaValue {
  const first = parts.find(({ kind }) => kind !== "text")?.start ?? 0;
  return located(first, () => {
    const program = parse(tokenize(parts.map(({ text }) => text).join("")));
    return withoutMarks(pythonText(evaluate(program, context)));
  });
}

function evaluate(node: JinjaNode, context: JinjaContext): JinjaValue {
  const environment = new Environment();
  for (const [name, value] of [
    ["true", true],
    ["false", false],
    ["none", null],
  ] as const) {
    environment.setVariable(
      name,
      environment.set(`${filterPrefix}${name}!`, value),
    );
    environment.set(name.charAt(0).toUpperCase() + name.slice(1), value);
  }
  for (const [name, { call }] of jinjaFilters) {
    environment.set(filterPrefix + name, (...values: JinjaValue[]) => {
      const [operand] = values.map(plain);
      if (!keepsText(name)) {
        checkUnchanged(operand);
      }
      return call(...values.map(plain));
    });
  }
  environment.set("env_var", (name: JinjaValue, otherwise: JinjaValue) =>
    environmentVariable(name, otherwise, context),
  );
  environment.set("var", dbtVariable);
  const interpreter = new Interpreter(environment);
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- the interpreter looks at \`type\` only
  const prepared: Parameters<Interpreter["evaluate"]>[0] = prepareTree(node);
  return plain(interpreter.evaluate(prepared, environment));
}

/** The value of the interpreter, or of an argument that it hands over, as a plain one. */
function plain(value: unknown): JinjaValue {
  if (Array.isArray(value)) {
    return value.map(plain);
  }
  if (value instanceof Map) {
    return Object.fromEntries(
      [...value].map(([key, item]) => [String(key), plain(item)]),
    );
  }
  if (
    typeof value === "object" &&
    value !== null &&
    "type" in value &&
    "value" in value
  ) {
    return value.type === "NullValue" ? null : plain(value.value);
  }
  if (typeof value === "function") {
    throw new JinjaFailure(
      "profileInvalid",
      "A function is named here but not called.",
    );
  }
  return value as JinjaValue;
}

function definedValue(value: JinjaValue): JinjaValue {
  if (value === undefined) {
    throw new JinjaFailure(
      "profileInvalid",
      "A name in this expression is not defined: dbt offers env_var() and var() in profiles.yml, and no target, no macros.",
    );
  }
  return value;
}

/** The result of a lone expression, with the type that dbt's own filters ask for. */
function nativeValue(value: JinjaValue): JinjaValue {
  if (typeof value !== "string") {
    return value;
  }
  const [kind, mark] =
    Object.entries(nativeMarks).find(([, sign]) => value.startsWith(sign)) ??
    [];
  const text = withoutMarks(value);
  if (kind === undefined || mark === undefined) {
    return text;
  }
  const literal = pythonLiteral(text);
  if (kind === "as_bool" && typeof literal !== "boolean") {
    throw new JinjaFailure(
      "profileInvalid",
      "Could not convert the value into type 'bool': it is neither True nor False.",
    );
  }
  if (kind === "as_number" && typeof literal !== "number") {
    throw new JinjaFailure(
      "profileInvalid",
      "Could not convert the value into type 'number'.",
    );
  }
  return literal === undefined ? text : literal;
}

/** Says where, and keeps the interpreter's own words to itself: they repeat what is written in the template. */
function located<T>(at: number, task: () => T): T {
  try {
    return task();
  } catch (error) {
    if (error instanceof JinjaFailure) {
      throw new JinjaFailure(error.errorClass, error.message, error.at ?? at);
    }
    if (error instanceof RangeError || isInterpreterError(error)) {
      throw new JinjaFailure(
        "profileInvalid",
        "This Jinja expression cannot be evaluated.",
        at,
      );
    }
    throw error;
  }
}

/** The interpreter throws plain errors, the parser may stumble over the end of a tag; ours are classes of their own. */
function isInterpreterError(error: unknown): boolean {
  return (
    error instanceof SyntaxError ||
    error instanceof TypeError ||
    (error instanceof Error && error.constructor === Error)
  );
}
