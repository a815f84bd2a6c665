import { isMap, isScalar } from "yaml";

/** What a YAML document, or a part of it, configures: it decides what a key means and how a value is referred to. */
export type FileKind =
  | "generic"
  | "dbt"
  | "compose"
  | "kubernetes"
  | "kubernetesSecret"
  /** Resources that hold references or ciphertext only: ExternalSecret, SealedSecret, … */
  | "secretReference"
  | "github"
  | "ci"
  | "cloudformation"
  | "openapi"
  | "translation";

const referenceKinds =
  /^(?:ExternalSecret|ClusterExternalSecret|SealedSecret|SopsSecret|SecretProviderClass|SecretStore|ClusterSecretStore|VaultStaticSecret|VaultDynamicSecret|PushSecret|InfisicalSecret|OnePasswordItem|BitwardenSecret)$/;

/** The kind of the map with these names, within what is known from around it. */
export function mapKind(
  names: ReadonlyMap<string, unknown>,
  siblings: ReadonlyMap<string, string>,
  around: { readonly path: readonly string[]; readonly kind: FileKind },
): FileKind {
  const kind = siblings.get("kind") ?? "";
  if (
    kind !== "" &&
    (names.has("apiVersion") ||
      names.has("metadata") ||
      names.has("data") ||
      names.has("stringData"))
  ) {
    if (kind.toLowerCase() === "secret") {
      return "kubernetesSecret";
    }
    return referenceKinds.test(kind) ? "secretReference" : "kubernetes";
  }
  if (around.path.length > 0) {
    return around.kind;
  }
  return rootKind(names);
}

function rootKind(names: ReadonlyMap<string, unknown>): FileKind {
  const has = (name: string): boolean => names.has(name);
  if (
    [...names.values()].some(
      (value) => isMap(value) && isMap(value.get("outputs")),
    )
  ) {
    return "dbt";
  }
  if (has("openapi") || has("swagger")) {
    return "openapi";
  }
  if (has("AWSTemplateFormatVersion") || isMap(names.get("Resources"))) {
    return "cloudformation";
  }
  if (has("jobs") && (has("on") || has("true"))) {
    return "github";
  }
  if (has("runs") && has("inputs")) {
    return "github";
  }
  if (
    isMap(names.get("services")) &&
    !has("jobs") &&
    !has("stages") &&
    !has("script")
  ) {
    return "compose";
  }
  if (
    [
      "jobs",
      "stages",
      "script",
      "before_script",
      "steps",
      "pipelines",
      "pool",
    ].some(has)
  ) {
    return "ci";
  }
  if (
    [...names.values()].some((value) => isMap(value) && value.has("script"))
  ) {
    return "ci";
  }
  return isTranslation(names) ? "translation" : "generic";
}

/** A Rails-like file: one language code at the root, and no scalar there. */
function isTranslation(names: ReadonlyMap<string, unknown>): boolean {
  const [first, ...rest] = names.keys();
  return (
    rest.length === 0 &&
    /^[a-z]{2}(?:[-_][A-Za-z]{2,4})?$/.test(first ?? "") &&
    !isScalar(names.get(first ?? ""))
  );
}
