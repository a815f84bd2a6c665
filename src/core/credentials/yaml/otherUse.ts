import { isCredentialName, isWeakName } from "../keys";
import { nameWords } from "../nameWords";
import { nonValues } from "../nonValues";
import { isSentence } from "../prose";
import type { Entry } from "./entry";

/** The word for a password in the languages that labels are written in. */
const labels =
  /^(?:passwort|kennwort|contraseña|clave|senha|palavra-passe|mot de passe|wachtwoord|lösenord|passord|adgangskode|salasana|hasło|heslo|jelszó|parola|şifre|lozinka|geslo|parool|slaptažodis|parole)$/i;

const labelPath =
  /^(?:labels?|translations?|messages?|i18n|l10n|locales?|placeholders?|permissions|columns|descriptions?|tooltips?|headers_map|scopes|claims|documentation)$/i;

/** `secret: my-app-tls` and `secretKey: password` beside a `remoteRef` name a thing that is elsewhere. */
export function isReference(entry: Entry, key: string): boolean {
  const { kind, siblings, path, text } = entry;
  const refersBeside = [
    "remoteRef",
    "property",
    "secretName",
    "objectName",
    "secretKeyRef",
    "secretRef",
    "secretId",
  ].some((name) => siblings.has(name));
  if (refersBeside && /key$/i.test(key)) {
    return true;
  }
  // `password: {secret: shop-db, key: password}`
  const above = path.at(-2) ?? "";
  if (
    key === "secret" &&
    isCredentialName(above) &&
    (siblings.has("key") || !isWeakName(above))
  ) {
    return true;
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
  const isWithinReference = path.some((name) =>
    /^(?:secrets-manager|parameter-store)$|(?:KeyRef|SecretRef|secretRef|valueFrom|remoteRef|existingSecret|secretKeys|from_secret|fromSecret|secretKeyRefs?|configMapRef)$/.test(
      name,
    ),
  );
  return isWithinReference || isSecretList(entry) || isResource(entry, key);
}

/** Names in the lists of secrets that a service, a job or a pod may read. */
function isSecretList({ isListItem, kind, path, text }: Entry): boolean {
  if (!path.includes("secrets")) {
    return false;
  }
  return (
    kind === "compose" ||
    (isListItem &&
      path.at(-1) === "secrets" &&
      /^[A-Za-z][\w./:-]*$/.test(text) &&
      !/\d[A-Za-z]+\d/.test(text))
  );
}

/** `tlsSecret: shop-tls`: a resource has words and hyphens for its name, a credential does not. */
function isResource(entry: Entry, key: string): boolean {
  const { kind, text } = entry;
  const words = nameWords(key);
  if (words.at(-1) !== "secret" && words.at(-1) !== "token") {
    return false;
  }
  const isName =
    /^[a-z0-9]+(?:[-./][a-z0-9]+)+$/.test(text) &&
    /[a-z]{3}/.test(text) &&
    !/^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(text);
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
  // An `auth_token` is given as it is, an `authSecret` by its name.
  const isToken = words.at(-1) === "token" && words.at(-2) === "auth";
  const endsAsOne =
    /[-.](?:secrets?|tls|certs?|creds?|credentials?|tokens?|keys?|auth|pull|registry|config)$/.test(
      text,
    );
  return (
    isName &&
    ((isInfrastructure && isWeakName(key)) ||
      (isOfResource && !isToken) ||
      (words.at(-1) === "secret" && endsAsOne))
  );
}

/** Labels, schemas and switches that only have a credential's name. */
export function isOtherUse(entry: Entry, key: string): boolean {
  const { kind, path, text } = entry;
  const words = nameWords(key);
  const isPassword = words.some((word) => /pass|pwd|^pw$|^pin$/.test(word));
  if (
    kind === "translation" ||
    (entry.isNumber && !isNumericPassword(entry, words, isPassword))
  ) {
    return true;
  }
  if (kind === "openapi" && !isExample(path)) {
    return true;
  }
  if (nonValues.test(text) && !(isPassword && isSpecific(entry, words))) {
    return true;
  }
  if (isData(path) || isLogLevel(entry) || isAssignment(text)) {
    return true;
  }
  if (
    labels.test(text) ||
    (kind !== "openapi" && path.some((name) => labelPath.test(name)))
  ) {
    return true;
  }
  return (
    isProse(entry, words) ||
    isAmongLabels(entry) ||
    // JSON has credentials of its own: it is read as what it is.
    /^\{\s*\\?["']|^\[\s*\\?["'{]/.test(text) ||
    isSchema(entry) ||
    isTextKey(text, words) ||
    /^[^ -~]+$/.test(text) ||
    // The public half of a pair of keys.
    /^(?:ssh-(?:rsa|ed25519|dss)|ecdsa-|sk-ssh-|-----BEGIN (?:CERTIFICATE|PUBLIC|RSA PUBLIC))/.test(
      text,
    ) ||
    (words.length === 1 && text.length < 3)
  );
}

/** What the rows of a table are to have, as dbt's unit tests give them. */
function isData(path: readonly string[]): boolean {
  return path.includes("rows") && path.at(-1) !== "rows";
}

/** `logging.level: {org.example.password: debug}` */
function isLogLevel({ path, text }: Entry): boolean {
  return (
    /^(?:trace|debug|info|warn(?:ing)?|error|fatal|off)$/i.test(text) &&
    path.some((name) => /^(?:log(?:ging|gers?|back)?|levels?)\b/i.test(name))
  );
}

/** `SECRET_KEY = 'x'`: a line of code, which says itself what it is about. */
function isAssignment(text: string): boolean {
  const [, name = ""] =
    /^\s*([A-Za-z_][\w.]*)\s+=\s+(["'])[^"'\n]*\2\s*$/.exec(text) ?? [];
  return isCredentialName(name);
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

function isExample(path: readonly string[]): boolean {
  return path.some((name) => /^(?:x-)?(?:examples?|default)$/i.test(name));
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
  if (!/\s/.test(text) || style === "block") {
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

/** `password: login.password.label`: where the text for it is, by a path of words in which it has its name. */
function isTextKey(text: string, key: readonly string[]): boolean {
  return (
    /^[a-z_]+(?:\.[a-z_]+){2,}$/.test(text) &&
    text.split(/[._]/).includes(key.at(-1) ?? "")
  );
}

/** `password: varchar(255)`, `token: !!str` of schemas, and the name of a column's type. */
function isSchema({ siblings, text }: Entry): boolean {
  return (
    // `required|min:8|confirmed` of a validator
    /^(?:required|nullable|sometimes|string|filled|present|bail|confirmed)\|[a-z_]+(?::[^|\s]+)?(?:\||$)/.test(
      text,
    ) ||
    // An icon, and a colour of a design's tokens
    /^(?:mdi|hass|lucide|tabler|heroicons|material-symbols|fa[bsrl]?):[a-z][a-z0-9-]*$/.test(
      text,
    ) ||
    /^#(?:[0-9a-f]{3}|[0-9a-f]{6}|[0-9a-f]{8})$/i.test(text) ||
    /^(?:var)?char\s*\(\d+\)|^(?:nullable|text|string)\b.*$/i.test(text) ||
    (siblings.has("$ref") && siblings.has("type"))
  );
}
