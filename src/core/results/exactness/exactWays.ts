/** The same statement by ways on which DuckDB's scanner changes nothing: on the server, or with the columns as text. */
import { lex } from "../../sql/lexer";
import { quoteIdentifier, quoteLiteral } from "../../sql/quote";
import { tokenValue } from "../../sql/tokenText";
import { namesIn, type Place } from "./places";
import type { Mention } from "./syntax";

/** A relation that a statement names. */
export interface NamedRelation {
  readonly mention: Mention;
  /** The alias, and of a relation its schema and name as the server has them; null for what `postgres_query` asks. */
  readonly alias: string;
  readonly relation: { readonly schema: string; readonly name: string } | null;
  /** All of its columns; true for those that are to come as text. */
  readonly columns: readonly {
    readonly name: string;
    readonly asText: boolean;
  }[];
}

/** Another text for a part of the statement. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The statement as the server can run it, when it names relations of this alias only; null when a name would mean
 * something else there. Whether the server understands the rest, it alone can say.
 */
export function nativeStatement(
  sql: string,
  named: readonly NamedRelation[],
): string | null {
  const [first] = named;
  if (
    first === undefined ||
    named.some(
      ({ alias, relation }) => alias !== first.alias || relation === null,
    )
  ) {
    return loneQuery(sql, named);
  }
  let text = sql;
  for (const place of namesIn(sql).toReversed()) {
    const own = aliasOf(place, first.alias);
    if (own) {
      const relation = relationAt(place, named);
      // `pg.orders` is in the schema that DuckDB found it in, whatever the server's search path.
      const plain =
        !relation || place.parts.length > 2
          ? sql.slice(behindDot(sql, place.start), place.end)
          : `${quoteIdentifier(relation.schema)}.${quoteIdentifier(relation.name)}`;
      text = text.slice(0, place.start) + plain + text.slice(place.end);
    }
  }
  return startsWith(text, "FROM") ? `SELECT * ${text}` : text;
}

/** `FROM postgres_query('pg', 'SELECT …')` and nothing else: what it asks is the statement. */
function loneQuery(
  sql: string,
  named: readonly NamedRelation[],
): string | null {
  const [only, second] = named;
  const isLone =
    /^\s*(?:SELECT\s+\*\s+)?FROM\s+postgres_query\s*\(\s*'(?:[^']|'')*'\s*,\s*'(?:[^']|'')*'\s*\)\s*;?\s*$/i.test(
      sql,
    );
  return isLone && second === undefined
    ? (only?.mention.query?.[1] ?? null)
    : null;
}

/** The statement with the columns that would be changed as text; null when that cannot be written into it. */
export function textStatement(
  sql: string,
  named: readonly NamedRelation[],
): string | null {
  const wanted = named.filter(({ columns }) =>
    columns.some(({ asText }) => asText),
  );
  if (wanted.length === 0) {
    return null;
  }
  const edits: Edit[] = [];
  for (const one of wanted) {
    const found =
      one.relation === null ? queryEdits(sql, one) : relationEdits(sql, one);
    if (found === null || found.length === 0) {
      return null;
    }
    edits.push(...found);
  }
  return edits
    .toSorted((left, right) => right.start - left.start)
    .reduce(
      (text, { start, end, text: put }) =>
        text.slice(0, start) + put + text.slice(end),
      sql,
    );
}

/** Null where it is not sure what a name in the text means. */
function relationEdits(sql: string, named: NamedRelation): Edit[] | null {
  const { mention, alias, relation, columns } = named;
  if (relation === null) {
    return null;
  }
  const from = `${quoteIdentifier(relation.schema)}.${quoteIdentifier(relation.name)}`;
  const call = queryCall(alias, columns, from);
  const name = quoteIdentifier(relation.name);
  const places = namesIn(sql);
  const own = places.filter(({ parts }) => samePath(parts, mention.path));
  const qualified = places.flatMap((place) => {
    const length = qualifierOf(place, mention.path);
    return length === 0
      ? []
      : [{ start: place.start, end: place.ends[length - 1] ?? 0, text: name }];
  });
  // Without its database, a name may be that of another relation.
  const isTaken =
    qualified.length > 0 &&
    places.some(
      ({ parts }) =>
        samePath(parts.slice(-1), [relation.name]) &&
        !samePath(parts, mention.path),
    );
  return isTaken || own.length === 0 || own.some((one) => !one.isRelation)
    ? null
    : [
        ...qualified,
        ...own.map(({ start, end, after }) => ({
          start,
          end,
          text: isAlias(after) ? call : `${call} AS ${name}`,
        })),
      ];
}

/** How many of the parts of a column's name are the relation's, with its schema at least; 0 for another's. */
function qualifierOf({ parts }: Place, path: readonly string[]): number {
  for (let length = path.length; length > 1; length--) {
    if (
      parts.length > length &&
      samePath(parts.slice(0, length), path.slice(-length))
    ) {
      return length;
    }
  }
  return 0;
}

/** `postgres_query('pg', 'SELECT …')` around itself. */
function queryEdits(sql: string, { mention, columns }: NamedRelation): Edit[] {
  const inner = mention.query?.[1] ?? "";
  return lex(sql)
    .filter(
      (token) => token.kind === "string" && tokenValue(sql, token) === inner,
    )
    .map(({ start, end }) => ({
      start,
      end,
      text: quoteLiteral(textSelect(columns, `(${inner}\n) AS as_asked`)),
    }));
}

function queryCall(
  alias: string,
  columns: NamedRelation["columns"],
  from: string,
): string {
  return `postgres_query(${quoteLiteral(alias)}, ${quoteLiteral(textSelect(columns, from))})`;
}

function textSelect(columns: NamedRelation["columns"], from: string): string {
  const list = columns.map(({ name, asText }) => {
    const quoted = quoteIdentifier(name);
    return asText ? `${quoted}::text AS ${quoted}` : quoted;
  });
  return `SELECT ${list.join(", ")} FROM ${from}`;
}

/** Words that may be behind a relation without being its alias. */
const notAliases: ReadonlySet<string> = new Set(
  (
    "WHERE GROUP ORDER LIMIT OFFSET HAVING QUALIFY WINDOW UNION EXCEPT INTERSECT JOIN INNER LEFT RIGHT FULL CROSS " +
    "NATURAL SEMI ANTI ASOF POSITIONAL ON USING SELECT TABLESAMPLE USING FETCH FOR"
  ).split(" "),
);

function isAlias(after: string): boolean {
  return /^(?:\w|")/.test(after) && !notAliases.has(after);
}

function aliasOf({ parts }: Place, alias: string): boolean {
  return parts.length > 1 && parts[0]?.toLowerCase() === alias.toLowerCase();
}

function relationAt(
  { parts }: Place,
  named: readonly NamedRelation[],
): NamedRelation["relation"] | undefined {
  return named.find(({ mention }) => samePath(mention.path, parts))?.relation;
}

function samePath(left: readonly string[], right: readonly string[]): boolean {
  return (
    left.length === right.length &&
    left.every((part, at) => part.toLowerCase() === right[at]?.toLowerCase())
  );
}

/** Where the second part of a name begins. */
function behindDot(sql: string, start: number): number {
  const [, dot] = lex(sql.slice(start)).filter(
    ({ kind }) => kind !== "comment",
  );
  return start + (dot?.end ?? 0);
}

function startsWith(sql: string, word: string): boolean {
  const [first] = lex(sql).filter(({ kind }) => kind !== "comment");
  return (
    first !== undefined &&
    sql.slice(first.start, first.end).toUpperCase() === word
  );
}
