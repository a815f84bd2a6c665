import type { ErrorInfo, FilePlace } from "../errors/errorInfo";
import { errorInfo } from "../errors/makeError";
import { ViaductError } from "../errors/viaductError";
import { renderJinja } from "./jinja";
import type { JinjaContext } from "./jinjaFunctions";
import { JinjaFailure } from "./jinjaFailure";
import { jinjaParts } from "./jinjaParts";
import { pythonText, type JinjaValue } from "./jinjaValue";
import type {
  ProfileMap,
  ProfileNode,
  ProfileScalar,
  RenderedMap,
  RenderedNode,
  RenderedScalar,
} from "./profileNodes";

/** What evaluation needs. */
export interface RenderContext extends JinjaContext {
  readonly place: (offset: number) => FilePlace;
}

/** Evaluates the Jinja of every scalar; one that fails says so itself and stops nothing. */
export function renderMap(
  map: ProfileMap,
  context: RenderContext,
): RenderedMap {
  const entries = [...map.entries].map(
    ([key, node]) => [key, renderNode(node, context)] as const,
  );
  return { kind: "map", entries: new Map(entries), start: map.start };
}

/** The same for one scalar. */
export function renderScalar(
  scalar: ProfileScalar,
  context: RenderContext,
): RenderedNode {
  const { value, text, start } = scalar;
  if (typeof value !== "string") {
    return { kind: "scalar", value, text, start, problem: null };
  }
  try {
    return fromValue(renderJinja(value, context), start);
  } catch (error) {
    const problem = problemOf(error, scalar, context);
    return { kind: "scalar", value: null, text: "", start, problem };
  }
}

/** Every problem below a node, in the order of the file. */
export function problemsIn(node: RenderedNode): ErrorInfo[] {
  switch (node.kind) {
    case "scalar":
      return node.problem === null ? [] : [node.problem];
    case "list":
      return node.items.flatMap(problemsIn);
    case "map":
      return [...node.entries.values()].flatMap(problemsIn);
  }
}

function renderNode(node: ProfileNode, context: RenderContext): RenderedNode {
  switch (node.kind) {
    case "scalar":
      return renderScalar(node, context);
    case "list": {
      const items = node.items.map((item) => renderNode(item, context));
      return { kind: "list", items, start: node.start };
    }
    case "map":
      return renderMap(node, context);
  }
}

/** A value of an expression: `as_native` can make lists and mappings. */
function fromValue(value: JinjaValue, start: number): RenderedNode {
  if (Array.isArray(value)) {
    return {
      kind: "list",
      items: value.map((item) => fromValue(item, start)),
      start,
    };
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(
      ([key, item]) => [key, fromValue(item, start)] as const,
    );
    return { kind: "map", entries: new Map(entries), start };
  }
  const plain = value ?? null;
  const text =
    typeof plain === "boolean" || plain === null
      ? String(plain ?? "")
      : pythonText(plain);
  return {
    kind: "scalar",
    value: plain,
    text,
    start,
    problem: null,
  } satisfies RenderedScalar;
}

function problemOf(
  error: unknown,
  scalar: ProfileScalar,
  context: RenderContext,
): ErrorInfo {
  if (error instanceof ViaductError) {
    return error.info;
  }
  if (!(error instanceof JinjaFailure)) {
    throw error;
  }
  const file = context.place(tagOffset(scalar, error.at));
  return error.errorClass === "variableMissing"
    ? errorInfo("variableMissing", error.message, {
        file,
        hint: "Add the variable to an env file of the workspace or to the environment, or give env_var() a default.",
        actions: ["openProfile", "openEnvFile", "retry"],
      })
    : errorInfo(error.errorClass, error.message, { file });
}

/** The offset in the file of a tag whose offset in the value is known: the tags are in the same order in both. */
function tagOffset(scalar: ProfileScalar, at: number | null): number {
  if (at === null || typeof scalar.value !== "string") {
    return scalar.start;
  }
  let index = 0;
  try {
    index = jinjaParts(scalar.value.slice(0, at)).filter(
      ({ kind }) => kind !== "text",
    ).length;
  } catch {
    // A tag before it is not closed, and then that is the failure.
  }
  return scalar.tags[index] ?? scalar.start;
}
