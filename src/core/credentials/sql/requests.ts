import { decodeBase64 } from "../yaml/base64";
import type { OffsetRange, Report } from "../finding";
import { typeWord } from "../jsonConnection";
import { isCredentialHeader, isWeakName } from "../keys";
import type { Anchor } from "./anchor";
import { statementStart } from "./statementStart";
import type { Literal, SqlView } from "./view";

const scheme = /^(?:bearer|basic|token|apikey|bot|key)(?:\s+|$)/i;

/** `Bearer x`: how long the scheme is, which is no part of the credential. */
function schemeLength(value: string): number {
  return scheme.exec(value)?.[0].length ?? 0;
}

/**
 * `{'Authorization': 'Bearer x'}` and `'Authorization', 'Bearer x'`: the headers of a request, at the string at
 * `index`. A scheme says by itself what follows; without one it is the header's name before a colon, in a secret also
 * any credential's name, as among what a request sends.
 */
export function readHeaders(
  view: SqlView,
  index: number,
  anchor: Anchor,
  isRequest: boolean,
  report: Report,
): void {
  const isBeforeColon = view.punctuation(index + 1) === 0x3a;
  if (!isBeforeColon && !mayBeScheme(view, index)) {
    return;
  }
  const isSecret = anchor.kind === "secret";
  const name = view.name(index);
  const isHeader =
    isBeforeColon &&
    (isCredentialHeader(name) ||
      (view.namesCredential(name) &&
        (name.includes("-") ||
          (!isWeakName(name) &&
            (isSecret ||
              ((isRequest || isOfConnection(view, index)) &&
                !isOfColumns(view, index)))))));
  const first = view.literal(isHeader ? index + 2 : index);
  const literal = first === null ? null : behindScheme(view, first, isHeader);
  if (first === null || literal === null || isType(literal.value)) {
    return;
  }
  const isJoined = literal !== first;
  if (isJoined || isHeader || isLogin(literal.value)) {
    const { range, value } = isJoined ? literal : withoutScheme(literal);
    report({
      rule: isSecret ? "CS106" : "CS110",
      range,
      value,
      key: isHeader ? name : "authorization",
      place: "sqlText",
      subject: isSecret ? anchor.subject : undefined,
    });
  }
}

const companion =
  /^(?:host(?:name)?|server|user(?:_?name)?|login|uid|client_id|endpoint)$/i;

/** How far the other members of an object are looked for. */
const farthest = 24;

/** `{'user': 'u', 'password': 'x'}` in a call: with a user or a host beside it a password opens something; rows are data. */
function isOfConnection(view: SqlView, index: number): boolean {
  const start = statementStart(view, index);
  const verb = start === null ? "insert" : view.word(start);
  if (/^(?:insert|update|merge|replace|with)$/.test(verb)) {
    return false;
  }
  for (const step of [-1, 1]) {
    for (let at = index + step; Math.abs(at - index) < farthest; at += step) {
      if (/^[{};]$/.test(view.sign(at))) {
        break;
      }
      if (view.sign(at + 1) === ":" && companion.test(view.name(at))) {
        return true;
      }
    }
  }
  return false;
}

/** DuckDB's arguments whose members are columns, each with its type or another name. */
const columns =
  /^(?:columns|(?:column_|hive_|d)?types|(?:column_)?names|rename|schema|field_ids)$/i;

/** How far back the beginning of an object is looked for. */
const longestObject = 120;

/** `columns = {'user': 'VARCHAR', 'password': 'VARCHAR(60)'}`: of such columns, at the string at `index`. */
function isOfColumns(view: SqlView, index: number): boolean {
  let depth = 0;
  for (let at = index - 1; index - at < longestObject; at--) {
    const sign = view.sign(at);
    if (sign === ";") {
      return false;
    }
    if (sign === "}") {
      depth++;
    } else if (sign === "{" && depth > 0) {
      depth--;
    } else if (sign === "{") {
      const before = view.word(at - 1) === "map" ? at - 2 : at - 1;
      if (
        columns.test(
          view.name(
            ["=", ":=", "=>"].includes(view.sign(before)) ? before - 1 : before,
          ),
        )
      ) {
        return true;
      }
    }
  }
  return false;
}

const sqlType =
  /^(?:(?:var|bp)?char|string|text|u?(?:tiny|small|big|huge)?int(?:eger)?|u?int\d{1,3}|decimal|numeric|double|float\d?|real|bool(?:ean)?|uuid|json|date|time|timetz|timestamp(?:tz|_\w{1,2})?|interval|blob|bytea|bit|struct|map|list|enum|union|variant)\s?(?:\(.*\))?(?:\swith\stime\szone)?(?:\[\d*\])*$/i;

/** True for what describes a value instead of being one: a column's type among others. */
function isType(text: string): boolean {
  return typeWord.test(text) || sqlType.test(text);
}

/** False for a string, as most are, that does not begin like `Bearer`, `Basic` or `Token`: an escape may stand for that. */
function mayBeScheme(view: SqlView, index: number): boolean {
  switch (view.contentCode(index) | 32) {
    case 0x62: // b
    case 0x74: // t
    case 0x7c: // \
      return true;
    default:
      return false;
  }
}

/** `'Bearer ' || 'x'`: the string that a scheme is put before, where there is one; otherwise the literal itself. */
function behindScheme(
  view: SqlView,
  literal: Literal,
  isHeader: boolean,
): Literal | null {
  const isJoined = ["||", "+"].includes(view.sign(literal.next));
  // In a header, whatever ends in a blank goes before the credential: `Negotiate `, `AWS4-HMAC-SHA256 Credential=`
  const isScheme =
    /^(?:bearer|basic|token)\s$/i.test(literal.value) ||
    (isHeader && isJoined && /^[A-Za-z][\w-]*(?:\s|.*=)$/.test(literal.value));
  if (!isScheme) {
    return literal;
  }
  return isJoined ? view.literal(literal.next + 1) : null;
}

/** A literal without the scheme that it begins with. */
export function withoutScheme(literal: Pick<Literal, "range" | "value">): {
  readonly range: OffsetRange;
  readonly value: string;
} {
  const length = schemeLength(literal.value);
  const { start, end } = literal.range;
  return {
    range: { start: start + length, end },
    value: literal.value.slice(length),
  };
}

/** True for a text that is a scheme and what can be nothing but a credential. */
function isLogin(text: string): boolean {
  const [, kind = "", value = ""] =
    /^(basic|bearer)\s+([\w+/=.~:-]{6,})$/i.exec(text) ?? [];
  return /^basic$/i.test(kind)
    ? decodeBase64(value)?.includes(":") === true
    : /\d/.test(value) && /[A-Za-z]/.test(value);
}
