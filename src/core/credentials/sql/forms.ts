import type { Report } from "../finding";
import { isCredentialName } from "../keys";
import type { RuleId } from "../ruleIds";
import type { Anchor } from "./anchor";
import type { Literal, SqlView } from "./view";

/** Forms whose position, not an option's name, says credential. Each looks at the word at `index`. */

const notByPassword = new Set([
  "random",
  "kerberos",
  "openid",
  "values",
  "externally",
  "globally",
  "ldap",
  "x509",
]);

/** `IDENTIFIED [WITH plugin] BY|AS 'x'`, also with a bare word (Oracle). */
export function readIdentified(
  view: SqlView,
  index: number,
  anchor: Anchor,
  report: Report,
): void {
  if (view.word(index) !== "identified" || anchor.rule === null) {
    return;
  }
  let at = index + 1;
  if (view.word(at) === "with") {
    at += 2;
  } else if (view.word(at) === "via") {
    at += 2;
  }
  const by = view.word(at);
  if (by !== "by" && by !== "as" && by !== "using") {
    return;
  }
  at++;
  if (view.word(at) === "password") {
    at++;
  }
  const literal = view.literal(at, true) ?? bareWord(view, at, by);
  const isPluginData =
    by !== "by" && literal !== null && !/^[*$]/.test(literal.value);
  if (literal !== null && !isPluginData) {
    const { subject } = anchor;
    const common = {
      rule: "CS102",
      key: "password",
      place: "sqlLiteral",
      subject,
      user: subject,
    } as const;
    report({ ...common, range: literal.range, value: literal.value });
    const old =
      view.word(literal.next) === "replace"
        ? view.literal(literal.next + 1, true)
        : null;
    if (old !== null) {
      report({ ...common, range: old.range, value: old.value });
    }
  }
}

function bareWord(view: SqlView, index: number, by: string): Literal | null {
  const token = view.tokens[index];
  if (
    token?.kind !== "word" ||
    by !== "by" ||
    notByPassword.has(view.word(index))
  ) {
    return null;
  }
  const { region } = view;
  const range = {
    start: region.at(token.start),
    end: region.at(token.end - 1) + 1,
  };
  return { range, value: view.raw(index), next: index + 1 };
}

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
  let at = index + 1;
  while (
    ["global", "session", "local", "persist", "variable"].includes(
      view.word(at),
    )
  ) {
    at++;
  }
  const first = at;
  while (view.sign(at + 1) === ".") {
    at += 2;
  }
  const name =
    view.tokens[at]?.kind === "parameter"
      ? view.raw(at).replace(/^@+/, "")
      : view.name(at);
  let sign = at + 1;
  if (view.word(first) === "password") {
    while (
      sign < first + 12 &&
      view.sign(sign) !== "=" &&
      view.sign(sign) !== ";"
    ) {
      sign++;
    }
  }
  const isAssigned =
    ["=", ":="].includes(view.sign(sign)) || view.word(sign) === "to";
  const isKey = verb === "pragma" && /^(?:hex)?(?:re)?key$/i.test(name);
  const literal = isAssigned ? view.literal(sign + 1, isKey) : null;
  if (literal !== null && (isKey || isCredentialName(name))) {
    const rule: RuleId = isKey
      ? "CS108"
      : view.word(first) === "password"
        ? "CS101"
        : "CS107";
    report({
      rule,
      range: literal.range,
      value: literal.value,
      key: name,
      place: "sqlLiteral",
    });
  }
}

/** Functions whose argument at a position (from 0) is a credential. */
const positions: ReadonlyMap<
  string,
  readonly (readonly [rule: RuleId, position: number])[]
> = new Map([
  ["password", [["CS101", 0]]],
  ["add_parquet_key", [["CS108", 1]]],
  ["create_simple_secret", [["CS110", 2]]],
  ["create_azure_secret", [["CS110", 0]]],
  ["create_aws_credentials", [["CS110", 1]]],
]);

/** Table engines and functions of ClickHouse: the credential's position in a database, in a table, and as a function. */
const engines: ReadonlyMap<
  string,
  readonly [database: number, table: number, call: number]
> = new Map([
  ["postgresql", [3, 4, 4]],
  ["mysql", [3, 4, 4]],
  ["materializedmysql", [3, 4, -1]],
  ["materializedpostgresql", [3, 4, -1]],
  ["mongodb", [-1, 4, 4]],
  ["redis", [-1, 2, 3]],
  ["s3", [-1, 2, 2]],
  ["s3cluster", [-1, -1, 3]],
]);

/** `f('a', 'x')` where a position of `f` holds a credential. */
export function readPositions(
  view: SqlView,
  index: number,
  anchor: Anchor,
  report: Report,
): void {
  if (view.sign(index + 1) !== "(") {
    return;
  }
  const name = view.word(index);
  for (const [rule, position] of positions.get(name) ?? []) {
    const starts = view.argumentStarts(index + 1);
    // `password('x')` hashes its argument; with more than one it is something else.
    if (name !== "password" || starts.length === 1) {
      reportArgument(view, starts[position], rule, name, report);
    }
  }
  const engine = engines.get(name);
  if (engine !== undefined) {
    readEngine(view, index, anchor, engine, report);
  }
  if (name === "set_config" && isCredentialName(view.name(index + 2))) {
    const [, value] = view.argumentStarts(index + 1);
    reportArgument(view, value, "CS107", view.name(index + 2), report);
  }
  if (name === "openrowset") {
    // OPENROWSET('provider', 'server';'user';'password', 'query')
    for (let at = index + 2; at < index + 12; at++) {
      if (view.sign(at - 1) === ";" && view.sign(at - 3) === ";") {
        reportArgument(view, at, "CS113", "password", report);
      }
    }
  }
}

function readEngine(
  view: SqlView,
  index: number,
  anchor: Anchor,
  [database, table, call]: readonly [number, number, number],
  report: Report,
): void {
  const isEngine =
    view.word(index - 1) === "engine" || view.word(index - 2) === "engine";
  const starts = view.argumentStarts(index + 1);
  let position = isEngine
    ? anchor.kind === "database"
      ? database
      : table
    : call;
  if (
    isEngine &&
    anchor.kind === "database" &&
    view.word(index) === "mysql" &&
    starts.length === 3
  ) {
    position = 2;
  }
  const isCall =
    view.word(index - 1) === "from" ||
    view.word(index - 1) === "function" ||
    view.word(index - 1) === "join";
  if (isEngine || isCall) {
    reportArgument(view, starts[position], "CS113", "password", report);
  }
}

function reportArgument(
  view: SqlView,
  at: number | undefined,
  rule: RuleId,
  key: string,
  report: Report,
): void {
  const literal = at === undefined ? null : view.literal(at);
  if (
    literal !== null &&
    ![",", ")", ";"].every((sign) => view.sign(literal.next) !== sign)
  ) {
    const place = "sqlLiteral" as const;
    report({ rule, range: literal.range, value: literal.value, key, place });
  }
}
