import type { ConnectionSecret } from "../connectionForms";
import { connectionSecrets, isExplainedLogin } from "../connectionText";
import type { OffsetRange, Report } from "../finding";
import { isCredentialName } from "../keys";
import { matchesOf } from "../matches";
import { isNonValue } from "../nonValues";
import { regionRange, subRegion, type Region } from "../region";
import { reportFound } from "./found";
import { isLoginName, passwordStart } from "./logins";
import { isOfOther } from "./nameFacts";

/** `NAME=value`, by offsets of the text that it is. */
export interface Assignment {
  readonly name: string;
  readonly range: OffsetRange;
  readonly value: string;
  /** True for a value with blanks that no quotes are around. */
  readonly hasBlanks: boolean;
}

const keyLine = /^\s*(?:- +)?(?:["']?[\w.$/-]+["']?\s*:(?:\s|$)|- )/;

/** True for a file of keys, in YAML or the like. */
export function isMostlyKeys(text: string): boolean {
  if (!text.includes("\n")) {
    return false;
  }
  const lines = text
    .slice(0, 20_000)
    .split("\n")
    .filter((line) => /^\s*[^\s#]/.test(line));
  return lines.filter((line) => keyLine.test(line)).length > lines.length * 0.7;
}

/** Logins in URLs and connection strings. */
export function readConnections(whole: Region, report: Report): void {
  const { text } = whole;
  // Of code each line is read on its own: what one gives to a function is no companion of what another does.
  if (text.includes("\n") && /[(){}]/.test(text)) {
    for (const match of text.matchAll(/[^\n]+/g)) {
      const range = { start: match.index, end: match.index + match[0].length };
      readLogin(subRegion(whole, range), report);
    }
  } else {
    readLogin(whole, report);
  }
}

function readLogin(whole: Region, report: Report): void {
  const isShell = /\s--?[a-z]|^[A-Z_]+=/.test(whole.text);
  const secrets = connectionSecrets(whole.text);
  // Asked once for all of them: it takes as long as the text.
  const isStatement = secrets.length > 0 && statement.test(whole.text);
  for (const secret of secrets) {
    const { form, key, user, value } = secret;
    const fallback = /^\$\{(\w+):?-([^{}]+)\}$/.exec(value);
    if (form === "url" && fallback !== null) {
      const [, name = "", literal = ""] = fallback;
      const end = secret.range.end - 1;
      const range = { start: end - literal.length, end };
      reportFound(
        whole,
        "CY204",
        [{ range, value: literal, key: name }],
        report,
      );
    }
    const isOther =
      isShell ||
      /[[({]$/.test(value) ||
      (isStatement && isAssigned(whole.text, secret.range.start));
    // `password=get(` calls for one.
    if (form === "url" || !isOther) {
      report({
        rule: form === "url" ? "CY208" : "CY209",
        range: regionRange(whole, secret.range),
        value,
        key: form === "url" ? loginKey(whole.text, secret) : key,
        user,
        place: "yamlText",
      });
    }
  }
}

const statement = /\b(?:update\s+\S+\s+set|insert\s+into|select|where)\s/i;

/** `UPDATE t SET password = 'x'`: the rules for SQL say what that is. */
function isAssigned(text: string, start: number): boolean {
  return /\s=\s*'?$/.test(text.slice(Math.max(0, start - 6), start));
}

/** A word for a password that is one: `postgres:password@db`. */
function loginKey(
  text: string,
  { key, range, user }: ConnectionSecret,
): string {
  const isExplained = isExplainedLogin(user, text.slice(range.end));
  return isExplained ? key : `${user} ${key}`;
}

/** Neo4j's `neo4j/x`. */
export function readSlashed(whole: Region, report: Report): void {
  const match = /^(?:NEO4J_AUTH=)?neo4j\/([^\s@"'/]+)(?:@|$)/d.exec(whole.text);
  const [start, end] = match?.indices?.[1] ?? [];
  if (start !== undefined && end !== undefined) {
    const value = whole.text.slice(start, end);
    const found = { range: { start, end }, value, key: "password" };
    reportFound(whole, "CY209", [found], report);
  }
}

/** The credential's name and the value of a text that is one assignment; null for any other. */
export function assignmentIn(text: string): Assignment | null {
  if (!text.includes("=")) {
    return null;
  }
  const [, name, raw] =
    /^([A-Za-z_][\w.-]*)=("[^"]*"|'[^']*'|[^\n"'][^\n]*)$/.exec(text) ?? [];
  if (
    name === undefined ||
    raw === undefined ||
    !(isCredentialName(name) || isLoginName(name)) ||
    isOfOther(name)
  ) {
    return null;
  }
  const quote = /^["']/.test(raw) && raw.length > 1 ? 1 : 0;
  const from = name.length + 1 + quote;
  const login = isLoginName(name)
    ? passwordStart(text.slice(from, text.length - quote))
    : 0;
  if (login < 0) {
    return null;
  }
  const range = { start: from + login, end: text.length - quote };
  const value = text.slice(range.start, range.end);
  return { name, range, value, hasBlanks: quote === 0 && /\s/.test(value) };
}

const member =
  /(?:["']|[{,]\s{0,4}(?=\w))([\w.-]{1,80})(?:\\?["'])?\s{0,4}:\s{0,4}\\?(?:"([^"\n\\]{1,300})\\?"|'([^'\n]{1,300})')/g;

/** `"password": "x"` of JSON within something else; `isKeyed` when the whole is called like a credential. */
export function readMembers(
  whole: Region,
  isKeyed: boolean,
  report: Report,
): void {
  const { text: all } = whole;
  if (!all.includes(":")) {
    return;
  }
  const isSecretStatement = /\bcreate\b[^;]{0,80}\bsecret\b/i.test(all);
  for (const match of matchesOf(all, member)) {
    const [text, key = "", double, single] = match;
    const value = double ?? single ?? "";
    // A signing key as JSON: {"type": "HS256", "key": "x"}
    const isKey = isKeyed && key === "key" && value.length >= 16;
    // `password :'pw'` is psql's, and what CREATE SECRET is given goes by the rules for SQL.
    const isSql = / :['"]/.test(text) || isSecretStatement;
    const isNamed = !isSql && (isKey || isCredentialName(key));
    if (isNamed && !isNonValue(value) && !/\s/.test(value)) {
      const start = match.index + text.lastIndexOf(value);
      const range = { start, end: start + value.length };
      reportFound(whole, "CY210", [{ range, value, key }], report);
    }
  }
}
