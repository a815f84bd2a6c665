import type { Report } from "../finding";
import { isCredentialName, isWeakName } from "../keys";
import { readUpdatedSetting } from "./updatedSettings";
import type { SqlView } from "./view";

/** Tables that are there for secrets, each with the columns that have them. */
const stores: ReadonlyMap<string, readonly string[]> = new Map([
  ["vault.secrets", ["secret"]],
  ["pgsodium.key", ["raw_key"]],
  // pg_duckdb, before it had functions for them.
  ["duckdb.secrets", ["secret", "session_token"]],
]);

/**
 * `INSERT INTO vault.secrets (name, secret) VALUES ('n', 'x')`, `UPDATE vault.secrets SET secret = 'x'`, and rows that
 * are connections: a password with a host and a user beside it opens something else.
 */
export function readStoredSecrets(
  view: SqlView,
  index: number,
  report: Report,
): void {
  const verb = view.word(index);
  if (verb !== "into" && verb !== "update") {
    return;
  }
  const own = columnsAt(view, index);
  const isDotted = view.sign(index + 2) === ".";
  const at = index + (isDotted ? 4 : 2);
  if (verb === "update") {
    if (own === undefined) {
      readUpdatedSetting(view, index, report);
    } else {
      readUpdate(view, at, own, report);
    }
  } else if (view.sign(at) === "(") {
    const columns = view.argumentStarts(at).map((start) => view.name(start));
    const isConnection = areOfConnection(columns);
    const places = columns.flatMap((name, place) =>
      own?.includes(name) === true ||
      (isConnection && isCredentialName(name) && !isWeakName(name))
        ? [place]
        : [],
    );
    readInsert(view, at, columns, places, report);
  }
}

/** True for the columns of a table of connections. */
function areOfConnection(columns: readonly string[]): boolean {
  return (
    columns.some((each) =>
      /(?:^|_)(?:host(?:name|addr)?|server)$/i.test(each),
    ) &&
    columns.some((each) => /(?:^|_)(?:user(?:_?name)?|login|uid)$/i.test(each))
  );
}

/** The columns with the secrets of the table that is named behind `index`. */
function columnsAt(
  view: SqlView,
  index: number,
): readonly string[] | undefined {
  return stores.get(`${view.name(index + 1)}.${view.name(index + 3)}`);
}

function readUpdate(
  view: SqlView,
  from: number,
  columns: readonly string[],
  report: Report,
): void {
  for (let at = from; at < view.tokens.length; at++) {
    const word = view.word(at);
    // What stands behind another one is that one's.
    const isNext = word === "update" && columnsAt(view, at) !== undefined;
    if (view.sign(at) === ";" || word === "where" || isNext) {
      return;
    }
    const column = view.name(at);
    if (columns.includes(column) && view.sign(at + 1) === "=") {
      reportValue(view, at + 2, column, report);
    }
  }
}

function readInsert(
  view: SqlView,
  open: number,
  columns: readonly string[],
  places: readonly number[],
  report: Report,
): void {
  let at = view.closing(open) + 1;
  if (places.length === 0 || view.word(at) !== "values") {
    return;
  }
  while (view.sign(at + 1) === "(") {
    const tuple = at + 1;
    const starts = view.argumentStarts(tuple);
    for (const place of places) {
      reportValue(view, starts[place] ?? -1, columns[place] ?? "", report);
    }
    at = view.closing(tuple) + 1;
    if (view.sign(at) !== ",") {
      return;
    }
  }
}

function reportValue(
  view: SqlView,
  at: number,
  key: string,
  report: Report,
): void {
  const literal = view.literal(at);
  if (literal !== null && view.sign(literal.next) !== "||") {
    const { range, value } = literal;
    report({ rule: "CS110", range, value, key, place: "sqlLiteral" });
  }
}
