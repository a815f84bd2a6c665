import type { Report } from "../finding";
import { bareWord } from "./forms";
import type { Literal, SqlView } from "./view";

const scopes = new Set([
  "global",
  "session",
  "local",
  "persist",
  "variable",
  "encryption",
]);

/** `SET x = 'v'`, `SET PASSWORD FOR u = 'v'` and `PRAGMA x = 'v'` at the beginning of a statement. */
export function readSetting(
  view: SqlView,
  index: number,
  report: Report,
): void {
  const verb = view.word(index);
  if (verb !== "set" && verb !== "pragma") {
    return;
  }
  let first = index + 1;
  while (scopes.has(view.word(first))) {
    first++;
  }
  const { name, next, parts } = settingName(view, first);
  const isPassword = view.word(first) === "password";
  const sign = isPassword ? assignmentAt(view, next) : next;
  const isAssigned =
    ["=", ":="].includes(view.sign(sign)) || view.word(sign) === "to";
  const isKey = verb === "pragma" && /^(?:hex)?(?:re)?key$/i.test(name);
  if (
    !isAssigned ||
    !(isKey || isAccountKey(name) || view.namesCredential(name))
  ) {
    return;
  }
  const literal =
    view.literal(sign + 1, isKey || verb === "set") ??
    sparkValue(view, sign, parts);
  if (literal !== null) {
    const { range, value } = literal;
    const rule = isKey ? "CS108" : isPassword ? "CS101" : "CS107";
    report({ rule, range, value, key: name, place: "sqlLiteral" });
  }
}

/** `fs.azure.account.key.ACCOUNT.dfs.core.windows.net` */
function isAccountKey(name: string): boolean {
  return /\baccount\.key\./i.test(name);
}

interface SettingName {
  readonly name: string;
  /** Index of the token after it. */
  readonly next: number;
  /** How many parts between dots it has. */
  readonly parts: number;
}

function settingName(view: SqlView, first: number): SettingName {
  let at = first;
  const parts: string[] = [];
  while (view.sign(at + 1) === ".") {
    parts.push(view.name(at));
    at += 2;
  }
  const own =
    view.tokens[at]?.kind === "parameter"
      ? view.raw(at).replace(/^@+/, "")
      : view.name(at);
  parts.push(own);
  const whole = parts.join(".");
  // `s3a.secret.key`: its last two words are the name.
  const isOwn = own.toLowerCase() !== "key" && !isAccountKey(whole);
  const name = isOwn ? own : whole;
  return { name, next: at + 1, parts: parts.length };
}

/** Where the value of `SET PASSWORD FOR 'u'@'h' = …` is assigned. */
function assignmentAt(view: SqlView, from: number): number {
  let at = from;
  while (
    at < from + 12 &&
    !["=", ";"].includes(view.sign(at)) &&
    view.word(at) !== "to"
  ) {
    at++;
  }
  return at;
}

/** `SET fs.s3a.secret.key=k7Lp0q2`: settings of Spark and Hive have dots in their names and no quotes. */
function sparkValue(
  view: SqlView,
  sign: number,
  parts: number,
): Literal | null {
  const isUnquoted =
    parts > 3 ||
    (parts > 1 && view.tokens[sign]?.end === view.tokens[sign + 1]?.start);
  return isUnquoted ? bareWord(view, sign + 1, "by", true) : null;
}
