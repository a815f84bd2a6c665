import type { Candidate, Report } from "../finding";
import { isCredentialName, isWeakName, nameWords } from "../keys";
import type { RuleId } from "../ruleIds";
import { decodeBase64 } from "./base64";
import type { Entry } from "./entries";

/** Values that name a type, a mode or a rule rather than being one: `password: string`, `id-token: write`. */
export const nonValues =
  /^(?:string|str|text|varchar|integer|int|number|boolean|bool|object|array|password|required|optional|bearer|basic|oauth2?|jwt|opaque|random|auto|automatic|generated?|prompt|ask|env|environment|vault|file|header|cookie|query|body|read|write|admin_only|always|never|enabled|disabled|plain|plaintext|sha256|md5|bcrypt|hidden|all|any|inherit|same|secure|unencrypted|encrypted)$/i;

/** Keys of a Secret that hold no secret. */
const openSecretKeys =
  /^(?:user(?:_?name)?|.*[-_.](?:user(?:name)?|host|port|name|database|email|url|region)|login|email|host(?:name)?|port|database|db(?:_?name)?|namespace|region|endpoint|server|ca|ca\.(?:crt|pem)|tls\.crt|.*\.(?:crt|pub|cer)|known_hosts|type|url)$/i;

/** Reports the value of an entry whose key, or whose place, says credential. */
export function readKeyed(entry: Entry, report: Report): void {
  if (
    !entry.isText ||
    (entry.tag !== "" && entry.tag !== "!!binary") ||
    entry.kind === "secretReference"
  ) {
    return;
  }
  if (entry.kind === "kubernetesSecret" && isSecretData(entry)) {
    readSecretData(entry, report);
    return;
  }
  const name = effectiveName(entry);
  if (name === null || !isCredentialName(name.key)) {
    return;
  }
  if (isReference(entry, name.key) || isOtherUse(entry, name.key)) {
    return;
  }
  report(candidate(entry, name.rule ?? ruleOf(entry), name.key));
}

function candidate(
  entry: Entry,
  rule: RuleId,
  key: string,
  value = entry.text,
): Candidate {
  const user = userOf(entry);
  return {
    rule,
    range: entry.range,
    value,
    key,
    place: "yamlScalar",
    subject:
      rule === "CY201"
        ? (entry.path[entry.path.indexOf("outputs") + 1] ?? "")
        : rule === "CY212"
          ? key
          : entry.subject,
    ...(user === undefined ? {} : { user }),
  };
}

function userOf(entry: Entry): string | undefined {
  for (const [name, value] of entry.siblings) {
    const last = nameWords(name).at(-1);
    if (last === "user" || last === "username" || last === "login") {
      return value;
    }
  }
  return undefined;
}

function isSecretData(entry: Entry): boolean {
  const parent = entry.path.at(-2);
  return parent === "data" || parent === "stringData";
}

function readSecretData(entry: Entry, report: Report): void {
  const key = entry.path.at(-1) ?? "";
  if (openSecretKeys.test(key)) {
    return;
  }
  const isEncoded = entry.path.at(-2) === "data";
  const decoded = isEncoded ? decodeBase64(entry.text) : null;
  const isReadable = decoded !== null && /^[\x20-\x7e\s]+$/.test(decoded);
  // What is random bytes when decoded is judged by its text, which no placeholder's form fits then.
  report(candidate(entry, "CY205", key, isReadable ? decoded : entry.text));
}

interface EffectiveName {
  readonly key: string;
  readonly rule?: RuleId;
}

/** The name that says what the value is: its key, the `name` beside its `value`, or the key above its `default`. */
function effectiveName(entry: Entry): EffectiveName | null {
  const key = entry.path.at(-1) ?? "";
  const lower = key.toLowerCase();
  if (entry.isListItem) {
    return { key: key.replace(/s$/, "") };
  }
  if (
    lower === "value" ||
    lower === "parametervalue" ||
    lower === "fieldvalue"
  ) {
    const beside = [
      "name",
      "key",
      "id",
      "Name",
      "Key",
      "ParameterKey",
      "variable",
      "var",
      "field",
      "property",
      "param",
    ];
    const label = beside
      .map((each) => entry.siblings.get(each))
      .find((each) => each !== undefined);
    if (label !== undefined) {
      const isContainer =
        entry.kind === "kubernetes" && entry.path.at(-2) === "env";
      return { key: label, rule: isContainer ? "CY206" : "CY212" };
    }
  }
  if (lower === "value" || lower === "default" || lower === "example") {
    const above = entry.path.at(-2) ?? "";
    const rule = entry.kind === "cloudformation" ? "CY212" : undefined;
    return { key: above, ...(rule === undefined ? {} : { rule }) };
  }
  return { key };
}

/** The rule for a keyed value, by the kind of file and place in it. */
export function ruleOf(entry: Entry): RuleId {
  const { kind, path } = entry;
  const isEnvironment = path.some((name) =>
    /^(?:environment|env|variables|env_vars|envVars)$/.test(name),
  );
  switch (kind) {
    case "dbt":
      return path.includes("outputs") ? "CY201" : "CY210";
    case "compose":
      return "CY203";
    case "github":
    case "ci":
      return "CY207";
    case "kubernetes":
      return isEnvironment ? "CY206" : "CY210";
    case "generic":
      return isEnvironment ? "CY203" : "CY210";
    case "kubernetesSecret":
    case "secretReference":
    case "cloudformation":
    case "openapi":
    case "translation":
      return "CY210";
  }
}

/** `secret: my-app-tls` and `secretKey: password` beside a `remoteRef` name a thing that is elsewhere. */
function isReference(entry: Entry, key: string): boolean {
  const { kind, siblings, text } = entry;
  const refersBeside = [
    "remoteRef",
    "property",
    "secretName",
    "objectName",
    "secretKeyRef",
  ].some((name) => siblings.has(name));
  if (refersBeside && /key$/i.test(key)) {
    return true;
  }
  // `secretKey: password` of a mount or an external secret names an entry; `EncryptionKey` names a key of the cloud.
  if (key === "secretKey" && /^[a-z]+(?:[-_.][a-z]+)*$/.test(text)) {
    return true;
  }
  if (kind === "cloudformation" && /encryptionkey/i.test(key)) {
    return true;
  }
  const isKeyOfReference = entry.path.some((name) =>
    /(?:KeyRef|SecretRef|secretRef|valueFrom|remoteRef|existingSecret)$/.test(
      name,
    ),
  );
  const isResourceName =
    /^[a-z0-9]+(?:[-./][a-z0-9]+)+$/.test(text) && /[a-z]{3}/.test(text);
  const lastWord = nameWords(key).at(-1);
  const isInfrastructure = [
    "kubernetes",
    "github",
    "ci",
    "compose",
    "cloudformation",
  ].includes(kind);
  return (
    isKeyOfReference ||
    (isInfrastructure &&
      lastWord === "secret" &&
      isWeakName(key) &&
      isResourceName)
  );
}

/** Labels, schemas and switches that only have a credential's name. */
function isOtherUse(entry: Entry, key: string): boolean {
  const { kind, path, style, text } = entry;
  const words = nameWords(key);
  const isPassword = words.some((word) => /pass|pwd|^pw$/.test(word));
  if (kind === "translation" || (entry.isNumber && !isPassword)) {
    return true;
  }
  const leaf = path.at(-1)?.toLowerCase() ?? "";
  if (kind === "openapi" && leaf !== "example" && leaf !== "default") {
    return true;
  }
  if (nonValues.test(text) && !(isPassword && isSpecific(entry, words))) {
    return true;
  }
  if (
    path.some((name) =>
      /^(?:labels?|translations?|messages?|i18n|locales?|placeholders?|permissions|columns|properties|schema|definitions|descriptions?|tests)$/.test(
        name,
      ),
    ) &&
    kind !== "openapi"
  ) {
    return true;
  }
  const isProse = /\s/.test(text) && style !== "block";
  const isKnown =
    kind === "dbt" || kind === "compose" || kind === "github" || kind === "ci";
  const isWordsOnly =
    isProse && (!isKnown || /^[A-Z]?[a-z]+(?: [a-z]+){2,}[.?!]?$/.test(text));
  return (
    isWordsOnly ||
    /^[^ -~]+$/.test(text) ||
    (words.length === 1 && text.length < 3)
  );
}

/** `POSTGRES_PASSWORD: password` is one; `password: password` is a label or a placeholder. */
function isSpecific(entry: Entry, words: readonly string[]): boolean {
  return words.length > 1 || entry.kind === "dbt";
}
