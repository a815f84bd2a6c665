import { quoteLiteral } from "../sql/quote";

/**
 * What the doctor asks a server. Every column is cast to text, json or a number that JavaScript has, and nothing needs
 * a right that PUBLIC does not have. `$1` is an array of the attached schemas, empty for all.
 */
export const serverQueries = {
  server: `
    SELECT current_setting('server_version') AS version,
      current_setting('server_version_num')::int AS number,
      current_setting('server_encoding') AS encoding,
      current_database()::text AS database,
      current_user::text AS user,
      (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS clock`,
  tls: `
    SELECT ssl, version FROM pg_stat_ssl WHERE pid = pg_backend_pid()`,
  settings: `
    SELECT name, setting, source FROM pg_settings
    WHERE name IN ('statement_timeout', 'lock_timeout',
      'idle_in_transaction_session_timeout', 'default_transaction_read_only')`,
  role: `
    SELECT r.rolsuper, r.rolbypassrls, r.rolcreaterole,
      EXISTS (SELECT 1 FROM pg_roles o
        WHERE o.rolsuper AND pg_has_role(current_user, o.oid, 'MEMBER')) AS becomes_superuser,
      EXISTS (SELECT 1 FROM pg_roles o
        WHERE o.rolname = 'pg_write_all_data'
          AND pg_has_role(current_user, o.oid, 'MEMBER')) AS writes_all,
      has_database_privilege(current_database(), 'CREATE') AS creates,
      (SELECT coalesce(json_agg(n.nspname ORDER BY n.nspname), '[]') FROM pg_namespace n
        WHERE ${userSchema()} AND has_schema_privilege(n.oid, 'CREATE')) AS create_schemas,
      (SELECT coalesce(json_agg(n.nspname ORDER BY n.nspname), '[]') FROM pg_namespace n
        WHERE ${userSchema()} AND has_schema_privilege('public', n.oid, 'CREATE')) AS public_schemas
    FROM pg_roles r WHERE r.rolname = current_user`,
  tables: `
    WITH t AS (
      SELECT n.nspname, n.nspname || '.' || c.relname AS name,
        has_schema_privilege(n.oid, 'USAGE') AS usable,
        has_table_privilege(c.oid, 'SELECT') AS readable,
        has_any_column_privilege(c.oid, 'SELECT') AS partly,
        has_schema_privilege(n.oid, 'USAGE') AND (
          has_any_column_privilege(c.oid, 'INSERT') OR has_any_column_privilege(c.oid, 'UPDATE')
          OR has_table_privilege(c.oid, 'DELETE') OR has_table_privilege(c.oid, 'TRUNCATE')
        ) OR pg_has_role(c.relowner, 'MEMBER') AS writable
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND ${userSchema()} AND ${attached()})
    SELECT count(*)::float8 AS total,
      (SELECT coalesce(json_agg(DISTINCT nspname), '[]') FROM t) AS schemas,
      count(*) FILTER (WHERE writable)::float8 AS writable,
      ${someNames("writable")} AS writable_names,
      count(*) FILTER (WHERE NOT (usable AND partly))::float8 AS unreadable,
      ${someNames("NOT (usable AND partly)")} AS unreadable_names,
      count(*) FILTER (WHERE usable AND partly AND NOT readable)::float8 AS partly
    FROM t`,
  rowSecurity: `
    WITH t AS (
      SELECT n.nspname || '.' || c.relname AS name, row_security_active(c.oid) AS active
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relrowsecurity AND ${userSchema()} AND ${attached()})
    SELECT count(*)::float8 AS total,
      count(*) FILTER (WHERE active)::float8 AS active,
      ${someNames("active")} AS active_names
    FROM t`,
  stale: `
    WITH t AS (
      SELECT n.nspname, c.relname, c.relpages, c.reltuples,
        pg_relation_size(c.oid)::float8 AS bytes,
        current_setting('block_size')::float8 AS page
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'm') AND c.relpersistence <> 't'
        AND has_schema_privilege(n.oid, 'USAGE') AND ${userSchema()} AND ${attached()})
    SELECT nspname AS schema, relname AS name, bytes,
      relpages = 0 OR reltuples < 0 AS never
    FROM t
    WHERE (relpages = 0 AND bytes >= ${bigBytes()})
      OR (bytes / page > 2 * relpages AND bytes - relpages * page >= ${grownBytes()})
    ORDER BY bytes DESC LIMIT 100`,
  backends: `
    SELECT pid, coalesce(state, '') AS state,
      extract(epoch FROM clock_timestamp() - xact_start)::float8 AS transaction_seconds,
      coalesce(extract(epoch FROM clock_timestamp() - state_change), 0)::float8 AS state_seconds,
      to_json(pg_blocking_pids(pid)) AS blocked_by
    FROM pg_stat_activity
    WHERE application_name = ANY ($1::text[]) AND datname = current_database()
      AND pid <> pg_backend_pid()`,
} as const;

/** The patterns guide's connection test, in the server behind an alias: it needs a connection of DuckDB's pool. */
export function connectionTest(alias: string): string {
  const test =
    "SELECT 'Connection test' AS status FROM information_schema.tables LIMIT 1";
  return `FROM postgres_query(${quoteLiteral(alias)}, ${quoteLiteral(test)})`;
}

/** Below 1 MB nobody waits for a scan. */
function bigBytes(): number {
  return 1024 ** 2;
}

/** As much as one task of a parallel scan reads (`pg_pages_per_task`). */
function grownBytes(): number {
  return 8 * 1024 ** 2;
}

function userSchema(): string {
  return "n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'";
}

function attached(): string {
  return "(cardinality($1::text[]) = 0 OR n.nspname = ANY ($1::text[]))";
}

function someNames(condition: string): string {
  return `(SELECT coalesce(json_agg(name), '[]') FROM (SELECT name FROM t WHERE ${condition} ORDER BY name LIMIT 5) AS chosen)`;
}
