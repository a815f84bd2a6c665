import type { Report } from "../finding";
import { subRegion, type Region } from "../region";
import { hereDocuments } from "../hereDocuments";
import { quotedStrings } from "../quotedStrings";
import { commandSecrets } from "../shellCommands";
import { headerSecrets, shellSecrets } from "../shellText";
import { scanSql } from "../sql/scan";
import type { Entry } from "./entry";
import { decodeBase64 } from "./base64";
import { reportFound, type Found } from "./found";
import { below, type Names } from "./nameFacts";

const sqlStart =
  /\b(?:create\s|alter\s|attach\b|identified\s+by|grant\s+\w|copy\s+\w|set\s+\w+|pragma\s+\w|dblink|options\s*\(|select\s|insert\s+into\s|update\s+\S+\s+set\s|merge\s+into\s|call\s+[\w.]+\s*\(|exec(?:ute)?\s+[\w.[\]]+\s+@|execute\s+immediate\s|begin\s+[\w.]+\s*\(|open\s+(?:symmetric|master)\s)/i;

/** A string of a shell, in which a statement may be given to a client: `psql -c "ALTER ROLE …"`. */
const shellString = /"(?:[^"\\]|\\[^])*"|'[^']*'/y;

/** What is given to the commands of a text, and in the headers that they send. */
export function readCommands(whole: Region, report: Report): void {
  const { text } = whole;
  reportFound(whole, "CY211", shellSecrets(text), report);
  reportFound(whole, "CY211", commandSecrets(text), report);
  if (/\bcurl\b|\s-H\s|--header|authorization/i.test(text)) {
    reportFound(whole, "CY211", headerSecrets(text), report);
  }
}

/** `Basic dXNlcjp4` and `Bearer x`, wherever they stand: the scheme says what follows. */
export function schemeSecrets(text: string): Found[] {
  const found: Found[] = [];
  for (const match of text.matchAll(
    /\b(basic|bearer)\s+([A-Za-z0-9+/_=.~-]{8,2000})(?![\w@:])/gi,
  )) {
    const [whole, scheme = "", value = ""] = match;
    const isLogin =
      decodeBase64(value)?.includes(":") === true && /[A-Z=]/.test(value);
    const isToken = /\d/.test(value) && /[A-Za-z]/.test(value);
    if (/basic/i.test(scheme) ? isLogin : isToken) {
      const end = match.index + whole.length;
      const range = { start: end - value.length, end };
      found.push({ range, value, key: scheme });
    }
  }
  return found;
}

/** SQL goes by the rules for SQL, also the SQL that is a string of a shell. */
export function readSql(whole: Region, report: Report): void {
  const { text } = whole;
  if (!sqlStart.test(text)) {
    return;
  }
  const take: Report = (candidate) => {
    const place = candidate.place === "comment" ? "comment" : "yamlText";
    report({ ...candidate, place });
  };
  scanSql(whole, take);
  const inner = [...quotedStrings(text, shellString), ...hereDocuments(text)];
  for (const range of inner) {
    if (sqlStart.test(text.slice(range.start, range.end))) {
      scanSql(subRegion(whole, range), take);
    }
  }
}

/** True for a text that a shell runs, or that may be run in part. */
export function isCommand(entry: Entry, names: Names): boolean {
  const { style, text } = entry;
  return (
    style === "block" ||
    (names.belowOf(entry) & below.command) !== 0 ||
    isPassFile(text) ||
    // Properties for a machine of Java's, whatever the variable with them is called.
    /(?:^|\s)-D[A-Za-z][\w.-]{1,100}=/.test(text) ||
    (text.includes("=") &&
      (/^[A-Z_]+=\S+\s/.test(text) ||
        /^[a-z_]+=\S+\s+(?:[a-z_]+=\S*\s*)+/.test(text)))
  );
}

/** A line of `.pgpass`, which has no blank: host, port, database, user, password. */
export function isPassFile(text: string): boolean {
  return /^(?:[\w.-]+|\*):(?:\d{4,5}|\*):[^:\s]+:[^:\s]+:\S+$/.test(text);
}

/** The items of a command that is a list of words, as one text: everything between them is blank. */
export function commandLine(
  region: Region,
  items: readonly Entry[],
): Region | null {
  const [first] = items;
  const last = items.at(-1);
  if (first === undefined || last === undefined || items.length < 2) {
    return null;
  }
  const { start } = first.range;
  const parts: string[] = [];
  let at = start;
  for (const { range } of items) {
    const isEmpty = range.end === range.start && range.start > at;
    const blanks = Math.max(0, range.start - at - (isEmpty ? 1 : 0));
    // A word of no length is a word.
    parts.push(" ".repeat(blanks), isEmpty ? '""' : "");
    parts.push(region.text.slice(range.start, range.end));
    at = isEmpty ? range.end + 1 : range.end;
  }
  const text = parts.join("");
  return { text, at: (offset) => region.at(start + offset) };
}
