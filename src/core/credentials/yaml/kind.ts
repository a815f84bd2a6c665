import { memberOf, type YamlNode } from "./node";

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

/** Codes of languages that software is translated to; `db`, `qa` and `ci` are none. */
const languageCode =
  /^(?:ar|bg|bn|ca|cs|cy|da|de|el|en|es|et|eu|fa|fi|fr|ga|gl|he|hi|hr|hu|id|is|it|ja|ka|ko|lt|lv|mk|ms|nb|nl|nn|no|pl|pt|ro|ru|sk|sl|sq|sr|sv|th|tr|uk|ur|vi|zh)(?:[-_][A-Za-z]{2,4})?$/;

const referenceKinds =
  /^(?:ExternalSecret|ClusterExternalSecret|SealedSecret|SopsSecret|SecretProviderClass|SecretStore|ClusterSecretStore|VaultStaticSecret|VaultDynamicSecret|PushSecret|InfisicalSecret|OnePasswordItem|BitwardenSecret)$/;

/** What says which names a map has. */
interface Named {
  has(name: string): boolean;
}

/** What gives the texts of a map by name. */
interface Texts {
  get(name: string): string | undefined;
}

/** The kind of a map that is a resource of Kubernetes; null for any other. */
export function resourceKind(names: Named, texts: Texts): FileKind | null {
  const kind = texts.get("kind") ?? "";
  if (
    kind === "" ||
    !(
      names.has("apiVersion") ||
      names.has("metadata") ||
      names.has("data") ||
      names.has("stringData")
    )
  ) {
    return null;
  }
  if (kind.toLowerCase() === "secret") {
    return "kubernetesSecret";
  }
  return referenceKinds.test(kind) ? "secretReference" : "kubernetes";
}

/** The kind of a file by its first keys alone: for what is not parsed. */
export function guessedKind(text: string): FileKind {
  const has = (pattern: RegExp): boolean => pattern.test(text);
  if (has(/^(?:openapi|swagger)\s*:/m)) {
    return "openapi";
  }
  if (has(/^(?:AWSTemplateFormatVersion|Resources)\s*:/m)) {
    return "cloudformation";
  }
  if (has(/^jobs\s*:/m) && has(/^["']?on["']?\s*:|^ {2,8}runs-on\s*:/m)) {
    return "github";
  }
  if (has(/^\s{0,8}outputs\s*:\s*$/m)) {
    return "dbt";
  }
  return has(/^services\s*:\s*$/m) && !has(/^(?:jobs|stages|script)\s*:/m)
    ? "compose"
    : "generic";
}

/** True for jobs of GitHub's in a part of a workflow, as documentation shows it: others have no `runs-on`. */
function hasRunners(names: ReadonlyMap<string, YamlNode>): boolean {
  const jobs = names.get("jobs");
  return (
    jobs?.type === "map" &&
    jobs.values.some((job) => memberOf(job, "runs-on") !== undefined)
  );
}

function isMap(node: YamlNode | undefined): boolean {
  return node?.type === "map";
}

/** The kind of a document by the map at its root. */
export function rootKind(names: ReadonlyMap<string, YamlNode>): FileKind {
  const has = (name: string): boolean => names.has(name);
  const hasOutputs = [...names.values()].some((value) =>
    isMap(memberOf(value, "outputs")),
  );
  // The root of a profile, as documentation shows it: targets right below `outputs`.
  const isProfile = isMap(names.get("outputs")) && !names.has("inputs");
  if (hasOutputs || isProfile) {
    return "dbt";
  }
  if (has("openapi") || has("swagger")) {
    return "openapi";
  }
  if (has("AWSTemplateFormatVersion") || isMap(names.get("Resources"))) {
    return "cloudformation";
  }
  if (has("jobs") && (has("on") || has("true") || hasRunners(names))) {
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
    [...names.values()].some((value) => memberOf(value, "script") !== undefined)
  ) {
    return "ci";
  }
  return isTranslation(names) ? "translation" : "generic";
}

const databaseImage =
  /(?:^|\/)[\w.-]*(?:postgres|postgis|mysql|mariadb|mongo|redis|valkey|mssql|sql-?server|rabbitmq|minio|clickhouse|elasticsearch|influxdb|neo4j|cassandra|cockroach|timescale)[\w.-]*(?::|@|$)/i;

/** Longer names of images are not looked at. */
const longestImage = 500;

/** True for a map that describes a database which is there for one run, or which only its neighbours reach. */
export function isService(
  kind: FileKind,
  path: readonly string[],
  map: Named & Texts,
): boolean {
  switch (kind) {
    case "github":
    case "ci":
      return (
        path.some((name) => name === "services" || name === "docker") &&
        isDatabase(map)
      );
    case "compose":
      return path.at(-2) === "services" && !map.has("ports") && isDatabase(map);
    default:
      return false;
  }
}

function isDatabase(map: Texts): boolean {
  const image = map.get("image") ?? map.get("name") ?? "";
  return image.length <= longestImage && databaseImage.test(image);
}

/** A Rails-like file: one language code at the root, and no scalar there. */
function isTranslation(names: ReadonlyMap<string, YamlNode>): boolean {
  const [first, ...rest] = names.keys();
  return (
    rest.length === 0 &&
    languageCode.test(first ?? "") &&
    names.get(first ?? "")?.type !== "scalar"
  );
}
