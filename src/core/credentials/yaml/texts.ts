import {
  connectionSecrets,
  isExplainedLogin,
  type ConnectionSecret,
} from "../connectionText";
import type { Candidate, Report } from "../finding";
import { mayHoldCredential } from "../gate";
import { isCredentialName } from "../keys";
import { nonValues } from "../nonValues";
import { regionRange, subRegion, type Region } from "../region";
import { isCommand, readCommands, readSql, schemeSecrets } from "./commands";
import { readDefaults } from "./defaults";
import type { Entry } from "./entry";
import { fileSecrets, passwordLines } from "./fileTexts";
import { reportFound } from "./found";
import { ruleOf } from "./keyed";
import { isOfOther, nameOf } from "./names";
import { mayHoldOther } from "./hints";

const member =
  /(?:["']|[{,]\s{0,4}(?=\w))([\w.-]{1,80})(?:\\?["'])?\s{0,4}:\s{0,4}\\?(?:"([^"\n\\]{1,300})\\?"|'([^'\n]{1,300})')/g;

/** Reports what the text of a scalar holds: defaults, URLs, connection strings, assignments, commands, SQL. */
export function readText(whole: Region, entry: Entry, report: Report): void {
  const { text } = whole;
  const isPasswords =
    entry.path.includes("chpasswd") && entry.path.at(-1) === "list";
  if (!mayHoldCredential(text) && !mayHoldOther(text) && !isPasswords) {
    return;
  }
  readDefaults(whole, nameOf(entry).key, report);
  readConnections(whole, report);
  readSlashed(whole, report);
  readAssignment(whole, entry, report);
  if (isPasswords) {
    reportFound(whole, "CY210", passwordLines(text), report);
  }
  // A file of keys has its values read one by one: as a whole it is neither commands nor SQL.
  if (isMostlyKeys(text)) {
    return;
  }
  if (/\b(?:basic|bearer)\s/i.test(text)) {
    reportFound(whole, "CY211", schemeSecrets(text), report);
  }
  if (
    /[\s=]/.test(text) &&
    isCommand(entry) &&
    !(isVariable(entry) && assignmentIn(text) !== null)
  ) {
    readCommands(whole, report);
  }
  if (entry.style === "block" || /\n|<\//.test(text)) {
    for (const { isComment, ...found } of fileSecrets(text)) {
      reportFound(whole, isComment ? "CS112" : "CY210", [found], report);
    }
  }
  readMembers(whole, entry, report);
  readSql(whole, report);
}

const keyLine = /^\s*(?:- +)?(?:["']?[\w.$/-]+["']?\s*:(?:\s|$)|- )/;

function isMostlyKeys(text: string): boolean {
  if (!text.includes("\n")) {
    return false;
  }
  const lines = text
    .slice(0, 20_000)
    .split("\n")
    .filter((line) => /^\s*[^\s#]/.test(line));
  return lines.filter((line) => keyLine.test(line)).length > lines.length * 0.7;
}

/** `["--password", "x"]`: the item behind an option. */
export function readArgument(entry: Entry, report: Report): void {
  const { before, range, text } = entry;
  const isOption =
    /^--?[A-Za-z][\w-]{2,40}$/.test(before) &&
    (isCredentialName(before) || before === "--requirepass");
  if (isOption && !text.startsWith("-")) {
    report({
      rule: "CY211",
      range,
      value: entry.value,
      key: before.replace(/^-+/, ""),
      place: "yamlScalar",
    });
  }
}

function readConnections(whole: Region, report: Report): void {
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
  for (const secret of connectionSecrets(whole.text)) {
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
      isOfStatement(whole.text, secret.range.start);
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

/** `UPDATE t SET password = 'x'`: the rules for SQL say what that is. */
function isOfStatement(text: string, start: number): boolean {
  return (
    /\s=\s*'?$/.test(text.slice(Math.max(0, start - 6), start)) &&
    /\b(?:update\s+\S+\s+set|insert\s+into|select|where)\s/i.test(text)
  );
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
function readSlashed(whole: Region, report: Report): void {
  const match = /^(?:NEO4J_AUTH=)?neo4j\/([^\s@"'/]+)(?:@|$)/d.exec(whole.text);
  const [start, end] = match?.indices?.[1] ?? [];
  if (start !== undefined && end !== undefined) {
    const value = whole.text.slice(start, end);
    const found = { range: { start, end }, value, key: "password" };
    reportFound(whole, "CY209", [found], report);
  }
}

/** True for an item of Compose's `environment`: all behind `=` is the value, blanks and all. */
function isVariable({ isListItem, kind, path }: Entry): boolean {
  return (
    isListItem &&
    (kind === "compose" || kind === "generic") &&
    path.at(-1) === "environment"
  );
}

/** The credential's name and the raw value of a text that is one assignment; null for any other. */
function assignmentIn(
  text: string,
): { readonly name: string; readonly raw: string } | null {
  const [, name, raw] =
    /^([A-Za-z_][\w.-]*)=("[^"]*"|'[^']*'|[^\n"'][^\n]*)$/.exec(text) ?? [];
  return name === undefined ||
    raw === undefined ||
    !isCredentialName(name) ||
    isOfOther(name)
    ? null
    : { name, raw };
}

/** `- POSTGRES_PASSWORD=x`: a list item that is an assignment. */
function readAssignment(whole: Region, entry: Entry, report: Report): void {
  const { text } = whole;
  const found = assignmentIn(text);
  if (found === null) {
    return;
  }
  const { name, raw } = found;
  const quote = /^["']/.test(raw) && raw.length > 1 ? 1 : 0;
  const range = { start: name.length + 1 + quote, end: text.length - quote };
  const value = text.slice(range.start, range.end);
  if (/\s/.test(value) && quote === 0 && !isVariable(entry)) {
    return;
  }
  const rule =
    entry.isListItem && ruleOf(entry) !== "CY210" ? ruleOf(entry) : "CY203";
  const candidate: Candidate = {
    rule,
    range: regionRange(whole, range),
    value,
    key: name,
    place: "yamlText",
  };
  report({ ...candidate, user: userFor(name, entry.siblings) });
}

/** The user of the same thing: `POSTGRES_USER` for `POSTGRES_PASSWORD`. */
function userFor(name: string, siblings: ReadonlyMap<string, string>): string {
  const prefix = name.slice(0, name.lastIndexOf("_") + 1);
  for (const each of ["USER", "USERNAME", "user", "username"]) {
    const found = siblings.get(prefix + each);
    if (found !== undefined) {
      return found;
    }
  }
  return "";
}

/** `"password": "x"` of JSON within something else. */
function readMembers(whole: Region, entry: Entry, report: Report): void {
  // A signing key as JSON: {"type": "HS256", "key": "x"}
  const isKeyed = isCredentialName(nameOf(entry).key);
  const isSecretStatement = /\bcreate\b[^;]{0,80}\bsecret\b/i.test(whole.text);
  for (const match of whole.text.matchAll(member)) {
    const [text, key = "", double, single] = match;
    const value = double ?? single ?? "";
    const isKey = isKeyed && key === "key" && value.length >= 16;
    // `password :'pw'` is psql's, and what CREATE SECRET is given goes by the rules for SQL.
    const isSql = / :['"]/.test(text) || isSecretStatement;
    const isNamed = !isSql && (isKey || isCredentialName(key));
    if (isNamed && !nonValues.test(value) && !/\s/.test(value)) {
      const start = match.index + text.lastIndexOf(value);
      const range = { start, end: start + value.length };
      reportFound(whole, "CY210", [{ range, value, key }], report);
    }
  }
}
