import { quoteIdentifier, quoteLiteral } from "../../core/sql/quote";

/** Types are looked at down to the last member: what an array, a domain or a composite type is made of. */
const typesBelow = `
needed AS (
  SELECT seed.oid FROM seed
  UNION
  SELECT part.oid FROM needed
  JOIN pg_catalog.pg_type t ON t.oid = needed.oid
  CROSS JOIN LATERAL (
    SELECT t.typelem WHERE t.typelem <> 0
    UNION ALL SELECT t.typbasetype WHERE t.typbasetype <> 0
    UNION ALL SELECT a.atttypid FROM pg_catalog.pg_attribute a
      WHERE t.typtype = 'c' AND a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped
  ) AS part(oid)
)`;

const typesAnswer = `
(SELECT json_agg(json_build_object(
  'oid', t.oid::bigint, 'name', t.typname, 'kind', t.typtype, 'element', t.typelem::bigint,
  'base', t.typbasetype::bigint, 'baseModifier', t.typtypmod,
  'members', (SELECT coalesce(json_agg(json_build_object(
      'name', a.attname, 'type', a.atttypid::bigint, 'modifier', a.atttypmod) ORDER BY a.attnum), '[]')
    FROM pg_catalog.pg_attribute a
    WHERE t.typtype = 'c' AND a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped)))
 FROM needed JOIN pg_catalog.pg_type t ON t.oid = needed.oid)`;

/** Every relation with one of these names, in any schema, with its columns, and the types below them: one JSON text. */
export function relationsSql(names: readonly string[]): string {
  const list = names.map(quoteLiteral).join(", ");
  return `
WITH RECURSIVE relations AS (
  SELECT c.oid, n.nspname, c.relname,
    CASE WHEN c.relkind IN ('r', 'm') THEN pg_catalog.pg_relation_size(c.oid) END AS bytes
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relname IN (${list}) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
),
seed AS (
  SELECT DISTINCT a.atttypid AS oid FROM relations r
  JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
),${typesBelow}
SELECT json_build_object(
  'relations', (SELECT json_agg(json_build_object(
      'schema', r.nspname, 'name', r.relname, 'bytes', r.bytes,
      'columns', (SELECT coalesce(json_agg(json_build_object(
          'name', a.attname, 'type', a.atttypid::bigint, 'modifier', a.atttypmod) ORDER BY a.attnum), '[]')
        FROM pg_catalog.pg_attribute a
        WHERE a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped)))
    FROM relations r),
  'types', ${typesAnswer})::text AS answer`;
}

/** The types with these numbers and those below them: one JSON text. */
export function typesSql(numbers: readonly number[]): string {
  const list = numbers.map((one) => `(${one}::oid)`).join(", ");
  return `
WITH RECURSIVE seed(oid) AS (VALUES ${list}),${typesBelow}
SELECT json_build_object('types', ${typesAnswer})::text AS answer`;
}

/** Whether any row has a value that does not arrive as it is, for each of the conditions. */
export function risksSql(
  schema: string,
  relation: string,
  conditions: readonly string[],
): string {
  const answers = conditions.map(
    (one, index) => `coalesce(bool_or(${one}), false)::text AS a${index}`,
  );
  return `SELECT ${answers.join(", ")} FROM ${quoteIdentifier(schema)}.${quoteIdentifier(relation)}`;
}
