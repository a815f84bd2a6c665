import type { FilePlace } from "../errors/errorInfo";
import type { RenderedMap, RenderedNode } from "./profileNodes";
import { hasProblem, isTrue, itemsOf, scalarOf } from "./rendered";

/** A value of a secret: DuckDB's parameters can be lists (SCOPE) and maps (EXTRA_HTTP_HEADERS), too. */
export type SecretValue =
  string | readonly string[] | ReadonlyMap<string, string>;

/** A secret of a dbt-duckdb output. */
export interface DuckdbSecret {
  readonly name: string;
  readonly type: string;
  /** Empty for the type's own. */
  readonly provider: string;
  readonly values: ReadonlyMap<string, SecretValue>;
  readonly file: FilePlace;
}

/** The name that dbt-duckdb gives a secret without one, by its place in the list. */
const defaultSecretName = "_dbt_secret_";

/** Keys of an entry that are not parameters of the secret. */
const ownKeys = new Set(["type", "name", "provider", "persistent"]);

/** Told what is wrong with an entry. */
type Report = (message: string, node: RenderedNode) => void;

/** The entries of `secrets`, a list or a mapping by name, and what `use_credential_provider` stands for. */
export function duckdbSecrets(
  map: RenderedMap,
  place: (offset: number) => FilePlace,
  report: Report,
): DuckdbSecret[] {
  const named = secretNodes(map);
  const secrets = named.flatMap(({ name, node }) => {
    const secret = readSecret(name, node, report);
    return secret === null ? [] : [{ ...secret, file: place(node.start) }];
  });
  const provider = scalarOf(map, "use_credential_provider");
  if (provider?.text === "aws") {
    secrets.push({
      name: `${defaultSecretName}${named.length + 1}`,
      type: "s3",
      provider: "credential_chain",
      values: new Map(),
      file: place(provider.start),
    });
  } else if (provider !== undefined && provider.problem === null) {
    report(
      "use_credential_provider can only be aws, as in dbt-duckdb.",
      provider,
    );
  }
  return secrets;
}

/** The entries of `secrets` with the names that they have in DuckDB. */
export function secretNodes(
  map: RenderedMap,
): { readonly name: string; readonly node: RenderedNode }[] {
  const node = map.entries.get("secrets");
  if (node?.kind === "map" && !node.entries.has("type")) {
    return [...node.entries].map(([name, item]) => ({
      name: givenName(item) ?? name,
      node: item,
    }));
  }
  return itemsOf(node).map((item, index) => ({
    name: givenName(item) ?? `${defaultSecretName}${index + 1}`,
    node: item,
  }));
}

/** True for the secrets of an output that would be written to disk, were they made as dbt-duckdb makes them. */
export function hasPersistentSecret(map: RenderedMap): boolean {
  return secretNodes(map).some(
    ({ node }) => node.kind === "map" && isTrue(node.entries.get("persistent")),
  );
}

function givenName(node: RenderedNode): string | null {
  return node.kind === "map" ? (scalarOf(node, "name")?.text ?? null) : null;
}

function readSecret(
  name: string,
  node: RenderedNode,
  report: Report,
): Omit<DuckdbSecret, "file"> | null {
  if (hasProblem(node)) {
    return null;
  }
  const type = node.kind === "map" ? (scalarOf(node, "type")?.text ?? "") : "";
  if (node.kind !== "map" || !/^\w+$/.test(type)) {
    report(
      "An entry of secrets is a mapping with a type, such as s3 or postgres.",
      node,
    );
    return null;
  }
  const values = new Map<string, SecretValue>();
  for (const [key, item] of node.entries) {
    const value = ownKeys.has(key) ? null : secretValue(item);
    if (value !== null && /^\w+$/.test(key)) {
      values.set(key.toLowerCase(), value);
    } else if (value !== null) {
      report(
        "A key of a secret is a word of letters, digits and underscores.",
        item,
      );
    }
  }
  return {
    name,
    type,
    provider: scalarOf(node, "provider")?.text ?? "",
    values,
  };
}

function secretValue(node: RenderedNode): SecretValue | null {
  switch (node.kind) {
    case "scalar":
      return node.value === null ? null : node.text;
    case "list":
      return node.items.map((item) =>
        item.kind === "scalar" ? item.text : "",
      );
    case "map":
      return new Map(
        [...node.entries].map(([key, item]) => [
          key,
          item.kind === "scalar" ? item.text : "",
        ]),
      );
  }
}
