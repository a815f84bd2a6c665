import { lexTolerantly } from "../../sql/lexer";
import { tokenValue } from "../../sql/tokenText";
import type { Candidate } from "../finding";
import { envName, lineBreak, type OffsetFixPlan } from "./fixPlan";
import { sqlPlaceOf } from "./sqlPlace";

const title = "Move to .env, read by \\getenv in psql";

/**
 * A psql line: `\set pw x` becomes `\getenv pw PW`, and the value of `\setenv` and the password in the URL of `\connect`
 * become a psql variable that is read right before. Null for a line of another form.
 */
export function fixPsqlMeta(
  text: string,
  candidate: Candidate,
  taken: ReadonlySet<string>,
): OffsetFixPlan | null {
  const place = sqlPlaceOf(text, candidate.range);
  if (place?.token.kind !== "psqlMeta") {
    return null;
  }
  const { start, end } = place.token;
  const line = text.slice(start, end).trimEnd();
  const range = { start, end: start + line.length };
  const plan = (
    newText: (name: string, variable: string) => string,
    words: readonly string[],
    value: string,
  ): OffsetFixPlan => {
    const name = envName(words, taken);
    const edit = { range, newText: newText(name, name.toLowerCase()) };
    return { title, edits: [edit], env: [{ name, value }] };
  };
  const newline = lineBreak(text);
  const assignment =
    /^\\(set|setenv)\s+([\w-]+)\s+('(?:[^'\\]|''|\\.)*'|[^\s'"`:\\]+)$/.exec(
      line,
    );
  const [, command, target = "", raw = ""] = assignment ?? [];
  if (command !== undefined) {
    return plan(
      (name, variable) =>
        command === "set"
          ? `\\getenv ${target} ${name}`
          : `\\getenv ${variable} ${name}${newline}\\setenv ${target} :${variable}`,
      [target],
      unquoted(raw),
    );
  }
  const url = /^\\c(?:onnect)?\s+[a-z]+:\/\/[^\s'"`\\]+$/i;
  if (candidate.rule === "CS105" && url.test(line)) {
    const head = text.slice(start, candidate.range.start);
    const tail = text.slice(candidate.range.end, range.end);
    return plan(
      (name, variable) =>
        `\\getenv ${variable} ${name}${newline}${head}:${variable}${tail}`,
      [candidate.user ?? "", "password"],
      text.slice(candidate.range.start, candidate.range.end),
    );
  }
  const pair = passwordPair(line, candidate.range.start - start);
  if (candidate.rule === "CS104" && pair !== null) {
    const rest = line.slice(0, pair.start) + line.slice(pair.end);
    return plan(
      (name, variable) =>
        `\\getenv ${variable} ${name}${newline}\\setenv PGPASSWORD :${variable}${newline}${rest}`,
      [candidate.user ?? "", "password"],
      text.slice(candidate.range.start, candidate.range.end),
    );
  }
  return null;
}

/** ` password=x` around an offset in the connection string of a `\connect`; null when it is quoted in there. */
function passwordPair(
  line: string,
  offset: number,
): { readonly start: number; readonly end: number } | null {
  if (!/^\\c(?:onnect)?\s/.test(line)) {
    return null;
  }
  const pair = /(?<=["'\s])password=[^\s'"\\]+ ?/g;
  for (const { 0: whole, index } of line.matchAll(pair)) {
    if (index <= offset && offset < index + whole.length) {
      return { start: index, end: index + whole.length };
    }
  }
  return null;
}

/** What psql reads: quotes off, `''` and the escapes of C read. */
function unquoted(raw: string): string {
  const escaped = `E${raw}`;
  const [token] = raw.startsWith("'") ? lexTolerantly(escaped) : [];
  return token === undefined ? raw : tokenValue(escaped, token);
}
