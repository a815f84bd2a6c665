import type { Report } from "../finding";
import { credentialOf, isCredentialHeader } from "../keys";
import type { RuleId } from "../ruleIds";
import type { Anchor } from "./anchor";
import {
  credentialPlaces,
  functionNames,
  knownFunction,
  settersOfNames,
  settersOfPaths,
} from "./functions";
import { withoutScheme } from "./requests";
import { statementStart } from "./statementStart";
import { readMemberAt } from "./updatedSettings";
import { placeOf, type SqlView } from "./view";

/** Procedures of SQL Server whose argument at a position (from 0) is a password. */
const procedures: ReadonlyMap<string, readonly number[]> = new Map([
  ["sp_addlogin", [1]],
  ["sp_addapprole", [1]],
  ["sp_setapprole", [1]],
  ["sp_approlepassword", [1]],
  ["sp_password", [0, 1]],
  ["sp_addlinkedsrvlogin", [4]],
  ["sp_change_users_login", [3]],
  ["sp_xp_cmdshell_proxy_account", [1]],
]);

interface Engine {
  /** The credential's position in a database, in a table, and as a function; -1 for none. */
  readonly at: readonly [database: number, table: number, call: number];
  /** True when a key id stands before it, so that the same place may hold a format instead. */
  readonly isKey?: true;
}

/** Table engines and functions of ClickHouse. */
const engines: ReadonlyMap<string, Engine> = new Map<string, Engine>([
  ["postgresql", { at: [3, 4, 4] }],
  ["mysql", { at: [3, 4, 4] }],
  ["materializedmysql", { at: [3, 4, -1] }],
  ["materializedpostgresql", { at: [3, 4, -1] }],
  ["mongodb", { at: [-1, 4, 4] }],
  ["redis", { at: [-1, 2, 3] }],
  ...["s3", "gcs", "oss", "cosn", "iceberg", "icebergs3", "hudi"].map(
    (name) => [name, { at: [2, 2, 2], isKey: true }] as [string, Engine],
  ),
  ...["deltalake", "s3queue"].map(
    (name) => [name, { at: [2, 2, 2], isKey: true }] as [string, Engine],
  ),
  ...[
    "s3cluster",
    "icebergcluster",
    "icebergs3cluster",
    "deltalakecluster",
  ].map((name) => [name, { at: [-1, -1, 3], isKey: true }] as [string, Engine]),
  ["azureblobstorage", { at: [4, 4, 4] }],
  ["icebergazure", { at: [4, 4, 4] }],
]);

/** What is asked for first: most functions take no credential. */
const callees: ReadonlySet<string> = new Set([
  ...functionNames,
  ...engines.keys(),
  ...settersOfNames,
  ...settersOfPaths,
  ...["remote", "remotesecure", "http_header", "openrowset"],
]);

/** `f('a', 'x')` and `EXEC f 'a', 'x'` where a position of `f` holds a credential. */
export function readPositions(
  view: SqlView,
  index: number,
  anchor: Anchor,
  report: Report,
): void {
  const name = view.word(index);
  if (!view.opens(index + 1)) {
    const positions = procedures.get(name);
    if (positions !== undefined) {
      readProcedure(view, index, positions, report);
    }
    return;
  }
  if (!callees.has(name)) {
    return;
  }
  const known = knownFunction(name, view.word(index - 2));
  if (known !== undefined && !(name === "password" && isOfRow(view, index))) {
    const starts = view.argumentStarts(index + 1);
    for (const [rule, place] of credentialPlaces(known, (argument) =>
      argument < starts.length
        ? view.name(starts[argument] ?? -1).toLowerCase()
        : null,
    )) {
      reportArgument(view, starts[place], rule, name, report);
    }
  }
  const engine = engines.get(name);
  if (engine !== undefined) {
    readEngine(view, index, anchor, engine, report);
  }
  if (name === "remote" || name === "remotesecure") {
    readRemote(view, view.argumentStarts(index + 1), report);
  }
  readNamed(view, index, name, report);
  if (settersOfPaths.has(name)) {
    readMemberAt(view, view.argumentStarts(index + 1), report);
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

/** True within an INSERT or UPDATE, where PASSWORD('x') hashes what is data, unless the row is one of MySQL's own users. */
function isOfRow(view: SqlView, index: number): boolean {
  const start = statementStart(view, index);
  if (start === null) {
    return true;
  }
  const verb = view.word(start);
  if (!/^(?:insert|replace|update)$/.test(verb)) {
    return false;
  }
  for (let at = start + 1; at < start + 6; at++) {
    const isOwn =
      view.name(at - 2).toLowerCase() === "mysql" ||
      view.word(at - 1) === "update";
    if (isOwn && view.name(at).toLowerCase() === "user") {
      return false;
    }
  }
  return true;
}

/** A call that is given a credential's name, and then its value. */
function readNamed(
  view: SqlView,
  index: number,
  name: string,
  report: Report,
): void {
  // The header of pgsql-http.
  const isHeader = name === "http_header";
  if (!isHeader && !settersOfNames.has(name)) {
    return;
  }
  const key = view.name(index + 2);
  const [, second] = view.argumentStarts(index + 1);
  if (isHeader && isCredentialHeader(key)) {
    reportHeader(view, second, key, report);
  }
  if (!isHeader && view.namesCredential(key)) {
    reportArgument(view, second, "CS107", key, report);
  }
}

function readProcedure(
  view: SqlView,
  index: number,
  positions: readonly number[],
  report: Report,
): void {
  let at = index + 1;
  // Only arguments by position: `@name = 'x'` says itself what it is.
  for (let position = 0; view.sign(at + 1) !== "="; position++) {
    if (positions.includes(position)) {
      const literal = view.literal(at);
      if (literal !== null) {
        const { range, value } = literal;
        const place = "sqlLiteral" as const;
        report({ rule: "CS110", range, value, key: "password", place });
      }
    }
    if (view.sign(at + 1) !== ",") {
      return;
    }
    at += 2;
  }
}

/** `remote('h', 'd', 't', 'u', 'x')`, where database and table may be one argument. */
function readRemote(
  view: SqlView,
  starts: readonly number[],
  report: Report,
): void {
  const second = starts[1] ?? 0;
  const isOne =
    view.sign(second + 1) === "." || view.name(second).includes(".");
  reportArgument(view, starts[isOne ? 3 : 4], "CS113", "password", report);
}

const format =
  /^(?:csv|tsv|tskv|tabseparated|customseparated|json|parquet|orc|arrow|avro|native|rowbinary|values|protobuf|capnproto|regexp|template|lineasstring|rawblob|msgpack|npy|one|auto|form|vertical|pretty|nosign$)/i;

function readEngine(
  view: SqlView,
  index: number,
  anchor: Anchor,
  engine: Engine,
  report: Report,
): void {
  const before = view.word(index - 1);
  const isEngine = before === "engine" || view.word(index - 2) === "engine";
  const starts = view.argumentStarts(index + 1);
  const [database, table, call] = engine.at;
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
  const isCall = ["from", "function", "join", "to", "table"].includes(before);
  const id = view.name(starts[position - 1] ?? -1);
  if (!(isEngine || isCall) || (engine.isKey === true && format.test(id))) {
    return;
  }
  reportArgument(view, starts[position], "CS113", "password", report);
}

/** The value of a header, without its scheme. */
function reportHeader(
  view: SqlView,
  at: number | undefined,
  key: string,
  report: Report,
): void {
  reportArgument(view, at, "CS110", key, (candidate) => {
    const own = withoutScheme(candidate);
    const isWhole = own.value === candidate.value;
    const place = isWhole ? candidate.place : "sqlText";
    report({ ...candidate, ...own, place });
  });
}

function reportArgument(
  view: SqlView,
  at: number | undefined,
  rule: RuleId,
  key: string,
  report: Report,
): void {
  const literal = at === undefined ? null : view.value(at);
  if (
    literal !== null &&
    [",", ")", ";", "::"].includes(view.sign(literal.next))
  ) {
    const place = placeOf(literal);
    report({ rule, ...credentialOf(key, literal), key, place });
  }
}
