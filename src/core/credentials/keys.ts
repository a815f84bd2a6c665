import type { OffsetRange } from "./finding";
import { countedWords, nameWords } from "./nameWords";

/** Words that, last in a name, say that what it holds is a credential. */
const lastWords = new Set(
  (
    "password passwords passwd passphrase passcode pwd pswd psw pass pw psk " +
    "secret token apikey authtoken accesstoken secretkey clientsecret awsauth " +
    "requirepass authtok"
  ).split(" "),
);

/** Last two words of a name that hold a credential only together. */
const lastPairs = new Set([
  ...[
    "api key",
    "secret key",
    "private key",
    "account key",
    "master key",
    "integration key",
    "record key",
    "signing key",
  ],
  ...[
    "encryption key",
    "enc key",
    "encrypt key",
    "preshared key",
    "shared key",
    "auth key",
    "storage key",
    "sas token",
    "secret string",
    "access key",
  ],
  ...["license key", "app key", "application key", "admin key", "service key"],
  ...["subscription key", "openai key", "anthropic key", "sa key"],
  ...["sendgrid key", "mailgun key", "kaggle key", "nuget key", "unseal key"],
  ...["supabase key", "gossip key", "cosmos key"],
  ...["pagerduty key", "replicaset key"],
  ...["auth salt", "hash salt", "nonce salt"],
  ...["cohere key", "mistral key", "groq key", "gemini key", "deepl key"],
  ...[
    "password plaintext",
    "password value",
    "token value",
    "secret value",
    "symmetric key",
    "ssh key",
  ],
  ...["fernet key", "hmac key", "cipher key", "jwt key", "crypto key"],
  ...[
    "aws auth",
    "oauth2 credential",
    "key base",
    "erlang cookie",
    "github pat",
    "bind credential",
    "bind credentials",
    "azure pat",
    "gh pat",
  ],
]);

/**
 * Names that are a credential's only as a whole: a `server_key` or a `role_key` is the column of a table, but not that
 * of a service which gives such keys. What programs read from their environment is in capitals.
 */
const wholeNames =
  /(?:service[-_.]?role|(?:fcm|gcm|firebase|midtrans)[-_.]?server)[-_.]?key$/i;
const wholeVariables = /(?:^|_)(?:NONCE_KEY|APP_KEYS)$/;

/** What makes a name with `key` behind it that of a credential: `api`, `private`, `fernet`. */
export const keyKinds: readonly string[] = [
  ...[...lastPairs]
    .filter((pair) => pair.endsWith(" key"))
    .map((pair) => pair.slice(0, -" key".length)),
  ...["role", "server", "nonce"],
];

/** Names of one word that hide such a word at their end: `userpass`, `dbpassword`, `rootpw`. */
const compound =
  /(?:^pgpassword|password|passwd|passphrase|apikey|(?:bot|api|auth|access|refresh)token|secretkey|accesskeysecret|clientsecret|privatekey|accountkey|encryptionkey|signingkey|sharedkey|(?:user|db|root|admin|my|ftp|smtp|sql|pg)(?:pass|pw|pwd)|^upass|bindpw)$/;

/** The word for a password in other languages, where it means nothing else. */
const elsewhere =
  /(?:passwort|kennwort|contrase(?:ñ|n|ny)a|mot[_-]?de[_-]?passe|senha|wachtwoord)\d{0,2}$/i;

/** Words that make what follows no credential: `no_password`, `publicKey`, `primary key`, `keyless`. */
const harmlessWords = new Set(
  (
    "public no disable enable allow require required reset forgot has " +
    "is show use max min page continuation with hide change " +
    "confirm invalid wrong missing expired checksum csrf xsrf which drop update " +
    "generate num count foreign existing pull external mount"
  ).split(" "),
);

/** Where `access key` is the name of an id: the credential is the secret key beside it. */
const objectStores = new Set(
  "aws s3 s3a oss obs cos tos minio r2 gcs gs hmac".split(" "),
);

/** What a credential's name has somewhere. */
export const nameParts =
  "pass|pw|ps[kw]|secret|token|key|string|plaintext|cookie|salt|authtok|awsauth|credential|user[\\W_]?info|kennwort|contrase|senha|wachtwoord|pat$";

/** One test, because every word of a file is asked for. */
const anyWord = new RegExp(nameParts, "i");

/** True when a name says that it holds a credential itself, not its file, length, policy or name. */
export function isCredentialName(name: string): boolean {
  if (isPlainWord(name)) {
    return true;
  }
  if (name.length > 100 || !anyWord.test(name)) {
    return false;
  }
  const words = countedWords(name);
  // `next_token` is a page's; `NEXT_AUTH_SECRET` is that of a framework.
  if (
    words.some((word) => harmlessWords.has(word)) ||
    (words.includes("next") && words.at(-1) !== "secret")
  ) {
    return false;
  }
  if (holdsCredential(name, words)) {
    return true;
  }
  // `PaSsWoRd`: where case tells no words apart, it tells nothing.
  const lower = name.toLowerCase();
  return lower !== name && isCredentialName(lower);
}

/** True when a name that is made of such words takes a credential. */
function holdsCredential(name: string, words: readonly string[]): boolean {
  const own = words.at(-1) ?? "";
  const last = /\d$/.test(own) ? own.replace(/^(\D+)\d{1,2}$/, "$1") : own;
  if (last === "" || last === "compass" || last === "bypass") {
    return false;
  }
  const pair = `${words.at(-2) ?? ""} ${last}`;
  // Most names end so; the rest is looked at for what is rarer.
  if (pair !== "access key" && (lastWords.has(last) || lastPairs.has(pair))) {
    return true;
  }
  // Vault is given its root token by that name.
  if (
    isLoginName(name) ||
    /replica[-_]?set[-_]?key$|logged[-_]?in[-_]?(?:key|salt)$|(?:api|transfer)[-_]?token[-_]?salt$/i.test(
      name,
    ) ||
    elsewhere.test(name) ||
    wholeNames.test(name) ||
    wholeVariables.test(name) ||
    name.toLowerCase().replaceAll("-", "_").endsWith("root_token_id")
  ) {
    return true;
  }
  if (pair === "access key" && words.some((word) => objectStores.has(word))) {
    // The id that goes with a secret key, unless it is the secret access key.
    return words.at(-3) === "secret";
  }
  return pair === "access key" || compound.test(last);
}

/** True for the most frequent names, which need not be taken apart. */
function isPlainWord(name: string): boolean {
  switch (name) {
    case "password":
    case "PASSWORD":
    case "passwd":
    case "PASSWD":
    case "pass":
    case "pwd":
    case "pw":
    case "secret":
    case "SECRET":
    case "token":
    case "TOKEN":
      return true;
    default:
      return false;
  }
}

/** True for `basic.auth.user.info` and `CURLOPT_USERPWD`, whose value is a user, a colon and the password. */
function isLoginName(name: string): boolean {
  return /(?:auth[._]user[._]info|curlopt_(?:proxy)?userpwd)$/i.test(name);
}

/** What of a value is the credential, by the name it is given to. */
export function credentialOf(
  name: string,
  { range, value }: { readonly range: OffsetRange; readonly value: string },
): { readonly range: OffsetRange; readonly value: string } {
  const user = isLoginName(name) ? value.indexOf(":") + 1 : 0;
  if (user === 0) {
    return { range, value };
  }
  return {
    range: { start: range.start + user, end: range.end },
    value: value.slice(user),
  };
}

/** True for a name that is as likely a reference or a label as a credential: `secret`, `token`, `key`. */
export function isWeakName(name: string): boolean {
  const [word, ...more] = nameWords(name.toLowerCase());
  return (
    more.length === 0 &&
    (word === "secret" || word === "token" || word === "pass")
  );
}

/** True for `Authorization` and the like, whose value is a credential in an HTTP request. */
export function isCredentialHeader(name: string): boolean {
  return (
    name.length <= 100 &&
    /^(?:authorization|proxy-authorization|cookie|(?:private|job|deploy)-token|x-[\w-]*(?:token|key|secret)(?:-?(?:value|auth|v?\d{1,2}))?|x-honeycomb-team|api-?key)$/i.test(
      name,
    )
  );
}
