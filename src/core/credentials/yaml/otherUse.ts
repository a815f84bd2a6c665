import { isInstruction, isNonValue } from "../nonValues";
import { isSentence } from "../prose";
import type { Entry } from "./entry";
import { below, type Name, type Names } from "./nameFacts";
import type { Texts } from "./textFacts";

/**
 * `secret: my-app-tls` and `secretKey: password` beside a `remoteRef` name a thing that is elsewhere; `above` is what the
 * names of the entry's path say.
 */
export function isReference(
  entry: Entry,
  name: Name,
  names: Names,
  above: number,
): boolean {
  const { kind, siblings, path, text } = entry;
  const { text: key } = name;
  if ((above & below.reference) !== 0) {
    return true;
  }
  if (siblings.refer && /key$/i.test(key)) {
    return true;
  }
  if (isSecretsName(entry, name)) {
    return true;
  }
  // `password: {secret: shop-db, key: password}`
  if (key === "secret") {
    const parent = names.of(path.at(-2) ?? "");
    if (parent.isCredential && (siblings.has("key") || !parent.isWeak)) {
      return true;
    }
    // `{secret: db, key: password}`: what the key is called like is what is kept under it.
    if (
      names.of(siblings.get("key") ?? "").isCredential &&
      /^[a-z][\w.-]*$/.test(text)
    ) {
      return true;
    }
    // `{secret: omniauth-google, key: provider}` names an entry of a secret; a pair of a key and its secret has digits.
    if (siblings.has("key") && /^[a-z]+(?:[-.][a-z]+)+$/.test(text)) {
      return true;
    }
  }
  // `secretKey: password` of a mount or an external secret names an entry; `EncryptionKey` names a key of the cloud.
  if (/secretkey$/i.test(key) && /^[a-z]+(?:[-_.][a-z]+)*$/.test(text)) {
    return true;
  }
  // A parameter of a stack may be the name of one in the store of parameters.
  if (/^AWS::(?:SSM|SecretsManager)/.test(siblings.get("Type") ?? "")) {
    return true;
  }
  if (kind === "cloudformation" && /encryptionkey/i.test(key)) {
    return true;
  }
  return (
    ((above & below.secrets) !== 0 && isSecretList(entry)) ||
    isResource(entry, name, above)
  );
}

/** `spec: {auth: {secret: authsecret}}` of a resource of Kubernetes' names one: what is secret is in it, not here. */
function isSecretsName(
  { kind, path, text }: Entry,
  { text: key, words }: Name,
): boolean {
  return (
    kind === "kubernetes" &&
    path[0] === "spec" &&
    /^secrets?$/.test(words.at(-1) ?? "") &&
    // A client's is the second half of its login: a name has a hyphen there.
    (!/^(?:client|consumer)$/.test(words.at(-2) ?? "") || /[-.]/.test(text)) &&
    key === path.at(-1)?.replace(/s$/, "") &&
    !path.some((each) => /^(?:env|values\w*|config|data)$/i.test(each)) &&
    /^[a-z]+(?:[-.][a-z]+)*-?\d?$/.test(text)
  );
}

/** Names in the lists of secrets that a service, a job or a pod may read. */
function isSecretList({ isListItem, kind, path, text }: Entry): boolean {
  return (
    kind === "compose" ||
    (isListItem &&
      path.at(-1) === "secrets" &&
      /^[A-Za-z][\w./:-]*$/.test(text) &&
      !/\d[A-Za-z]+\d/.test(text))
  );
}

/** `tlsSecret: shop-tls`: a resource has words and hyphens for its name, a credential does not. */
function isResource({ kind, text }: Entry, name: Name, above: number): boolean {
  const { words } = name;
  // What a target of dbt's needs to connect is in it.
  if (
    (words.at(-1) !== "secret" && words.at(-1) !== "token") ||
    kind === "dbt"
  ) {
    return false;
  }
  const isName =
    /^[a-z0-9]+(?:[-./][a-z0-9]+)+$/.test(text) &&
    /[a-z]{3}/.test(text) &&
    !/^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(text);
  // `passwordSecret` names the secret with the password, and `tokenSecret` is the second half of a token.
  if (
    words.at(-1) === "secret" &&
    (kind === "kubernetes"
      ? /^(?:password|passwd|passphrase|token|key)$/
      : /^(?:password|passwd|passphrase)$/
    ).test(words.at(-2) ?? "") &&
    /^[a-z]+(?:[-./][a-z0-9]+)*$/.test(text)
  ) {
    return true;
  }
  // A program is given its secret; a name has no digit among its letters.
  const isVariable =
    (above & below.environment) !== 0 && /[a-z]\d[a-z]|\d[a-z]\d/.test(text);
  const isInfrastructure =
    kind === "kubernetes" ||
    kind === "github" ||
    kind === "ci" ||
    kind === "compose" ||
    kind === "cloudformation";
  const isOfResource =
    words.length > 1 &&
    /^(?:tls|ssl|truststore|keystore|jks|pull|image|cert|certificate|ca|ingress|k8s|kubernetes|registry|from|credentials?|config|env|existing|secret|auth)$/.test(
      words.at(-2) ?? "",
    );
  // `sshKeySecret` names the secret with the key; of an API's or a consumer's key it is the second half.
  const isOfKey =
    words.at(-1) === "secret" &&
    words.at(-2) === "key" &&
    /^(?:ssh|tls|ssl|gpg|private|deploy|signing|host|git|encryption|fernet)$/.test(
      words.at(-3) ?? "",
    );
  // An `auth_token` is given as it is, an `authSecret` by its name.
  const isToken = words.at(-1) === "token" && words.at(-2) === "auth";
  const endsAsOne =
    /[-.](?:secrets?|tls|certs?|creds?|credentials?|tokens?|keys?|auth|pull|registry|config)$/.test(
      text,
    );
  return (
    isName &&
    ((isInfrastructure && name.isWeak && !isVariable) ||
      (isOfResource && !isToken) ||
      isOfKey ||
      (words.at(-1) === "secret" && endsAsOne))
  );
}

/** Labels, schemas and switches that only have a credential's name; `above` is what the names of the path say. */
export function isOtherUse(
  entry: Entry,
  name: Name,
  texts: Texts,
  above: number,
): boolean {
  const { kind, text } = entry;
  const { isPassword, words } = name;
  if (
    kind === "translation" ||
    (words.length === 1 && text.length < 3) ||
    (entry.isNumber && !isNumericPassword(entry, words, isPassword))
  ) {
    return true;
  }
  if (kind === "openapi" && (above & below.example) === 0) {
    return true;
  }
  if (
    isNonValue(text) &&
    !(isPassword && isSpecific(entry, words) && !isInstruction(text))
  ) {
    return true;
  }
  // What the rows of a table are to have, as dbt's unit tests give them.
  if ((above & below.rows) !== 0 && entry.name !== "rows") {
    return true;
  }
  // What Flyway puts in the place of its placeholders is a value.
  if (
    kind !== "openapi" &&
    (above & below.labels) !== 0 &&
    !entry.path.includes("flyway")
  ) {
    return true;
  }
  return (
    ((above & below.log) !== 0 && isLogLevel(text)) ||
    texts.of(text).isOther ||
    isProse(entry, words) ||
    isAmongLabels(entry) ||
    isColumn(entry, isPassword) ||
    isTextKey(text, words) ||
    (entry.siblings.has("$ref") && entry.siblings.has("type"))
  );
}

/** `logging.level: {org.example.password: debug}` */
function isLogLevel(text: string): boolean {
  return /^(?:trace|debug|info|warn(?:ing)?|error|fatal|off)$/i.test(text);
}

/** `pass: 3` counts; a password of digits is called so, or has a user beside it. */
function isNumericPassword(
  { kind, siblings, text }: Entry,
  words: readonly string[],
  isPassword: boolean,
): boolean {
  const isCount = words.length === 1 && words[0] === "pass" && kind !== "dbt";
  return (
    isPassword &&
    (!isCount || siblings.has("user") || siblings.has("username")) &&
    !(text.length < 3 && /^[01]$/.test(text))
  );
}

/** `POSTGRES_PASSWORD: password` is one; `password: password` is a label or a placeholder. */
function isSpecific(entry: Entry, words: readonly string[]): boolean {
  return words.length > 1 || entry.kind === "dbt";
}

/** Several words are a sentence about a credential; a passphrase in a file of known kind may have some, too. */
function isProse(
  { kind, path, style, text }: Entry,
  name: readonly string[],
): boolean {
  // A target of dbt's has nothing to say: it connects.
  if (
    !/\s/.test(text) ||
    style === "block" ||
    (kind === "dbt" && path.includes("outputs") && !isRequest(text))
  ) {
    return false;
  }
  if (name.at(-1) === "passphrase" && isWordList(text)) {
    return false;
  }
  const words = text.split(/\s+/);
  const isKnown =
    kind === "dbt" ||
    kind === "compose" ||
    kind === "github" ||
    kind === "ci" ||
    /^(?:environment|env|variables)$/.test(path.at(-2) ?? "");
  const isStatement =
    /^[A-Z]?[a-z]+(?: [a-z]+){2,}[.?!]?$/.test(text) || words.length > 8;
  const isPlainWords = words.every((word) => /^[A-Za-z]+[,.:;!?]?$/.test(word));
  return isKnown ? isStatement : isPlainWords || words.length > 3;
}

/** `password of the loader`: what belongs there, and no passphrase. */
function isRequest(text: string): boolean {
  return /\b(?:pass(?:word|phrase)|key|token|secret|your|enter|see)\b/i.test(
    text,
  );
}

/** `rivers run east 44`: words drawn at random, which is what a passphrase is made of, have none that only joins others. */
function isWordList(text: string): boolean {
  return /^[a-z0-9]+(?: [a-z0-9]+){3,}$/.test(text) && !isSentence(text);
}

/** A map of which most values are words for people: a translation, whatever the file is called. */
function isAmongLabels({ kind, siblings, text }: Entry): boolean {
  if (kind !== "generic" || /\d/.test(text) || siblings.size < 3) {
    return false;
  }
  return siblings.areLabels;
}

/** `vars: {session_token: client_session_id}` of dbt's projects: which column has it. Passwords may be words, tokens are none. */
function isColumn({ path, text }: Entry, isPassword: boolean): boolean {
  return path[0] === "vars" && !isPassword && /^[a-z]+(?:_[a-z]+)+$/.test(text);
}

/** `password: login.password.label`: where the text for it is, by a path of words in which it has its name. */
function isTextKey(text: string, key: readonly string[]): boolean {
  return (
    text.includes(".") &&
    /^[a-z_]+(?:\.[a-z_]+){2,}$/.test(text) &&
    text.split(/[._]/).includes(key.at(-1) ?? "")
  );
}
