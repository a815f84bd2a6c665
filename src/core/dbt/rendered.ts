import type { ErrorInfo } from "../errors/errorInfo";
import { ViaductError } from "../errors/viaductError";
import type { RenderedMap, RenderedNode, RenderedScalar } from "./profileNodes";

/** The scalar under the first of these keys; undefined when there is none, or when it is null. */
export function scalarOf(
  map: RenderedMap,
  ...keys: readonly string[]
): RenderedScalar | undefined {
  for (const key of keys) {
    const node = map.entries.get(key);
    if (
      node?.kind === "scalar" &&
      (node.value !== null || node.problem !== null)
    ) {
      return node;
    }
  }
  return undefined;
}

/** The text under the first of these keys; null when there is none. Throws the problem of its Jinja. */
export function textOf(
  map: RenderedMap,
  ...keys: readonly string[]
): string | null {
  const scalar = scalarOf(map, ...keys);
  if (scalar === undefined) {
    return null;
  }
  if (scalar.problem !== null) {
    throw new ViaductError(scalar.problem);
  }
  return scalar.text;
}

/** A number as it is meant (`5_432`), anything else as it is written. */
export function numberText(scalar: RenderedScalar): string {
  return Number.isSafeInteger(scalar.value)
    ? String(scalar.value)
    : scalar.text;
}

/** A bool of YAML, or a text that dbt's schema takes for one. */
export function isTrue(node: RenderedNode | undefined): boolean {
  return (
    node?.kind === "scalar" &&
    /^(?:true|yes|on|1)$/i.test(String(node.value ?? ""))
  );
}

/** The items of a list; one item where none but one is written. */
export function itemsOf(
  node: RenderedNode | undefined,
): readonly RenderedNode[] {
  if (
    node === undefined ||
    (node.kind === "scalar" && node.value === null && node.problem === null)
  ) {
    return [];
  }
  return node.kind === "list" ? node.items : [node];
}

/** Problems, each place once: an anchor can be used many times. */
export function distinctProblems<P extends ErrorInfo>(
  problems: readonly P[],
): P[] {
  const seen = new Set<string>();
  return problems.filter(({ file, message }) => {
    const key = JSON.stringify([file, message]);
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

/** True for a scalar whose Jinja could not be evaluated, or something with one in it. */
export function hasProblem(node: RenderedNode | undefined): boolean {
  switch (node?.kind) {
    case undefined:
      return false;
    case "scalar":
      return node.problem !== null;
    case "list":
      return node.items.some(hasProblem);
    case "map":
      return [...node.entries.values()].some(hasProblem);
  }
}
