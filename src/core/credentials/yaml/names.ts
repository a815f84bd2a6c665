import { isCredentialHeader, isCredentialName } from "../keys";
import type { RuleId } from "../ruleIds";
import { anchoredName } from "./anchor";
import type { Entry } from "./entry";
import type { Name, Names } from "./nameFacts";

/** The name that says what a value is: its key, the `name` beside its `value`, or the key above its `default`. */
export function nameOf(entry: Entry, names: Names): Name {
  const found = placeName(entry, names);
  return found.claim === "none" ? (anchoredName(entry, names) ?? found) : found;
}

function placeName(entry: Entry, names: Names): Name {
  if (entry.isListItem) {
    return names.of(listName(entry));
  }
  const name = names.of(entry.name);
  const label = name.isLabelled ? entry.siblings.labels[0] : undefined;
  if (label !== undefined) {
    return names.of(label);
  }
  return name.isCalledAbove ? names.of(entry.above) : name;
}

/** The rule for a value that has its name from where it stands, when that alone decides it; null for any other. */
export function ruleOfPlace(
  entry: Entry,
  found: Name,
  names: Names,
): RuleId | null {
  if (entry.isListItem || placeName(entry, names) !== found) {
    return null;
  }
  const name = names.of(entry.name);
  if (name.isLabelled && entry.siblings.labels.length > 0) {
    return labelledRule(entry);
  }
  return name.isCalledAbove && entry.kind === "cloudformation" ? "CY212" : null;
}

/** The rule for a `value` with a `name` beside it: a variable of a container or of a pipeline, or any other. */
function labelledRule({ above: list, kind }: Entry): RuleId {
  if (kind === "ci" && list === "variables") {
    return "CY207";
  }
  const isContainer =
    (kind === "kubernetes" && list === "env") ||
    (kind === "generic" && /^extraEnv(?:Vars?)?$/.test(list));
  return isContainer ? "CY206" : "CY212";
}

/** `secrets: {cookie: [x], cipher: [y]}` of Ory's: the newest key first. */
function isKeyRing({ above, name }: Entry): boolean {
  return above === "secrets" && /^(?:cookie|cipher|system)$/.test(name);
}

/** Items have their list's name in the singular; a list that has it so itself lists means, not values. */
function listName(entry: Entry): string {
  if (isKeyRing(entry)) {
    return "secret";
  }
  const { name, text } = entry;
  // Of tokens and secrets the names are listed more often than the values.
  if (!/passwords$/i.test(name) && !/\d/.test(text)) {
    return "";
  }
  return /(?:pass|access)$/i.test(name) ? name : name.replace(/s$/i, "");
}

/** True when a name says, where it stands, that its value is a credential. */
export function namesCredential(entry: Entry, name: Name): boolean {
  switch (name.claim) {
    case "none":
      return false;
    case "credential":
      return true;
    case "keyId":
      return !isKeyId(entry, name.words);
    case "own":
      return isOwnName(entry, name);
  }
}

/** Names that are those of credentials in one place only. */
function isOwnName(entry: Entry, { isHeader, text: key }: Name): boolean {
  const { above } = entry;
  switch (key.toLowerCase()) {
    case "credentials":
      return /^authorization$/i.test(above);
    case "auth":
      return /^[A-Za-z0-9+/]{12,}={0,2}$/.test(entry.text);
    case "key":
      return (
        (/^key[-_]?auth(?:[-_]credentials)?$/i.test(above) &&
          entry.text !== "value") ||
        // That of a service with a type and an address, as dashboards and their like ask for it.
        (/^[0-9a-f]{32}$/.test(entry.text) &&
          entry.siblings.has("type") &&
          isService(entry.siblings.get("url"))) ||
        (/^(?:encryption|signing|hmac|jwt|cipher|cookie)$/i.test(above) &&
          /^(?=.*\d)(?=.*[A-Za-z])\S{16,}$/.test(entry.text))
      );
    case "routing_key":
      // PagerDuty's; a broker's has words.
      return /^[0-9a-f]{32}$/.test(entry.text);
    case "server_key":
    case "serverkey":
      return /fcm|gcm|firebase|midtrans/i.test(above);
    case "pat":
      // A personal access token: Dremio's in a profile of dbt's, Azure's and others where it is long; no path or name of a file.
      return entry.kind === "dbt" || /^(?=.*\d)[\w+=-]{20,}$/.test(entry.text);
    case "pepper":
      return /pass|auth|hash|secur|devise/i.test(above);
    case "tokenauth":
    case "token_auth":
      // A switch, or the name of a method, has no digit and no sign.
      return /^(?=.*[\d+/=.-])\S{8,}$/.test(entry.text);
    case "client-key-data":
      return true;
    default:
      return (
        // The password that turns the privileges of a network device on.
        /(?:^|[a-z]_)enable[-_]?(?:password|secret)$/i.test(key) ||
        (/^httpHeaderValue\d*$/i.test(key) && isSecretHeader(entry)) ||
        (isHeader &&
          !/^cookie$/i.test(key) &&
          /^(?:\w+ +)?\S+$/.test(entry.text))
      );
  }
}

/** Not so a file to be fetched, of which the key is a digest; a page may be a program's. */
function isService(url: string | undefined): boolean {
  return (
    url !== undefined &&
    !/^\w{1,20}:\/\/[^/]+\/.*\.(?!php|aspx?|jsp|cgi)[a-z]\w{1,4}(?:[?#]|$)/i.test(
      url,
    )
  );
}

/** Not so the value of `X-Scope-OrgID`, which is a tenant's name. */
function isSecretHeader({ header, text }: Entry): boolean {
  return header === undefined
    ? /^(?:bearer|basic|token|apikey)\s|^(?=.*\d)\S{16,}$/i.test(text)
    : isCredentialHeader(header) || isCredentialName(header);
}

/** `access_key` beside a `secret_key` is the public half of the pair. */
function isKeyId(entry: Entry, words: readonly string[]): boolean {
  return (
    /^A(?:KIA|SIA|IDA|ROA)/.test(entry.text) ||
    words.some((word) => /^(?:aws|minio|s3|accesskey)$/.test(word)) ||
    entry.isListItem ||
    entry.siblings.hasSecret
  );
}
