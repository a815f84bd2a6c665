import type { Report } from "../finding";
import type { SqlView } from "./view";

/** Tables that are there for secrets, each with the column that has them. */
const stores: ReadonlyMap<string, string> = new Map([
  ["vault.secrets", "secret"],
  ["pgsodium.key", "raw_key"],
]);

/** `INSERT INTO vault.secrets (name, secret) VALUES ('n', 'x')` and `UPDATE vault.secrets SET secret = 'x'`. */
export function readStoredSecrets(
  view: SqlView,
  index: number,
  report: Report,
): void {
  const verb = view.word(index);
  if (verb !== "into" && verb !== "update") {
    return;
  }
  const column = stores.get(`${view.name(index + 1)}.${view.name(index + 3)}`);
  if (column === undefined) {
    return;
  }
  const at = index + 4;
  if (verb === "update") {
    readUpdate(view, at, column, report);
  } else if (view.sign(at) === "(") {
    readInsert(view, at, column, report);
  }
}

function readUpdate(
  view: SqlView,
  from: number,
  column: string,
  report: Report,
): void {
  for (let at = from; at < view.tokens.length; at++) {
    if (view.sign(at) === ";" || view.word(at) === "where") {
      return;
    }
    if (view.name(at) === column && view.sign(at + 1) === "=") {
      reportValue(view, at + 2, column, report);
    }
  }
}

function readInsert(
  view: SqlView,
  open: number,
  column: string,
  report: Report,
): void {
  const place = view
    .argumentStarts(open)
    .findIndex((start) => view.name(start) === column);
  let at = view.closing(open) + 1;
  if (place < 0 || view.word(at) !== "values") {
    return;
  }
  while (view.sign(at + 1) === "(") {
    const tuple = at + 1;
    reportValue(view, view.argumentStarts(tuple)[place] ?? -1, column, report);
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
