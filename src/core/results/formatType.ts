/** Numeric types of DuckDB and PostgreSQL, whole type texts only, so that `INTEGER[]` is not one. */
const numericType =
  /^(?:u?(?:tiny|small|big|huge)int|u?integer|int[248]?|real|float[48]?|double(?: precision)?|(?:decimal|numeric)(?: ?\([^)]*\))?|bignum|oid|money|(?:small|big)?serial)$/i;

/** True when values of the type (as the engine writes it) line up on their right. */
export function isNumericType(type: string): boolean {
  return numericType.test(type.trim());
}
