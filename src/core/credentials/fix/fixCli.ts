import { lexTolerantly } from "../../sql/lexer";
import { splitStatements } from "../../sql/statements";
import { tokenValue } from "../../sql/tokenText";
import type { Candidate, OffsetRange } from "../finding";
import { envName, type OffsetEdit, type OffsetFixPlan } from "./fixPlan";
import { getenvTitle } from "./fixSecret";
import { withSemicolon } from "./fixSetting";
import {
  isDuckdbText,
  isString,
  partValue,
  sqlPlaceOf,
  statementWords,
  type SqlPlace,
} from "./sqlPlace";

/** Title of a fix by `getenv()` where it is for all to read: Viaduct's engine refuses to answer there. */
const cliTitle = "Move to .env, read by getenv() in the DuckDB CLI";

/**
 * `SET motherduck_token = 'x'`, `SET VARIABLE pw = 'x'` and `quack_serve(…, token = 'x')` take the value from `getenv()`,
 * which DuckDB's shell answers anywhere. A variable that only CREATE SECRET reads is not needed any more.
 */
export function fixCli(
  text: string,
  candidate: Candidate,
  taken: ReadonlySet<string>,
): OffsetFixPlan | null {
  const place = sqlPlaceOf(text, candidate.range);
  if (place !== null && candidate.key === motherduckToken) {
    const plan = fixMotherduck(place, candidate, taken);
    if (plan !== null) {
      return plan;
    }
  }
  if (place?.isWhole !== true || !isString(place.token)) {
    return null;
  }
  const name = envName([candidate.key], taken);
  const env = [{ name, value: partValue(place, candidate.range) }];
  const reads = readsOf(place);
  if (reads !== null && reads.length > 0) {
    return {
      title: getenvTitle,
      edits: [
        { range: withSemicolon(text, place.statement), newText: "" },
        ...reads.map((range) => ({ range, newText: `getenv('${name}')` })),
      ],
      env,
    };
  }
  const statement = statementWords(place);
  const isSetting = /^set (?:(?:global|session) )?motherduck_token (?:=|to) /;
  const isSure =
    reads !== null ||
    isSetting.test(statement) ||
    (candidate.rule === "CS110" &&
      /^(?:select|call|with|from) /.test(statement) &&
      isDuckdbText(text));
  const edit: OffsetEdit = {
    range: { start: place.token.start, end: place.token.end },
    newText: `getenv('${name}')`,
  };
  return isSure
    ? { title: cliTitle, edits: [edit], env, isForCli: true }
    : null;
}

/** The variable of the environment that MotherDuck's extension looks for by itself, in these letters. */
const motherduckToken = "motherduck_token";

/** `ATTACH 'md:d?motherduck_token=x'` becomes `ATTACH 'md:d'`. */
function fixMotherduck(
  place: SqlPlace,
  { range }: Candidate,
  taken: ReadonlySet<string>,
): OffsetFixPlan | null {
  const { text, token } = place;
  const before = text.slice(token.start, range.start);
  const mark = /([?&])motherduck_token=$/.exec(before);
  if (
    mark === null ||
    taken.has(motherduckToken) ||
    !/^attach /.test(statementWords(place))
  ) {
    return null;
  }
  const hasMore = text.charAt(range.end) === "&";
  const isFirst = mark[1] === "?";
  return {
    title: "Move to .env, for MotherDuck in the environment",
    edits: [
      {
        range: {
          start: token.start + mark.index + (isFirst && hasMore ? 1 : 0),
          end: range.end + (isFirst && hasMore ? 1 : 0),
        },
        newText: "",
      },
    ],
    env: [{ name: motherduckToken, value: partValue(place, range) }],
    note: "environment",
  };
}

/**
 * Where the variable of a `SET VARIABLE` is read, when all of it is in CREATE SECRET; empty when some is elsewhere or
 * nothing is. Null for another statement.
 */
function readsOf(place: SqlPlace): readonly OffsetRange[] | null {
  const { text, tokens } = place;
  const name = tokens[2];
  if (
    !/^set variable \S+ (?:=|to) /.test(statementWords(place)) ||
    name === undefined ||
    tokens.length !== 5
  ) {
    return null;
  }
  const variable = tokenValue(text, name).toLowerCase();
  const reads: OffsetRange[] = [];
  for (const { start, text: sql } of splitStatements(
    text,
    lexTolerantly(text),
  )) {
    const found = callsOf(sql, variable);
    const isSecret =
      /^create\s+(?:or\s+replace\s+)?(?:(?:temp|temporary)\s+)?secret\b/i;
    if (found.length > 0 && !isSecret.test(sql)) {
      return [];
    }
    reads.push(
      ...found.map((each) => ({
        start: each.start + start,
        end: each.end + start,
      })),
    );
  }
  return reads;
}

/** The calls `getvariable('name')` of a statement. */
function callsOf(sql: string, variable: string): readonly OffsetRange[] {
  const tokens = lexTolerantly(sql).filter(({ kind }) => kind !== "comment");
  const raw = (index: number): string => {
    const token = tokens[index];
    return token === undefined ? "" : sql.slice(token.start, token.end);
  };
  return tokens.flatMap((token, index) => {
    const [argument, close] = [tokens[index + 2], tokens[index + 3]];
    return raw(index).toLowerCase() === "getvariable" &&
      raw(index + 1) === "(" &&
      argument !== undefined &&
      tokenValue(sql, argument).toLowerCase() === variable &&
      close !== undefined &&
      raw(index + 3) === ")"
      ? [{ start: token.start, end: close.end }]
      : [];
  });
}
