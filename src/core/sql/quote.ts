/** `name` as an identifier of DuckDB and PostgreSQL, always quoted: exact whatever its case and characters. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** `value` as a string literal of DuckDB and PostgreSQL; both read a backslash in it as a backslash. */
export function quoteLiteral(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
