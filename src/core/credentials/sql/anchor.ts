import type { RuleId } from "../ruleIds";
import type { SqlView } from "./view";

/** What the statement at hand is about, which says what a `PASSWORD 'x'` in it means. */
export interface Anchor {
  /** Rule for credential options of this statement; null when it has none. */
  readonly rule: RuleId | null;
  readonly kind:
    | "role"
    | "mapping"
    | "secret"
    | "copy"
    | "attach"
    | "call"
    | "subscription"
    | "grant"
    | "named"
    | "database"
    | "table"
    | "none";
  readonly subject: string;
}

/** Between statements. */
export const noAnchor: Anchor = { rule: null, kind: "none", subject: "" };

const modifiers = new Set(
  (
    "or replace temp temporary persistent if not exists global local " +
    "public shared private contained application asymmetric hybrid " +
    "multiuser scoped"
  ).split(" "),
);

const roles = new Set([
  "user",
  "role",
  "group",
  "login",
  "account",
  "principal",
]);

/** Things with options, of which some are credentials. */
const named = new Set(
  (
    "connection credential source sink stage integration catalog " +
    "virtual foreign external dictionary named master symmetric " +
    "certificate key repository endpoint storage security api " +
    "notification linked data share system pipe link collection service " +
    "profile resource backup warehouse instance cluster library token " +
    "connector routine changefeed remote session system broker sync model ml_engine " +
    "keystore authorization authentication"
  ).split(" "),
);

/** The anchor that the word at `index` begins, or null when it begins none. */
export function anchorAt(view: SqlView, index: number): Anchor | null {
  switch (view.word(index)) {
    case "create":
    case "alter":
      return objectAnchor(view, index + 1);
    case "modify":
    case "define":
      // Teradata: MODIFY USER u AS PASSWORD = x; SurrealDB: DEFINE USER u ON ROOT PASSWORD 'x'
      return view.word(index + 1) === "user"
        ? objectAnchor(view, index + 1)
        : null;
    case "attach":
      return { rule: "CS110", kind: "attach", subject: "" };
    case "set":
      return sessionAnchor(view, index + 1);
    case "copy":
    case "unload":
      return { rule: "CS109", kind: "copy", subject: "" };
    case "backup":
    case "restore":
    case "export":
    case "import":
      return { rule: "CS109", kind: "named", subject: "" };
    case "load":
      // LOAD DATA … SET column = 'x' is data.
      return view.word(index + 1) === "data"
        ? null
        : { rule: "CS109", kind: "named", subject: "" };
    case "change":
    case "start":
    case "clone":
    case "administer":
    case "connect":
      return { rule: "CS110", kind: "named", subject: "" };
    case "open":
    case "exec":
    case "execute":
    case "call":
      return { rule: "CS110", kind: "call", subject: "" };
    case "grant":
      return { rule: "CS102", kind: "grant", subject: "" };
    default:
      return null;
  }
}

/** CREATE and ALTER begin a statement wherever they stand; the rest only where one can begin. */
export function isAnchorPlace(view: SqlView, index: number): boolean {
  const word = view.word(index);
  const isDefinition = word === "create" || word === "alter";
  return isDefinition ? view.word(index - 1) !== "or" : word === "unload";
}

/** False for a word that begins a query elsewhere: `COPY … FROM`, `FOR SELECT`. */
export function isQueryStart(
  view: SqlView,
  index: number,
  { kind }: Anchor,
): boolean {
  return (
    (view.word(index) !== "from" || kind === "none") &&
    view.word(index - 1) !== "for"
  );
}

/** `SET ROLE r IDENTIFIED BY x` and `SET SESSION AUTHORIZATION u PASSWORD x`; other settings are no anchor. */
function sessionAnchor(view: SqlView, index: number): Anchor | null {
  const isRole =
    view.word(index) === "role" || view.word(index + 1) === "authorization";
  return isRole
    ? { rule: "CS101", kind: "named", subject: subjectAt(view, index + 1) }
    : null;
}

function objectAnchor(view: SqlView, from: number): Anchor {
  let index = from;
  while (modifiers.has(view.word(index))) {
    index++;
  }
  const object = view.word(index);
  const next = view.word(index + 1);
  const subject = subjectAt(view, index + 1);
  if (object === "user" && next === "mapping") {
    return {
      rule: "CS103",
      kind: "mapping",
      subject: mappedServer(view, index),
    };
  }
  if (object === "server") {
    return { rule: "CS103", kind: "mapping", subject };
  }
  if (roles.has(object)) {
    return { rule: "CS101", kind: "role", subject };
  }
  if (object === "secret") {
    return {
      rule: "CS106",
      kind: "secret",
      subject: view.sign(index + 1) === "(" ? "" : subject,
    };
  }
  if (object === "subscription") {
    return { rule: "CS110", kind: "subscription", subject };
  }
  if (object === "stage") {
    return { rule: "CS109", kind: "copy", subject };
  }
  if (object === "database") {
    const isNamed = named.has(next) || next === "encryption";
    if (isNamed) {
      return { rule: "CS110", kind: "named", subject };
    }
    // ALTER DATABASE d SET app.secret TO 'x', CREATE DATABASE 'f.fdb' USER 'u' PASSWORD 'x'
    const isAltered = view.word(from - 1) === "alter";
    const rule = isAltered ? "CS107" : "CS110";
    return { rule, kind: "database", subject };
  }
  if (named.has(object)) {
    return { rule: "CS110", kind: "named", subject };
  }
  return { rule: null, kind: object === "table" ? "table" : "none", subject };
}

function subjectAt(view: SqlView, from: number): string {
  let index = from;
  while (["if", "not", "exists", "for"].includes(view.word(index))) {
    index++;
  }
  return view.name(index);
}

function mappedServer(view: SqlView, from: number): string {
  for (let index = from; index < from + 12; index++) {
    if (view.word(index) === "server") {
      return view.name(index + 1);
    }
  }
  return "";
}
