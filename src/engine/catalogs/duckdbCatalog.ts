import type { ColumnInfo, RelationInfo } from "../../protocol/catalog";
import type { Connection } from "../duckdb";
import type { CatalogReader } from "./postgresCatalog";

/** Reads DuckDB's own catalogs. */
export class DuckdbCatalog implements CatalogReader {
  constructor(private readonly connection: Connection) {}

  async schemas(catalog: string): Promise<string[]> {
    const rows = await this.connection.rows(
      `SELECT schema_name FROM duckdb_schemas() WHERE lower(database_name) = lower($1)
         AND schema_name NOT IN ('information_schema', 'pg_catalog')
       ORDER BY schema_name <> 'main', schema_name`,
      [catalog],
    );
    return rows.map(([name]) => name ?? "");
  }

  async relations(catalog: string, schema: string): Promise<RelationInfo[]> {
    const rows = await this.connection.rows(
      `SELECT table_name, 'table' FROM duckdb_tables()
         WHERE lower(database_name) = lower($1) AND schema_name = $2 AND NOT internal
       UNION ALL
       SELECT view_name, 'view' FROM duckdb_views()
         WHERE lower(database_name) = lower($1) AND schema_name = $2 AND NOT internal
       ORDER BY 1`,
      [catalog, schema],
    );
    return rows.map(([name, kind]) => ({
      name: name ?? "",
      kind: kind === "view" ? "view" : "table",
    }));
  }

  async columns(
    catalog: string,
    schema: string,
    relation: string,
  ): Promise<ColumnInfo[]> {
    const parameters = [catalog, schema, relation];
    const where =
      "lower(database_name) = lower($1) AND schema_name = $2 AND table_name = $3";
    const rows = await this.connection.rows(
      `SELECT column_name, data_type, is_nullable::VARCHAR FROM duckdb_columns() WHERE ${where} ORDER BY column_index`,
      parameters,
    );
    const keys = await this.connection.rows(
      `SELECT constraint_type, unnest(constraint_column_names), referenced_table, unnest(referenced_column_names)
       FROM duckdb_constraints() WHERE ${where} AND constraint_type IN ('PRIMARY KEY', 'FOREIGN KEY')`,
      parameters,
    );
    return rows.map(([name, type, nullable]) => {
      const own = keys.filter(([, column]) => column === name);
      const foreign = own.find(([kind]) => kind === "FOREIGN KEY");
      return {
        name: name ?? "",
        type: type ?? "",
        nullable: nullable === "true",
        primaryKey: own.some(([kind]) => kind === "PRIMARY KEY"),
        references:
          foreign === undefined
            ? null
            : `${schema}.${foreign[2] ?? ""}.${foreign[3] ?? ""}`,
      };
    });
  }
}
