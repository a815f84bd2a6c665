import { isCredentialName } from "./keys";
import { isPlaceholder } from "./placeholders";

/** What the value in a credential's position is. Only `literal` and `weakDefault` are credentials; `hash` stands for one. */
export type ValueClass =
  | "empty"
  | "placeholder"
  | "envRef"
  | "templateRef"
  | "secretRef"
  | "path"
  | "url"
  | "encrypted"
  | "hash"
  | "weakDefault"
  | "literal";

/** What helps to tell: the key, the user beside the value, and whose conventions hold. */
export interface ValueContext {
  readonly key: string;
  readonly language: "sql" | "yaml";
  readonly user?: string | undefined;
}

const templateMark =
  /^`|\{\{|\}\}|\{%|<%|%>|^[\])]+\}|^\{\$\w+(?:->\w+)*\[$|#\{|\$\{|\$\(|%\([\w.-]+\)s|^%\([\w.-]+$|^\(\([^)]*\)\)$|^%[\w.]+%$|^\$\w+\$$|\$\[\[|%env\(|^\{[\w .:-]+\}$|^@{1,2}[\w.-]+@{1,2}$|^\[\[.*\]\]$|^\$[A-Za-z]\w*\$$|^\$__\w+\{|^@(?:format|jinja)\s|^[|#~!§][A-Z][A-Z0-9_]*[|#~!§]$|^\{\$[\w.>-]+\}$|\{\$[A-Z][\w.>-]*\}|^!\w+!$|^__\w+__$|^:["']?\w+["']?$|^%[A-Za-z_]\w*%$|^%(?:\d+\$)?-?\d*[sLIqd]$|^&{1,2}\w+\.?$|^&\{\w+\}$|^#\/[\w$./-]+$|^(?:data|module)\.\w+\.[\w.-]+(?:\[.*\])?$/;

/** `$[variables.x]` of Azure, `@service.of.symfony`, `{env('X')}` of a string of Python's, `$slack-token` and `$name:key` of Argo CD. */
const yamlTemplate =
  /^\$\[.+\]$|^\$[a-z]+(?:-[a-z]+)+$|^\$[a-z][a-z\d.-]*:[A-Za-z][\w.-]*$|^@[a-z]\w*(?:[./][a-z]\w*)+$|^\{[A-Za-z_][\w.]*[([][^{}]*[)\]]\}$/;

/** `%{x}`: by two searches, because a pattern would look for the end from each beginning. */
function hasPercentBraces(text: string): boolean {
  const open = text.indexOf("%{");
  return open >= 0 && text.includes("}", open);
}

const envMark =
  /^(?:\${1,2}[A-Za-z_][\w.]*|\$env:\w+|\$\d{1,2}|\?|env[.:(]\w.*|ENV\[.*|os\.environ.*|process\.env\..*|getenv\(.*|(?:from|os)_?env.*)$/;

const secretMark =
  /^(?:\{?(?:hashi(?:corp)?[-_:]?)?vault:|vault\/|(?:(?:gcp|google|aws|azure|az|oci|ibm|alicloud)[-_.:]?)?(?:secrets?[-_]?manager|key[-_]?vault|parameter[-_]?store):|(?:aws|gcp|azure)[-_]?secrets?:|op:\/\/|ref\+|arn:|ssm:|aws-sm:|awssm|gcpsm|sm:\/\/|akv|keyvault|secretsmanager|(?:secret_version=)?projects\/[^/]+\/(?:secrets|locations)\/|alias\/[\w/-]+$|[a-z][\w-]*:latest$|secret\/data\/|\/?(?:kv|secret)\/[\w./-]+#|@Microsoft\.KeyVault\(|bao:|doppler:|infisical:|sops:|secretref:|urn:k8s:secret:|!\w+ )/i;

const encryptedMark =
  /^(?:ENC[[(]|EV\[\d+:|\$ANSIBLE_VAULT|vault:v\d+:|age1|-----BEGIN (?:AGE|PGP MESSAGE)|\{cipher\}|\{aes\}|\{AQA[\w+/]{20,}={0,2}\}$|AQICAH|encrypted:|secure:)/i;

const hashMark =
  /^(?:md5[0-9a-f]{32}|SCRAM-SHA-256\$.+|\${1,2}2[abxy]?\${1,2}\d\d\$.{20,}|\$argon2.+|\${1,2}(?:1|5|6|y|7|A|apr1)\$.{8,}|\{(?:S?SHA\d*|MD5|CRYPT|PBKDF2[^}]*|BCRYPT|SCRYPT[^}]*|ARGON2[^}]*)\}.+|\$?pbkdf2[-_:].+|\*[0-9A-F]{40}|sha(?:1|256|512)[:|$].+|0x[0-9a-f]{32,})$/i;

const pathMark =
  /^(?:(?:file:(?:\/\/)?|\.{1,2}[\\/]|~\/|[A-Za-z]:\\)\S*|\/(?:run|etc|var|opt|home|usr|tmp|mnt|secrets?|app|config|data|root|srv|path|credentials|vault|certs?|keys?)(?:\/\S*)?|(?=[^/\\]*[/\\])[\w./\\-]+\.(?:pem|key|json|txt|crt|cer|ya?ml|p12|pfx|jks|env|gpg|asc|toml|conf)|[\w-]+\.(?:pem|json|txt|crt|cer|ya?ml|p12|pfx|jks|p8|md|html?)|[\w-]+(?:\/[\w.-]+)+\.(?:md|rst|adoc|html?)|[a-z][\w-]*(?:\/[\w.-]+)+#[A-Za-z_]\w*)$/;

/** Defaults that everybody knows. */
const stock = new Set([
  "postgres",
  "minioadmin",
  "guest",
  "changeit",
  "rabbitmq",
]);

/** What `value` is, for SQL and YAML alike; it never looks at entropy, because the position already says credential. */
export function classifyValue(
  value: string,
  context: ValueContext,
): ValueClass {
  const trimmed = value.trim();
  if (trimmed === "") {
    return "empty";
  }
  const head = trimmed.slice(0, 4096);
  if (encryptedMark.test(head)) {
    return "encrypted";
  }
  if (envMark.test(head)) {
    return "envRef";
  }
  if (
    templateMark.test(head) ||
    hasPercentBraces(head) ||
    joined.test(head) ||
    (context.language === "yaml" &&
      (yamlTemplate.test(head) || isMemberPath(head)))
  ) {
    return "templateRef";
  }
  if (
    secretMark.test(head) ||
    (context.language === "sql" && isVaultId(context.key, head))
  ) {
    return "secretRef";
  }
  if (hashMark.test(head)) {
    return "hash";
  }
  if (pathMark.test(head)) {
    return "path";
  }
  if (/^[a-z][a-z0-9+.-]*:\/\/[^\s@]*$/i.test(head)) {
    return "url";
  }
  const lower = trimmed.toLowerCase();
  // What Java's stores of keys are delivered with opens them; elsewhere the word asks for another.
  if (lower === "changeit" && isKeyStore(context.key)) {
    return "weakDefault";
  }
  if (isPlaceholder(head, context.key, context.language)) {
    return "placeholder";
  }
  const user = context.user?.toLowerCase();
  return isStock(lower) || (user !== undefined && user === lower)
    ? "weakDefault"
    : "literal";
}

/** True for a default that everybody knows. */
export function isStock(value: string): boolean {
  return stock.has(value.toLowerCase());
}

/** `keystore_password`, `javax.net.ssl.trustStorePassword`, `storepass`: that of a store of keys. */
function isKeyStore(key: string): boolean {
  return /store|jks|cacerts|p12|pkcs_?12|(?:^|[^a-z])ssl|key[-_.]?pass/i.test(
    key,
  );
}

/** `'password=' || p || ' user='`, and `" ~ p ~ "` of Jinja: between these quotes is code, and the strings are around it. */
const joined =
  /^(?:\|\|.*|\+\s.*|\+.*\+|(["'])\s*(?:~|\+|\|\|).*(?:~|\+|\|\|)\s*\1)$/s;

/** `vault_secret_access_key '0d2d9c51-…'`: what Supabase's wrappers are told is which secret of the vault they take. */
function isVaultId(key: string, value: string): boolean {
  return (
    /^vault_/i.test(key) &&
    /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)
  );
}

/** What a program's settings and arguments are called in its own text. */
const containers =
  /^(?:params?|config(?:uration)?|cfg|conf|settings|secrets|credentials|env|vars?|data|inputs?|options|opts|args|self|this|context|ctx|request|req|module|props|state|values)$/i;

/** `params.password`, `app.config.db.password`: where the credential is, in a text of code or of a language with paths. */
function isMemberPath(text: string): boolean {
  if (!/^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)+$/.test(text)) {
    return false;
  }
  const names = text.split(".");
  return (
    isCredentialName(names.at(-1) ?? "") &&
    (names.length > 2 || containers.test(names[0] ?? ""))
  );
}
