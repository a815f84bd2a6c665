import { quoteText } from "../../core/connections/alias";

/*
 * The standard's information_schema first: `schemata` hides schemas that one does not own, and `table_constraints`
 * hides the keys of tables on which one may only SELECT, so these two come from pg_catalog. Every column is text.
 */

/** Schemas that the user may look into; the system's own last. */
export const schemasSql = `
SELECT nspname::text
FROM pg_catalog.pg_namespace
WHERE nspname NOT LIKE 'pg\\_toast%' AND nspname NOT LIKE 'pg\\_temp\\_%' AND nspname NOT LIKE 'pg\\_toast\\_temp%'
  AND has_schema_privilege(oid, 'USAGE')
ORDER BY nspname IN ('pg_catalog', 'information_schema'), nspname <> 'public', nspname`;

/** Tables and views of a schema: name, and `relkind`. Materialised views are in no information_schema. */
export function relationsSql(schema: string): string {
  return `
SELECT c.relname::text, c.relkind::text
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = ${quoteText(schema)} AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
  AND (has_table_privilege(c.oid, 'SELECT') OR has_any_column_privilege(c.oid, 'SELECT'))
ORDER BY c.relname`;
}

/** Columns of a relation: name, type, nullable, primary key, and what a foreign key points at. */
export function columnsSql(schema: string, relation: string): string {
  return `
SELECT a.attname::text,
  format_type(a.atttypid, a.atttypmod),
  CASE WHEN a.attnotnull OR (t.typtype = 'd' AND t.typnotnull) THEN 'false' ELSE 'true' END,
  CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_constraint k
    WHERE k.conrelid = c.oid AND k.contype = 'p' AND a.attnum = ANY (k.conkey)) THEN 'true' ELSE 'false' END,
  (SELECT fn.nspname || '.' || fc.relname || '.' || fa.attname
   FROM pg_catalog.pg_constraint k
   CROSS JOIN LATERAL unnest(k.conkey, k.confkey) AS pair(own, other)
   JOIN pg_catalog.pg_class fc ON fc.oid = k.confrelid
   JOIN pg_catalog.pg_namespace fn ON fn.oid = fc.relnamespace
   JOIN pg_catalog.pg_attribute fa ON fa.attrelid = k.confrelid AND fa.attnum = pair.other
   WHERE k.conrelid = c.oid AND k.contype = 'f' AND pair.own = a.attnum
   ORDER BY k.conname LIMIT 1)
FROM pg_catalog.pg_attribute a
JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
WHERE n.nspname = ${quoteText(schema)} AND c.relname = ${quoteText(relation)} AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY a.attnum`;
}
