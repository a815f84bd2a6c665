import { connectionSecrets } from "../connectionText";
import type { Candidate, OffsetRange, Report } from "../finding";
import { mayHoldCredential } from "../gate";
import { isCredentialName } from "../keys";
import { regionRange, subRegion, type Region } from "../region";
import type { RuleId } from "../ruleIds";
import { commandSecrets } from "../shellCommands";
import { headerSecrets, shellSecrets } from "../shellText";
import { scanSql } from "../sql/scan";
import { readDefaults } from "./defaults";
import type { Entry } from "./entries";
import { fileSecrets, passwordLines } from "./fileTexts";
import { ruleOf } from "./keyed";
import { nameOf } from "./names";
import { nonValues } from "./otherUse";

const sqlStart =
  /\b(?:create\s|alter\s|attach\b|identified\s+by|grant\s+\w|copy\s+\w|set\s+\w+|pragma\s+\w|dblink|options\s*\()/i;

/** A string of a shell, in which a statement may be given to a client: `psql -c "ALTER ROLE …"`. */
const shellString = /"((?:[^"\\]|\\[^])*)"|'([^']*)'/g;

const member =
  /["']([\w.-]{1,80})\\?["']\s{0,4}:\s{0,4}\\?(?:"([^"\n\\]{1,300})\\?"|'([^'\n]{1,300})')/g;

/** What may be in a text of a scalar without a word that the gate knows. */
const otherHint = /\$\{|env_var\(|default|requirepass|chpasswd|\s-[pPaw]|curl/;

/** Reports what the text of a scalar holds: defaults, URLs, connection strings, assignments, commands, SQL. */
export function readText(whole: Region, entry: Entry, report: Report): void {
  const { text } = whole;
  const isPasswords =
    entry.path.includes("chpasswd") && entry.path.at(-1) === "list";
  if (!mayHoldCredential(text) && !otherHint.test(text) && !isPasswords) {
    return;
  }
  readDefaults(whole, nameOf(entry).key, report);
  readConnections(whole, report);
  readAssignment(whole, entry, report);
  if (isPasswords) {
    add(whole, "CY210", passwordLines(text), report);
  }
  if (/[\s=]/.test(text) && isCommand(entry)) {
    readCommands(whole, report);
  }
  if (/\n|<\//.test(text)) {
    for (const { isComment, ...found } of fileSecrets(text)) {
      add(whole, isComment ? "CS112" : "CY210", [found], report);
    }
  }
  readMembers(whole, report);
  readSql(whole, report);
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

/** What is given to the commands of a text, and in the headers that they send. */
export function readCommands(whole: Region, report: Report): void {
  const { text } = whole;
  add(whole, "CY211", shellSecrets(text), report);
  add(whole, "CY211", commandSecrets(text), report);
  add(whole, "CY211", headerSecrets(text), report);
}

interface Found {
  readonly range: OffsetRange;
  readonly value: string;
  readonly key: string;
}

function add(
  whole: Region,
  rule: RuleId,
  found: readonly Found[],
  report: Report,
): void {
  for (const { range, value, key } of found) {
    report({
      rule,
      range: regionRange(whole, range),
      value,
      key,
      place: rule === "CS112" ? "comment" : "yamlText",
    });
  }
}

function readConnections(whole: Region, report: Report): void {
  const isShell = /\s--?[a-z]|^[A-Z_]+=/.test(whole.text);
  for (const secret of connectionSecrets(whole.text)) {
    const { form, key, user, value } = secret;
    if (form === "url" || !isShell) {
      report({
        rule: form === "url" ? "CY208" : "CY209",
        range: regionRange(whole, secret.range),
        value,
        key,
        user,
        place: "yamlText",
      });
    }
  }
}

/** `- POSTGRES_PASSWORD=x`: a list item that is an assignment. */
function readAssignment(whole: Region, entry: Entry, report: Report): void {
  const match = /^([A-Za-z_][\w.-]*)=("[^"]*"|'[^']*'|[^\n]+)$/.exec(
    whole.text,
  );
  const [text, name, raw] = match ?? [];
  if (
    text === undefined ||
    name === undefined ||
    raw === undefined ||
    !isCredentialName(name)
  ) {
    return;
  }
  const quote = /^["']/.test(raw) && raw.length > 1 ? 1 : 0;
  const range = { start: name.length + 1 + quote, end: text.length - quote };
  const value = text.slice(range.start, range.end);
  if (/\s/.test(value) && quote === 0) {
    return;
  }
  const rule =
    entry.isListItem && ruleOf(entry) !== "CY210" ? ruleOf(entry) : "CY203";
  const found: Candidate = {
    rule,
    range: regionRange(whole, range),
    value,
    key: name,
    place: "yamlText",
  };
  report({ ...found, user: userFor(name, entry.siblings) });
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
function readMembers(whole: Region, report: Report): void {
  for (const match of whole.text.matchAll(member)) {
    const [text, key = "", double, single] = match;
    const value = double ?? single ?? "";
    if (isCredentialName(key) && !nonValues.test(value) && !/\s/.test(value)) {
      const start = match.index + text.lastIndexOf(value);
      const range = { start, end: start + value.length };
      add(whole, "CY210", [{ range, value, key }], report);
    }
  }
}

/** SQL goes by the rules for SQL, also the SQL that is a string of a shell. */
function readSql(whole: Region, report: Report): void {
  const { text } = whole;
  if (!sqlStart.test(text)) {
    return;
  }
  const take: Report = (candidate) => {
    const place = candidate.place === "comment" ? "comment" : "yamlText";
    report({ ...candidate, place });
  };
  scanSql(whole, take);
  for (const match of text.matchAll(shellString)) {
    const inner = match[1] ?? match[2] ?? "";
    if (sqlStart.test(inner)) {
      const start = match.index + 1;
      scanSql(subRegion(whole, { start, end: start + inner.length }), take);
    }
  }
}

const commandKeys =
  /^(?:run|runcmd|bootcmd|script|before_script|after_script|commands?|cmds?|args|argv|entrypoint|test|shell|win_shell|raw|exec|execute|install|before_install|after_success|deploy|setup|post|pre|[\w-]*[cC]ommand|inline|bash|sh|powershell|pwsh|user_?data|[\w-]*_opts|[\w-]*_args|extraArgs|options)$/i;

function isCommand(entry: Entry): boolean {
  return (
    entry.style === "block" ||
    entry.path.some((name) => commandKeys.test(name)) ||
    /^[A-Z_]+=\S+\s/.test(entry.text) ||
    /^[a-z_]+=\S+\s+(?:[a-z_]+=\S*\s*)+/.test(entry.text)
  );
}

const argumentKeys =
  /^(?:command|args|argv|entrypoint|test|cmd|exec|extraArgs)$/;

/** The items of a command that is a list of words, as one text: everything between them is blank. */
export function commandLine(
  region: Region,
  items: readonly Entry[],
): Region | null {
  const [first] = items;
  const last = items.at(-1);
  if (
    first === undefined ||
    last === undefined ||
    items.length < 2 ||
    !argumentKeys.test(first.path.at(-1) ?? "")
  ) {
    return null;
  }
  const { start } = first.range;
  const parts: string[] = [];
  let at = start;
  for (const { range } of items) {
    parts.push(" ".repeat(Math.max(0, range.start - at)));
    parts.push(region.text.slice(range.start, range.end));
    at = range.end;
  }
  const text = parts.join("");
  return { text, at: (offset) => region.at(start + offset) };
}
