import { lexTolerantly } from "../../sql/lexer";
import { contentRange } from "../../sql/tokenText";
import type { Candidate, OffsetRange } from "../finding";
import {
  envName,
  lineBreak,
  type OffsetEdit,
  type OffsetFixPlan,
} from "./fixPlan";
import {
  isDuckdbText,
  isString,
  partValue,
  plainAt,
  sqlPlaceOf,
  statementWords,
  type SqlPlace,
} from "./sqlPlace";

const title = "Move to .env, read by \\getenv in psql";

/**
 * A literal of PostgreSQL becomes `:'name'`, which psql puts in as a literal, with `\getenv name NAME` at the head of the
 * file. Null where psql puts nothing in (within a string, so within a DO block, too), and for other dialects.
 */
export function fixPsql(
  text: string,
  candidate: Candidate,
  taken: ReadonlySet<string>,
): OffsetFixPlan | null {
  const place = sqlPlaceOf(text, candidate.range);
  if (place === null || place.index < 0 || !isPostgres(place, candidate)) {
    return null;
  }
  const name = envName(words(candidate), taken);
  const variable = name.toLowerCase();
  const { token } = place;
  if (place.isWhole) {
    const value =
      token.kind === "quotedIdentifier"
        ? candidate.value
        : partValue(place, contentRange(text, token));
    const range = { start: token.start, end: token.end };
    // `password'x'` has no space, and `password:'v'` would be read as one word.
    const space = /\w/.test(text.charAt(token.start - 1)) ? " " : "";
    return {
      title,
      edits: [
        { range: headOf(text), newText: getenvLine(text, variable, name) },
        { range, newText: `${space}:'${variable}'` },
      ],
      env: [{ name, value }],
    };
  }
  // Not the statement of another string within this one: its quotes would have to be psql's, too.
  const isConnection = /^(?:CS104|CS105|CS109)$/.test(candidate.rule);
  const isPart = /^(?:CS110|CX301)$/.test(candidate.rule);
  if (
    !(isConnection || (isPart && takesExpressions(place))) ||
    !isString(token) ||
    /\$\{|\{\{/.test(text.slice(token.start, token.end)) ||
    isNestedSql(place)
  ) {
    return null;
  }
  const edits = takesExpressions(place)
    ? [
        { range: headOf(text), newText: getenvLine(text, variable, name) },
        ...concatenated(place, candidate.range, variable),
      ]
    : literalOnly(place, candidate.range, variable, name);
  const value = partValue(place, candidate.range);
  return edits === null ? null : { title, edits, env: [{ name, value }] };
}

function words({ key, subject = "", user = "" }: Candidate): string[] {
  const isAlone = /^(?:password|passwd|pass|pwd|token|secret)$/i.test(key);
  const owner = subject === "" ? user : subject;
  const isPlain = /^[\w.-]{1,30}$/.test(owner);
  return isAlone
    ? [isPlain ? owner : "app", key]
    : [key.replace(/^create_/, "").replace("GitHub", "github")];
}

/** Where the file's first line of code begins: the comments before it stay where they are. */
function headOf(text: string): OffsetRange {
  const first = lexTolerantly(text).find(({ kind }) => kind !== "comment");
  const start = first?.start ?? 0;
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const isAlone = /^\uFEFF?\s*$/.test(text.slice(lineStart, start));
  const at = isAlone
    ? lineStart === 0 && text.startsWith("\uFEFF")
      ? 1
      : lineStart
    : text.startsWith("\uFEFF")
      ? 1
      : 0;
  return { start: at, end: at };
}

function getenvLine(text: string, variable: string, name: string): string {
  return `\\getenv ${variable} ${name}${lineBreak(text)}`;
}

/** `'host=h password=x'` becomes `'host=h password=' || :'name'`. */
function concatenated(
  { text, token }: SqlPlace,
  range: OffsetRange,
  variable: string,
): OffsetEdit[] {
  const content = contentRange(text, token);
  // A cast binds closer than what puts texts together.
  const isCast = /^\s*::/.test(text.slice(token.end));
  const open = text.slice(token.start, content.start);
  const close = text.slice(content.end, token.end);
  const isLast = range.end === content.end;
  const edit: OffsetEdit = {
    range: isLast ? { start: range.start, end: token.end } : range,
    newText: `${close} || :'${variable}'${isLast ? "" : ` || ${open}`}${isLast && isCast ? ")" : ""}`,
  };
  const at = (offset: number, newText: string): OffsetEdit => ({
    range: { start: offset, end: offset },
    newText,
  });
  return isCast
    ? [at(token.start, "("), edit, ...(isLast ? [] : [at(token.end, ")")])]
    : [edit];
}

/**
 * Where only a literal may stand, psql puts it together before: `\set`, a line of its own. Null for a password that has
 * to be quoted within the connection string: the variable has it as it is.
 */
function literalOnly(
  place: SqlPlace,
  range: OffsetRange,
  variable: string,
  name: string,
): OffsetEdit[] | null {
  const { text, token } = place;
  const content = contentRange(text, token);
  let before = partValue(place, { start: content.start, end: range.start });
  let after = partValue(place, { start: range.end, end: content.end });
  // The options of a Java client are no connection of psql's.
  if (before.endsWith('"')) {
    return null;
  }
  if (before.endsWith("'") && after.startsWith("'")) {
    if (/[\s'\\]/.test(partValue(place, range))) {
      return null;
    }
    before = before.slice(0, -1);
    after = after.slice(1);
  }
  const connection = variable.replace(/_?password$/, "") + "_conninfo";
  const newline = lineBreak(text);
  const parts = [quotedForSet(before), `:${variable}`, quotedForSet(after)];
  const set = `\\set ${connection} ${parts.filter((part) => part !== "").join(" ")}`;
  return [
    {
      range: headOf(text),
      newText: getenvLine(text, variable, name) + set + newline,
    },
    {
      range: { start: token.start, end: token.end },
      newText: `:'${connection}'`,
    },
  ];
}

/** A text as an argument of `\set`, which reads the escapes of C; empty for nothing. */
function quotedForSet(text: string): string {
  const escaped = text
    .replaceAll("\\", "\\\\")
    .replaceAll("'", "''")
    .replaceAll("\r", "\\r")
    .replaceAll("\n", "\\n");
  return text === "" ? "" : `'${escaped}'`;
}

/** True where the string is an argument, so that an expression may stand in its place. */
function takesExpressions(place: SqlPlace): boolean {
  return /^(?:select|perform|insert|update|with|values|from|table|merge)\b/.test(
    statementWords(place),
  );
}

function isNestedSql({ text, token }: SqlPlace): boolean {
  return (
    token.kind === "dollarString" ||
    /\b(?:create|alter)\s+(?:role|user|subscription|server|group)\b/i.test(
      text.slice(token.start, token.end),
    )
  );
}

/** True where psql can be what runs the statement, and nothing says that it is not. */
function isPostgres(place: SqlPlace, candidate: Candidate): boolean {
  const statement = statementWords(place);
  const before = plainAt(place, place.index - 1);
  const isAssigned = before === "=";
  switch (candidate.rule) {
    case "CS101":
      return (
        /^(?:create|alter) (?:role|user|group)\b/.test(statement) &&
        before === "password"
      );
    case "CS103":
      return (
        /^(?:create|alter) /.test(statement) &&
        before !== "=" &&
        !/\bwrapper mysql\b/.test(
          place.tokens.map((_, index) => plainAt(place, index)).join(" "),
        )
      );
    case "CS107":
      return isPostgresSetting(statement, candidate.key, place);
    case "CS109":
      return (
        /^(?:copy|unload) /.test(statement) &&
        !isAssigned &&
        !isDuckdbText(place.text)
      );
    case "CS104":
    case "CS105":
      return (
        !/^(?:attach|call|pragma|exec|execute) /.test(statement) &&
        !/^create (?:or replace )?(?:persistent |temporary |temp )?secret/.test(
          statement,
        ) &&
        !isDuckdbText(place.text)
      );
    case "CS110":
    case "CX301":
      return (
        /^(?:select|call|with|insert) /.test(statement) &&
        /^(?:=>|:=|,|\()$/.test(before) &&
        !isDuckdbText(place.text)
      );
    default:
      return false;
  }
}

function isPostgresSetting(
  statement: string,
  key: string,
  place: SqlPlace,
): boolean {
  if (/^alter (?:database|system|role|user) /.test(statement)) {
    return true;
  }
  if (/^select\b/.test(statement)) {
    return !isDuckdbText(place.text);
  }
  // A setting of one's own has a dot in PostgreSQL; DuckDB's have none.
  return (
    /^set (?:session |local )?\w+ \. \w+/.test(statement) && key !== "password"
  );
}
