import { connectionSecrets } from "../connectionText";
import { isCredentialName } from "../keys";
import { matchesOf } from "../matches";
import { formedSecrets } from "../providerTokens";
import type { RuleId } from "../ruleIds";
import { decodeBase64 } from "./base64";
import type { Entry } from "./entry";

/** Keys of a Secret that hold no secret. */
const openKeys =
  /^(?:user(?:_?name)?|.*[-_.](?:user(?:name)?|host(?:name)?|port|name|database|email|url|uri|region|endpoint|bucket|env|environment|enabled|level|schema|driver)|login|email|host(?:name)?|port|db|database|db(?:_?name)?|dbname|name|namespace|region|endpoint|server|address|domain|bucket|env|environment|ca|ca\.(?:crt|pem)|tls\.crt|cert|certificate|.*\.(?:crt|pub|cer|csr)|known_hosts|type|url|uri|client[-_]?id|tenant[-_]?id|public[-_]?key|schema|driver|project|.*mtime)$/i;

/** Keys that are names of files, of which the values are read as such. */
const fileName =
  /\.(?:ya?ml|json|properties|conf|cfg|ini|toml|xml|sh|sql|env)$/i;

/** A value of a Secret manifest: what it reads as, and the rule for it. */
export interface SecretValue {
  readonly rule: RuleId;
  readonly value: string;
}

/** True for a value right below `data` or `stringData` of a Secret. */
export function isSecretData(entry: Entry): boolean {
  const { above } = entry;
  return !entry.isListItem && (above === "data" || above === "stringData");
}

/** What a value of a Secret manifest is; null for a key that holds none and for a file with values of its own. */
export function secretValue(entry: Entry): SecretValue | null {
  const { name: key } = entry;
  const isEncoded = entry.above === "data";
  const decoded = isEncoded ? decodeBase64(entry.value) : null;
  const isReadable =
    decoded !== null && /^[\x20-\x7e\s\x80-\xff]*$/.test(decoded);
  // What is random bytes when decoded is judged by its text, which no placeholder's form fits then.
  const value = isReadable ? decoded : entry.value;
  const formed = formedSecrets(value)[0];
  if (formed !== undefined && (isEncoded || formed.rule === "CX302")) {
    return { rule: formed.rule, value: formed.value };
  }
  const login =
    connectionSecrets(value)[0]?.value ??
    /"(?:password|auth|\w*secret)"\s*:\s*"([^"]+)"/.exec(value)?.[1];
  if (isEncoded && login !== undefined) {
    return { rule: "CY205", value: login };
  }
  if (openKeys.test(key) || (!isCredentialName(key) && isOpenValue(value))) {
    return null;
  }
  // A file within the manifest is read as what it is: its values are found in it.
  const isFile =
    !isEncoded &&
    (value.includes("\n")
      ? /[:=]|^-----BEGIN/m.test(value)
      : fileName.test(key) &&
        (/:\s|[{<]/.test(value) || login !== undefined || isGiven(value)));
  return isFile || isHashedLogin(value) ? null : { rule: "CY205", value };
}

/** `db_password=x` in a file of one line; `p=ssw0rd` is a password with that sign. */
function isGiven(value: string): boolean {
  return matchesOf(
    value,
    /([\w.-]{1,100})[ \t]{0,4}=(?=[^=\s]|[ \t]+\S)/g,
  ).some(([, name = ""]) => isCredentialName(name));
}

/** Switches, numbers of ports and addresses, which are kept in Secrets for the sake of order. */
function isOpenValue(value: string): boolean {
  return (
    /^(?:true|false|yes|no|enabled|disabled|trace|debug|info|warn(?:ing)?|error|\d{1,5}|localhost)$/i.test(
      value,
    ) ||
    /^[a-z][a-z0-9+.-]*:\/\/[^\s@]*$/i.test(value) ||
    /^-----BEGIN CERTIFICATE/.test(value)
  );
}

/** `user:$2y$…`: a line of a file for basic authentication. */
function isHashedLogin(value: string): boolean {
  return /^[\w.@-]+:(?:\$(?:2[aby]|apr1|5|6)\$|\{SHA\})/.test(value.trim());
}
