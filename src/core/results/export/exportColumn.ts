import type { ColumnSql, KeptColumn } from "../columnSql";

/** A column that is exported: what it is, and the SQL over it. */
export interface ExportColumn extends KeptColumn, ColumnSql {}
