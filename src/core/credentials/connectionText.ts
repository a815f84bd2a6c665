import { isCode } from "./codeValue";
import {
  dialSecrets,
  moduleSecrets,
  slashedSecrets,
  spacedSecrets,
  type ConnectionSecret,
} from "./connectionForms";
import { isCredentialName } from "./keys";
import { querySecrets } from "./urlQuery";

/** Passwords in every URL with userinfo, and in every `key=value` connection string, of a text. */
export function connectionSecrets(
  text: string,
  isConnection = false,
): ConnectionSecret[] {
  const found: ConnectionSecret[] = [];
  if (text.includes("://")) {
    urlSecrets(text, found);
  }
  if (text.includes("(") && text.includes("@")) {
    dialSecrets(text, found);
  }
  if (text.includes("jdbc:oracle:")) {
    slashedSecrets(text, found);
  }
  if (text.includes('"')) {
    spacedSecrets(text, found);
    if (text.includes("LoginModule")) {
      moduleSecrets(text, found);
    }
  }
  if (text.includes("=")) {
    pairSecrets(text, isConnection, found);
    if (text.includes("?")) {
      for (const { key, range, value } of querySecrets(text)) {
        found.push({ form: "pairs", range, value, key, user: "" });
      }
    }
  }
  return found;
}

function urlSecrets(text: string, found: ConnectionSecret[]): void {
  let mark = text.indexOf("://");
  let stop = -1;
  while (mark >= 0) {
    const begin = mark + 3;
    if (
      mark > 0 &&
      /[A-Za-z0-9}]/.test(text.charAt(mark - 1)) &&
      begin > stop
    ) {
      const authority = readAuthority(text, begin);
      stop = authority.end;
      const { colon, at } = authority;
      if (colon >= 0 && at > colon + 1) {
        const value = text.slice(colon + 1, at);
        const user = text.slice(begin, colon);
        const isWord = /^(?:password|passwd|pwd)$/i.test(value);
        if (!(isWord && isExplainedLogin(user, text.slice(at, at + 20)))) {
          const range = { start: colon + 1, end: at };
          found.push({ form: "url", range, value, key: "password", user });
        }
      }
    }
    mark = text.indexOf("://", begin);
  }
}

/** `postgres:password@db` is a login, `user:password@host` is how a URL is explained; `behind` begins with the `@`. */
export function isExplainedLogin(user: string, behind: string): boolean {
  return (
    !/^[\w-]{3,40}$/.test(user) ||
    /^(?:my_?)?user(?:_?name)?$|^login$|^name$|^your/i.test(user) ||
    /^@(?:host|server|address|example|<|your)/i.test(behind)
  );
}

interface Authority {
  readonly colon: number;
  readonly at: number;
  readonly end: number;
}

/** Offsets within the authority of a URL: templates in it are skipped whole, because `${X:-y}` has a colon. */
function readAuthority(text: string, begin: number): Authority {
  let colon = -1;
  let at = -1;
  let index = begin;
  const limit = Math.min(text.length, begin + 300);
  while (index < limit) {
    const sign = text.charAt(index);
    const skipped = skipTemplate(text, index, limit);
    if (skipped > index) {
      index = skipped;
      continue;
    }
    if (sign === "@") {
      at = index;
    } else if (sign === ":" && colon < 0 && at < 0) {
      colon = index;
    } else if ("'\"`,;|\\)".includes(sign) || sign <= " ") {
      break;
    } else if (
      "/?#".includes(sign) &&
      (at >= 0 || !isPasswordAhead(text, colon, index, limit))
    ) {
      break;
    }
    index++;
  }
  return { colon, at, end: index };
}

/** `u:p/w@host`: a password that should have been encoded, told by a host that ends like one after the `@`. */
function isPasswordAhead(
  text: string,
  colon: number,
  index: number,
  limit: number,
): boolean {
  if (colon < 0) {
    return false;
  }
  const rest = text.slice(index, Math.min(limit, index + 100));
  // A port, and then a path, is what `host:5432/x@y` has.
  return (
    !/^\d+$/.test(text.slice(colon + 1, index)) &&
    /^[^\s'"@/]*@[\w.-]+:\d+\//.test(rest)
  );
}

const templates = [
  ["${", "}"],
  ["{{", "}}"],
  ["$(", ")"],
  ["<%", "%>"],
  ["{", "}"],
  ["<", ">"],
  ["⟨", "⟩"],
  ["[", "]"],
  ["%(", ")"],
] as const;

function skipTemplate(text: string, index: number, limit: number): number {
  if (!"${<⟨[%".includes(text.charAt(index))) {
    return index;
  }
  for (const [open, close] of templates) {
    if (text.startsWith(open, index)) {
      const end = text.slice(index, limit).indexOf(close);
      return end < 0 ? index : index + end + close.length;
    }
  }
  return index;
}

/** What beside a password shows a connection string: such a key, or the host of `cache:6380,password=x,ssl=True`. */
const companion =
  /(?:^|[\s;?&'",{(:])(?:host(?:addr|name)?|dbname|database|user(?:[ _]?(?:name|id))?|uid|server|port|driver|data source|initial catalog|sslmode|account(?:name)?|accountname|endpoint|aws_access_key_id|provider|service|schema|connect_timeout|application_name|sasl_\w{1,20}|protocol|defaultendpointsprotocol|sharedaccesskeyname)\s*=|^["']?[\w.-]{1,200}:\d{2,5},/i;

const pair =
  /(?:^|[\s;?&'",{(:])([A-Za-z][\w .-]{0,39}?)\s{0,4}=(?!>)\s{0,4}('(?:[^'\\]|\\.|'')*'|"[^"]*"|\{\{[^}]{0,400}\}\}|[%$]\([^)]{0,400}\)s?|\$\{[^}]{0,400}\}|\{[^}]{0,400}\}|<[^>]{0,400}>|(?:\([^\s;&'",()]*\)|[^\s;&'",)]|&(?!amp;|[\w.-]{1,40}=|\s|$))*)/g;

const exactKeys = new Set([
  "pwd",
  "password",
  "passwd",
  "pass",
  "sslpassword",
  "accountkey",
  "sharedaccesskey",
  "sig",
]);

/** The last word of a key, and whether it is a credential's, with the word before it or without. */
function credentialKey(key: string): {
  readonly last: string;
  readonly isCredential: boolean;
} {
  const words = /\s/.test(key) ? key.trim().split(/\s+/) : [key];
  const last = words.at(-1) ?? "";
  const isCredential =
    exactKeys.has(last.toLowerCase()) ||
    isCredentialName(last) ||
    (words.length > 1 && isCredentialName(words.slice(-2).join(" ")));
  return { last, isCredential };
}

function pairSecrets(
  text: string,
  isConnection: boolean,
  found: ConnectionSecret[],
): void {
  if (
    !/p(?:ass|wd)|key|secret|token|sig/i.test(text) ||
    (!isConnection && !companion.test(text))
  ) {
    return;
  }
  const user =
    /(?:^|[\s;?&'"])(?:user(?:[ _]?(?:name|id))?|uid)\s{0,4}=\s{0,4}'?([^\s;&'"]*)/i.exec(
      text,
    )?.[1];
  pair.lastIndex = 0;
  for (let match = pair.exec(text); match !== null; match = pair.exec(text)) {
    const [whole, key = "", raw = ""] = match;
    pair.lastIndex = Math.max(match.index + 1, match.index + whole.length);
    const { last, isCredential } = credentialKey(key);
    if (!isCredential) {
      // `connectionString="Server=h;Password=x"`: an attribute that has pairs of its own.
      const stop = raw.indexOf(";");
      if (/^["']/.test(raw) && stop > 0 && raw.slice(0, stop).includes("=")) {
        pair.lastIndex = match.index + whole.length - raw.length;
      }
      continue;
    }
    // The token of a link (`https://x/reset?token=…`) is of a page, not of a connection.
    const isLink =
      !isConnection &&
      /token$/i.test(last) &&
      /https?:\/\/[^\s'"]*$/i.test(
        text.slice(Math.max(0, match.index - 300), match.index),
      );
    if (isLink) {
      continue;
    }
    // `password= dbname=d`: what follows the blank is the next pair.
    const isNext =
      /^[a-z_]+=/i.test(raw) && /=\s+$/.test(whole.slice(0, -raw.length));
    const stop = match.index + whole.length;
    if (isNext || isCode(raw, text, stop)) {
      continue;
    }
    const quote = /^['"]/.test(raw) && raw.length > 1 ? 1 : 0;
    const end = stop - quote;
    const start = stop - raw.length + quote;
    if (end > start) {
      const range = { start, end };
      found.push({
        form: "pairs",
        range,
        value: text.slice(start, end),
        key: last,
        user: user ?? "",
      });
    }
  }
}
