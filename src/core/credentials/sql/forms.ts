import type { Report } from "../finding";
import type { Anchor } from "./anchor";
import type { Literal, SqlView } from "./view";

const notByPassword = new Set([
  "random",
  "kerberos",
  "openid",
  "values",
  "externally",
  "globally",
  "ldap",
  "x509",
  "external",
]);

/** Forms whose position, not an option's name, says credential, at the word at `index`. */
export function readForms(
  view: SqlView,
  index: number,
  anchor: Anchor,
  isInParens: boolean,
  report: Report,
): void {
  readIdentified(view, index, anchor, report);
  if (!isInParens) {
    readSecretText(view, index, anchor, report);
  }
}

/** `IDENTIFIED [WITH plugin] BY|AS 'x'`, also with a bare word (Oracle). */
function readIdentified(
  view: SqlView,
  index: number,
  anchor: Anchor,
  report: Report,
): void {
  if (view.word(index) !== "identified" || anchor.rule === null) {
    return;
  }
  let at = index + 1;
  let plugin = "";
  if (view.word(at) === "with" || view.word(at) === "via") {
    plugin = view.name(at + 1).toLowerCase();
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
    const { range, value } = literal;
    report({
      ...common,
      // IDENTIFIED WITH sha256_hash BY 'x'
      ...(plugin.endsWith("_hash") ? { rule: "CS114" } : {}),
      range,
      value,
    });
    const old =
      view.word(literal.next) === "replace"
        ? (view.literal(literal.next + 1, true) ??
          bareWord(view, literal.next + 1, by))
        : null;
    if (old !== null) {
      report({ ...common, range: old.range, value: old.value });
    }
  }
}

/**
 * An unquoted password, which ends where white space or the statement does: `k7#Lp_0`, `123456`. With `isLoose`
 * brackets and colons are parts of it.
 */
export function bareWord(
  view: SqlView,
  index: number,
  by: string,
  isLoose = false,
): Literal | null {
  const token = view.tokens[index];
  if (
    (token?.kind !== "word" && token?.kind !== "number") ||
    by !== "by" ||
    notByPassword.has(view.word(index))
  ) {
    return null;
  }
  const { region } = view;
  let last = index;
  for (let next = index + 1; isAdjacent(view, next, isLoose); next++) {
    last = next;
  }
  const end = view.tokens[last]?.end ?? token.end;
  // `getenv('X')`, `prefix || 'x'`: no word, but what an expression gives.
  const isCall = view.opens(last + 1) && view.tokens[last + 1]?.start === end;
  if (isCall || view.sign(last + 1) === "||") {
    return null;
  }
  return {
    range: { start: region.at(token.start), end: region.at(end - 1) + 1 },
    value: region.text.slice(token.start, end),
    next: last + 1,
  };
}

/** True when the token at `index` sticks to the one before it and ends no statement. */
function isAdjacent(view: SqlView, index: number, isLoose: boolean): boolean {
  const token = view.tokens[index];
  const isPart =
    token?.kind === "word" ||
    token?.kind === "number" ||
    token?.kind === "parameter" ||
    (token?.kind === "operator" && view.sign(index) !== "||") ||
    (isLoose && /^[[\],:.]$/.test(view.sign(index)));
  return isPart && token?.start === view.tokens[index - 1]?.end;
}

/** `CREATE SECRET s WITH (…) AS 'x'` and `CREATE SECRET s AS decode('x', 'base64')` of streaming databases. */
function readSecretText(
  view: SqlView,
  index: number,
  anchor: Anchor,
  report: Report,
): void {
  const isText =
    anchor.kind === "secret" &&
    view.word(index) === "as" &&
    view.word(index - 1) !== "secret";
  const isDecoded =
    view.word(index + 1) === "decode" && view.sign(index + 2) === "(";
  const literal = isText ? view.literal(index + (isDecoded ? 3 : 1)) : null;
  if (literal !== null) {
    const { range, value } = literal;
    const { subject } = anchor;
    const place = "sqlLiteral" as const;
    report({ rule: "CS106", range, value, key: "secret", place, subject });
  }
}
