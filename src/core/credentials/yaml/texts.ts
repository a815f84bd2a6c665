import type { Candidate, Report } from "../finding";
import { isCredentialName } from "../keys";
import { documentRegion, regionRange } from "../region";
import { isCommand } from "./commands";
import { readDefaults } from "./defaults";
import type { Entry } from "./entry";
import { passwordLines } from "./fileTexts";
import { reportFound } from "./found";
import { ruleOf } from "./keyed";
import type { Known } from "./known";
import type { Name, Names } from "./nameFacts";
import { foldedRegion, isFolded } from "./scalarRegion";
import type { Siblings } from "./siblings";
import type { TextFacts } from "./textFacts";
import type { Assignment } from "./textReaders";

/** True for a text that can hold a credential, by itself or by where it stands. */
export function mayHoldInText(facts: TextFacts, entry: Entry): boolean {
  return facts.mayHold || isPasswordList(entry);
}

/** The list of logins that cloud-init sets. */
function isPasswordList(entry: Entry): boolean {
  return entry.name === "list" && entry.path.includes("chpasswd");
}

/**
 * Reports what the text of a scalar holds: defaults, URLs, connection strings, assignments, commands, SQL. The ranges are
 * the text's own.
 */
export function readText(
  facts: TextFacts,
  entry: Entry,
  name: Name,
  { names, texts }: Known,
  take: Report,
): void {
  const report = namesSecrets(entry) ? withoutVersions(take) : take;
  const { assignment, text } = facts;
  const whole = documentRegion(text);
  readDefaults(whole, name, report);
  facts.connections.forEach(report);
  if (assignment !== null && !isPatternList(entry)) {
    readAssignment(assignment, entry, names, report);
  }
  if (isPasswordList(entry)) {
    reportFound(whole, "CY210", passwordLines(text), report);
  }
  // A file of keys has its values read one by one: as a whole it is neither commands nor SQL.
  if (facts.isMostlyKeys) {
    return;
  }
  facts.schemes.forEach(report);
  if (
    facts.hasWords &&
    isCommand(entry, names) &&
    !(isVariable(entry) && assignment !== null)
  ) {
    if (isFolded(entry)) {
      const folded = foldedRegion(whole);
      for (const found of texts.of(folded.text).commands) {
        report({ ...found, range: regionRange(folded, found.range) });
      }
    } else {
      facts.commands.forEach(report);
    }
  }
  // A line is put into a file of properties: `lineinfile: {line: 'password = x'}`.
  if (entry.style === "block" || facts.isFile || entry.name === "line") {
    facts.files.forEach(report);
  }
  (name.isCredential ? facts.keyedMembers : facts.members).forEach(report);
  facts.statements.forEach(report);
}

/** True for what tells a service of a cloud which secrets its variables have. */
function namesSecrets({ before, name }: Entry): boolean {
  return (
    name === "secrets" || /^--(?:set|update)-(?:build-)?secrets$/.test(before)
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

/** `["--password", "x"]`: the item behind an option; null for any other. */
export function argumentValue(entry: Entry): Candidate | null {
  const { before, range, text } = entry;
  const isOption =
    before.startsWith("-") &&
    /^--?[A-Za-z][\w-]{2,40}$/.test(before) &&
    (isCredentialName(before) || before === "--requirepass");
  return isOption && !text.startsWith("-")
    ? {
        rule: "CY211",
        range,
        value: entry.value,
        key: before.replace(/^-+/, ""),
        place: "yamlScalar",
      }
    : null;
}

/** True for an item of Compose's `environment`: all behind `=` is the value, blanks and all. */
function isVariable({ isListItem, kind, name }: Entry): boolean {
  return (
    isListItem &&
    (kind === "compose" || kind === "generic") &&
    name === "environment"
  );
}

/** `- POSTGRES_PASSWORD=x`: a list item that is an assignment. */
function readAssignment(
  { name, hasBlanks, range, value }: Assignment,
  entry: Entry,
  names: Names,
  report: Report,
): void {
  if (hasBlanks && !isVariable(entry)) {
    return;
  }
  const rule = entry.isListItem ? ruleOf(entry, names) : "CY203";
  report({
    rule: rule === "CY210" ? "CY203" : rule,
    range,
    value,
    key: name,
    place: "yamlText",
    user: userFor(name, entry.siblings),
  });
}

/** `regexes: ['token=test']` of a scanner: what it looks for, or passes over; `files: [token=a.txt]` of Kustomize's. */
function isPatternList({ above, isListItem, name }: Entry): boolean {
  return (
    isListItem &&
    ((name === "files" && /^(?:configMap|secret)Generator$/.test(above)) ||
      /(?:^|[-_])(?:reg(?:ular)?[-_]?ex(?:es|ps?)?|patterns?|stop[-_]?words|allow[-_]?list|keywords)$/i.test(
        name,
      ))
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
