import type { OffsetRange } from "./finding";
import { isCredentialName } from "./keys";
import { matchesOf } from "./matches";
import { isPathQuery } from "./urlQuery";

/** A credential given to a command. */
export interface ShellSecret {
  readonly range: OffsetRange;
  readonly value: string;
  readonly key: string;
}

/** What opens is looked at so far for its end, because there may be very many that have none. */
const quoted = String.raw`'[^'\n]*'|"[^"\n]*"|\$\{\{[^}]{0,400}\}\}|\{\{[^}]{0,400}\}\}|\$\{[^}\n]{0,400}\}|\$\([^)\n]{0,400}\)|[^\s'"\`;|&()<>\\]+`;

const assignment = new RegExp(
  String.raw`(?<![\w$.{-])([A-Za-z_]\w{1,60})=(${quoted})`,
  "g",
);

const option = new RegExp(
  String.raw`(?<![\w-])(?:--|-(?!p(?!ass|riv|w|gpass)|[A-Za-z]+-[A-Za-z-]* ))((?:[A-Za-z][A-Za-z-]{2,40}|(?:db|pg|s3)(?=[._]))(?:[._][\w.-]{1,60})?)(?:=| (?!-))(${quoted})`,
  "g",
);

/** `-Djavax.net.ssl.keyStorePassword=x` of Java. */
const systemProperty = new RegExp(
  String.raw`(?<![\w-])-D([A-Za-z][\w.-]{2,100})=(${quoted})`,
  "g",
);

/** `--set-secrets=DB_PASSWORD=db-password:latest` of Google's cloud: which secret a variable is to have. */
const secretReference =
  /--(?:set|update)-(?:build-)?secrets[= ][ ]{0,8}["']?[^\s"']{0,300}$/;

const values =
  /(?<![\w-])--set(?:-string|-literal)?[ =]["']?([^\s"']{3,1000})/g;

/** `--set auth.user=a,auth.password=x` of Helm. */
function valueSecrets(text: string): ShellSecret[] {
  const found: ShellSecret[] = [];
  for (const match of matchesOf(text, values)) {
    const [whole, list = ""] = match;
    let start = match.index + whole.length - list.length;
    for (const part of list.split(",")) {
      const sign = part.indexOf("=") + 1;
      const key = part.slice(0, Math.max(0, sign - 1));
      if (isCredentialName(key) && sign < part.length) {
        const range = { start: start + sign, end: start + part.length };
        found.push({ range, value: part.slice(sign), key });
      }
      start += part.length + 1;
    }
  }
  return found;
}

/** Those of which a text has the sign. */
function patternsFor(text: string): RegExp[] {
  return [
    ...(text.includes("=") ? [assignment] : []),
    ...(text.includes("-") ? [option] : []),
    ...(text.includes("-D") ? [systemProperty] : []),
  ];
}

/** `PGPASSWORD=x psql`, `export TOKEN="x"` and `--password=x` in a text of shell commands. */
export function shellSecrets(text: string): ShellSecret[] {
  const found = text.includes("--set") ? valueSecrets(text) : [];
  const mayRefer = text.includes("secrets");
  for (const pattern of patternsFor(text)) {
    for (const match of matchesOf(text, pattern)) {
      const [whole, key = "", raw = ""] = match;
      if (
        !isCredentialName(key) &&
        !/^(?:PGPASSWORD|MYSQL_PWD|SSHPASS|REDISCLI_AUTH)$/.test(key)
      ) {
        continue;
      }
      const quote = /^['"]/.test(raw) ? 1 : 0;
      const end = match.index + whole.length - quote;
      const start = end - raw.length + 2 * quote;
      const isReference =
        mayRefer &&
        secretReference.test(
          text.slice(Math.max(0, match.index - 330), match.index),
        );
      const isOption = pattern === option;
      const value = text.slice(start, end);
      // `password=hash(x)` calls a function.
      const isCall =
        quote === 0 &&
        (text.charAt(end) === "(" ||
          // `connect(password=pw, …)`: a variable that a function of another language is given.
          (/[(,]\s*$/.test(
            text.slice(Math.max(0, match.index - 3), match.index),
          ) &&
            /^[A-Za-z_][\w.]*,?$/.test(value) &&
            /[,)]/.test(text.charAt(end) + value.slice(-1))) ||
          // `PASSWORD=N'x'` is a string of SQL.
          /^[NEB]'$/i.test(text.slice(start, end + 1)));
      // `docker build --secret id=npm`, `podman run --secret db,type=env`: which secret it may read.
      const isMount =
        isOption &&
        key === "secret" &&
        /^(?:id|type|src|source|env)=|,(?:type|target|src|source|mode|uid)=/.test(
          value,
        );
      const isOther =
        isMount ||
        isCall ||
        isReference ||
        isOfPage(text, match.index, key, value) ||
        // `connect(password=password, …)`
        value === `${key},` ||
        (isOption && value.startsWith("-"));
      if (end > start && !isOther) {
        found.push({ range: { start, end }, value, key });
      }
    }
  }
  return found;
}

/**
 * `https://x/docs#password=policy`, `https://x/reset?token=1` and `/reset?password=changed` are pages; the name of the
 * parameter begins at `index`.
 */
function isOfPage(
  text: string,
  index: number,
  key: string,
  value: string,
): boolean {
  const sign = text.charAt(index - 1);
  const before = text.slice(Math.max(0, index - 310), index);
  const isParameter = sign === "?" || sign === "&";
  const mayBe = sign === "#" || (isParameter && /token$/i.test(key));
  return (
    (mayBe && /:\/\/[^\s'"]{0,300}$/.test(before)) ||
    (isParameter && /^[A-Za-z-]*$/.test(value) && isPathQuery(before))
  );
}

const header =
  /(?<![\w-])(authorization|proxy-authorization|x-[\w-]{0,30}(?:api-?key|token|secret)|(?:private|job|deploy|circle|auth|access)-token|api-?key)\\?["']?\s{0,3}(?:[:=]\s{0,3}\\?["']?|,\s{0,3}\\?["'])(bearer|basic|token|bot)?\s{1,3}?((?:\{\{[^{}]{0,400}\}\}|\$\{[^{}]{0,400}\}|%\([^)]{0,400}\)s|\$\([^()]{0,400}\)|[#$]?\{[^{}]{0,400}\}|<[^>]{0,400}>|[^\s"'\\,;)}<>])+)/gi;

/** `-H "X-Api-Key:x"`: behind curl's option the colon needs no blank. */
const closeHeader =
  /(?:-H|--header)[ =]{0,3}\\?["'](x-[\w-]{0,30}(?:api-?key|token|secret)|(?:private|job|deploy|circle|auth|access)-token|api-?key):([^\s"'\\]{1,400})/gi;

/** `Authorization: Bearer x` and `"apikey":"x"` in the headers of an HTTP request, as JSON or for curl. */
export function headerSecrets(text: string): ShellSecret[] {
  const found: ShellSecret[] = [];
  for (const match of matchesOf(text, closeHeader)) {
    const [whole, key = "", value = ""] = match;
    const end = match.index + whole.length;
    found.push({ range: { start: end - value.length, end }, value, key });
  }
  for (const match of matchesOf(text, header)) {
    const [whole, key = "", scheme, value = ""] = match;
    const isBare = scheme === undefined && /^auth|^proxy/i.test(key);
    const end = match.index + whole.length;
    // `'Authorization: Token token=' + x`: its name, and then code.
    const isName = value.endsWith("=") && isCredentialName(value.slice(0, -1));
    if (!isBare && !isName) {
      found.push({ range: { start: end - value.length, end }, value, key });
    }
  }
  return found;
}
