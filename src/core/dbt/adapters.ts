/** Adapters of dbt by the names that profiles give them (dbt's list of trusted and community adapters, 2026). */
const adapters: ReadonlySet<string> = new Set(
  (
    "athena athenaspark bigquery clickhouse cratedb databend databricks db2 decodable " +
    "doris dremio duckdb exasol extrica fabric fabricspark fal firebolt glue greenplum hive " +
    "ibmdb2 impala infer iomete layer_bigquery maxcompute materialize mindsdb mysql mysql5 mariadb " +
    "netezza oceanbase_mysql oracle postgres questdb redshift risingwave rockset salesforce singlestore " +
    "snowflake spark sqlite sqlserver starrocks synapse teradata tidb timescaledb trino upsolver vertica watsonx_presto watsonx_spark yellowbrick ydb"
  ).split(" "),
);

/**
 * The adapter's name as it may be shown; null for one that nobody knows: in a
 * broken file the rest of it, with its passwords, can stand behind `type`, and
 * `env_var()` can put any value there.
 */
export function knownAdapter(type: string): string | null {
  return adapters.has(type) ? type : null;
}
