import { isCredentialHeader, isCredentialName } from "../keys";
import { nameWords } from "../nameWords";
import type { RuleId } from "../ruleIds";
import type { Entry } from "./entry";

/** What a value is called, and the rule for it when its place alone decides that. */
export interface ValueName {
  readonly key: string;
  readonly rule?: RuleId;
}

/** Keys whose value is called what the `name` beside it says. */
const valueKeys =
  /^(?:value|(?:parameter|field|param|variable|env)_?value|default|defaultvalue|default_value|example|val|content|secretvalue)$/i;

/** Keys whose value is called what the key above it is. */
const valueBelow =
  /^(?:value|default|defaultvalue|example|_default|content|inline_?string|inline_?bytes)$/i;

/** Keys that name the value beside them, in the order of their weight. */
const labelKeys = [
  "name",
  "key",
  "id",
  "Name",
  "Key",
  "ParameterKey",
  "OptionName",
  "variable",
  "var",
  "field",
  "property",
  "param",
  "parameter",
  "option",
  "variable_name",
  "variableName",
  "param_name",
  "paramName",
  "env_name",
];

/** Words that make of a credential's name one of something else, in configuration. */
const otherWords =
  /^(?:random|empty|ask|prompt|expire|expires|valid|bos|eos|pad|unk|mask|sep|cls|type|check|verify|validate|insecure|skip|without|via|per|need|needs|supports?|can|accept|remember|save|keep|rotate|send|print|store_in|whether|if|when|before|after|until|unless|field|label|title|text|header|button|link|page|screen|form|dialog|icon|error|warning|help|hint)$/;

/** The name that says what a value is: its key, the `name` beside its `value`, or the key above its `default`. */
export function nameOf(entry: Entry): ValueName {
  const key = entry.path.at(-1) ?? "";
  if (entry.isListItem) {
    return { key: listName(entry, key) };
  }
  if (valueKeys.test(key)) {
    const label =
      labelKeys
        .map((each) => entry.siblings.get(each))
        .find((each) => each !== undefined && each !== "") ??
      // `{type: password, value: x}` of Keycloak
      (entry.siblings.get("type") === "password" ? "password" : undefined);
    if (label !== undefined) {
      return { key: label, rule: labelledRule(entry) };
    }
  }
  if (valueBelow.test(key)) {
    const above = entry.path.at(-2) ?? "";
    return entry.kind === "cloudformation"
      ? { key: above, rule: "CY212" }
      : { key: above };
  }
  return { key };
}

/** The rule for a `value` with a `name` beside it: a variable of a container or of a pipeline, or any other. */
function labelledRule({ kind, path }: Entry): RuleId {
  const list = path.at(-2) ?? "";
  if (kind === "ci" && list === "variables") {
    return "CY207";
  }
  const isContainer =
    (kind === "kubernetes" && list === "env") ||
    (kind === "generic" && /^extraEnv(?:Vars?)?$/.test(list));
  return isContainer ? "CY206" : "CY212";
}

/** `secrets: {cookie: [x], cipher: [y]}` of Ory's: the newest key first. */
function isKeyRing(path: readonly string[]): boolean {
  return (
    path.at(-2) === "secrets" &&
    /^(?:cookie|cipher|system)$/.test(path.at(-1) ?? "")
  );
}

/** Items have their list's name in the singular; a list that has it so itself lists means, not values. */
function listName(entry: Entry, key: string): string {
  if (isKeyRing(entry.path)) {
    return "secret";
  }
  const isPlural = /s$/i.test(key) && !/(?:pass|access)$/i.test(key);
  // Of tokens and secrets the names are listed more often than the values.
  const isValue = /\d/.test(entry.text) || /passwords$/i.test(key);
  return isPlural && isValue ? key.replace(/s$/i, "") : isValue ? key : "";
}

/** True when a name says, where it stands, that its value is a credential. */
export function namesCredential(entry: Entry, key: string): boolean {
  if (!isCredentialName(key) || key === "plain_text_passwd") {
    return isOwnName(entry, key);
  }
  return (
    // The function behind a custom resource is called so.
    key !== "ServiceToken" && !isOfOther(key) && !isKeyId(entry, nameWords(key))
  );
}

/** True for a name that a word makes one of something else: `MYSQL_RANDOM_ROOT_PASSWORD`, `password_field_token`. */
export function isOfOther(name: string): boolean {
  return (
    name !== "form_secret" &&
    nameWords(name)
      .slice(0, -1)
      .some((word) => otherWords.test(word))
  );
}

/** Names that are those of credentials in one place only: `isOwnName` decides. */
const ownName =
  /^(?:credentials|auth|key|cipher|system|client-key-data|plain_text_passwd|routing_key|httpHeaderValue\d*)$|enable[-_]?(?:password|secret)$/i;

/** False for a name that is no credential's wherever it stands. */
export function mayNameCredential(key: string): boolean {
  return isCredentialName(key) || ownName.test(key) || isCredentialHeader(key);
}

/** True for a key whose value is called what is beside it or above it. */
export function isValueKey(key: string): boolean {
  return valueKeys.test(key) || valueBelow.test(key);
}

/** What the name beside a `value` is, with any of the labels. */
export function hasCredentialLabel(
  siblings: ReadonlyMap<string, string>,
  mayName: (key: string) => boolean,
): boolean {
  return (
    siblings.get("type") === "password" ||
    labelKeys.some((each) => {
      const label = siblings.get(each);
      return label !== undefined && mayName(label);
    })
  );
}

/** Names that are those of credentials in one place only. */
function isOwnName(entry: Entry, key: string): boolean {
  const above = entry.path.at(-2) ?? "";
  switch (key) {
    case "credentials":
      return /^authorization$/i.test(above);
    case "auth":
      return /^[A-Za-z0-9+/]{12,}={0,2}$/.test(entry.text);
    case "key":
      return (
        /^keyauth_credentials$/.test(above) ||
        (/^(?:encryption|signing|hmac|jwt|cipher|cookie)$/i.test(above) &&
          /^(?=.*\d)(?=.*[A-Za-z])\S{16,}$/.test(entry.text))
      );
    case "routing_key":
      // PagerDuty's; a broker's has words.
      return /^[0-9a-f]{32}$/.test(entry.text);
    case "client-key-data":
    case "plain_text_passwd":
      return true;
    default:
      return (
        // The password that turns the privileges of a network device on.
        /(?:^|[a-z]_)enable[-_]?(?:password|secret)$/i.test(key) ||
        /^httpHeaderValue\d*$/.test(key) ||
        (isCredentialHeader(key) &&
          !/^cookie$/i.test(key) &&
          /^(?:\w+ +)?\S+$/.test(entry.text))
      );
  }
}

/** `access_key` beside a `secret_key` is the public half of the pair. */
function isKeyId(entry: Entry, words: readonly string[]): boolean {
  const isAccessKey =
    words.at(-1) === "accesskey" ||
    (words.at(-1) === "key" && words.at(-2) === "access");
  if (
    !isAccessKey ||
    /^(?:secret|shared|storage|account)$/.test(words.at(-3) ?? "")
  ) {
    return false;
  }
  return (
    /^A(?:KIA|SIA|IDA|ROA)/.test(entry.text) ||
    words.some((word) => /^(?:aws|minio|s3|accesskey)$/.test(word)) ||
    entry.isListItem ||
    entry.siblings.hasSecret
  );
}
