import type { Candidate, Report } from "../finding";
import { isCredentialName } from "../keys";
import { isNonValue } from "../nonValues";
import { documentRegion, regionRange, type Region } from "../region";
import { isCommand } from "./commands";
import { readDefaults } from "./defaults";
import type { Entry } from "./entry";
import { passwordLines } from "./fileTexts";
import { reportFound } from "./found";
import { ruleOf } from "./keyed";
import type { Known } from "./known";
import { isOfOther, type Name, type Names } from "./nameFacts";
import { foldedRegion, isFolded } from "./scalarRegion";
import type { Siblings } from "./siblings";

const member =
  /(?:["']|[{,]\s{0,4}(?=\w))([\w.-]{1,80})(?:\\?["'])?\s{0,4}:\s{0,4}\\?(?:"([^"\n\\]{1,300})\\?"|'([^'\n]{1,300})')/g;

/**
 * Reports what the text of a scalar holds: defaults, URLs, connection strings, assignments, commands, SQL. Its ranges are
 * the text's own.
 */
export function readText(
  text: string,
  entry: Entry,
  name: Name,
  known: Known,
  take: Report,
): void {
  const report = namesSecrets(entry) ? withoutVersions(take) : take;
  const isPasswords =
    entry.path.includes("chpasswd") && entry.path.at(-1) === "list";
  const facts = known.texts.of(text);
  if (!facts.mayHold && !isPasswords) {
    return;
  }
  const whole = documentRegion(text);
  readDefaults(whole, name, report);
  facts.connections.forEach(report);
  if (!isPatternList(entry)) {
    readAssignment(whole, entry, known.names, report);
  }
  if (isPasswords) {
    reportFound(whole, "CY210", passwordLines(text), report);
  }
  // A file of keys has its values read one by one: as a whole it is neither commands nor SQL.
  if (facts.isMostlyKeys) {
    return;
  }
  facts.schemes.forEach(report);
  if (
    /[\s=]/.test(text) &&
    isCommand(entry, known.names) &&
    !(isVariable(entry) && assignmentIn(text) !== null)
  ) {
    if (isFolded(entry)) {
      const folded = foldedRegion(whole);
      for (const found of known.texts.of(folded.text).commands) {
        report({ ...found, range: regionRange(folded, found.range) });
      }
    } else {
      facts.commands.forEach(report);
    }
  }
  // A line is put into a file of properties: `lineinfile: {line: 'password = x'}`.
  if (
    entry.style === "block" ||
    /\n|<\//.test(text) ||
    entry.path.at(-1) === "line"
  ) {
    facts.files.forEach(report);
  }
  readMembers(whole, name, report);
  facts.statements.forEach(report);
}

/** True for what tells a service of a cloud which secrets its variables have. */
function namesSecrets({ before, path }: Entry): boolean {
  return (
    path.at(-1) === "secrets" ||
    /^--(?:set|update)-(?:build-)?secrets$/.test(before)
  );
}

/** `DB_PASSWORD=db-password:3` there: which version of which secret a variable is to have. */
function withoutVersions(report: Report): Report {
  return (candidate) => {
    if (!/^[A-Za-z][\w./-]*:(?:\d{1,5}|latest)(?:,|$)/.test(candidate.value)) {
      report(candidate);
    }
  };
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
function readAssignment(
  whole: Region,
  entry: Entry,
  names: Names,
  report: Report,
): void {
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
    entry.isListItem && ruleOf(entry, names) !== "CY210"
      ? ruleOf(entry, names)
      : "CY203";
  const candidate: Candidate = {
    rule,
    range: regionRange(whole, range),
    value,
    key: name,
    place: "yamlText",
  };
  report({ ...candidate, user: userFor(name, entry.siblings) });
}

/** `regexes: ['token=test']` of a scanner: what it looks for, or passes over. */
function isPatternList({ isListItem, path }: Entry): boolean {
  return (
    isListItem &&
    /(?:^|[-_])(?:reg(?:ular)?[-_]?ex(?:es|ps?)?|patterns?|stop[-_]?words|allow[-_]?list|keywords)$/i.test(
      path.at(-1) ?? "",
    )
  );
}

/** The user of the same thing: `POSTGRES_USER` for `POSTGRES_PASSWORD`. */
function userFor(name: string, siblings: Siblings): string {
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
function readMembers(whole: Region, name: Name, report: Report): void {
  // A signing key as JSON: {"type": "HS256", "key": "x"}
  const isKeyed = name.isCredential;
  const isSecretStatement = /\bcreate\b[^;]{0,80}\bsecret\b/i.test(whole.text);
  for (const match of whole.text.matchAll(member)) {
    const [text, key = "", double, single] = match;
    const value = double ?? single ?? "";
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
