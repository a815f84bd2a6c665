/** PostgreSQL's types as its catalog has them: what is behind a column, down to the last member. */

/** A type of the server's, by its number in `pg_type`. */
export interface ServerType {
  /** `numeric`, `timestamptz`, `_int4`, or a user's own. */
  readonly name: string;
  /** `b` base, `c` composite, `d` domain, `e` enum, `r` range, `m` multirange, `p` pseudo. */
  readonly kind: string;
  /** The type of an array's elements; 0 for what is no array. */
  readonly element: number;
  /** The type that a domain is of, and with which modifier; 0 for no domain. */
  readonly base: number;
  readonly baseModifier: number;
  /** Members of a composite type. */
  readonly members: readonly ServerColumn[];
}

/** A column of a relation, of a query or of a composite type. */
export interface ServerColumn {
  readonly name: string;
  readonly type: number;
  /** `atttypmod`: −1 for none. */
  readonly modifier: number;
}

/** Types by number. */
export type ServerTypes = ReadonlyMap<number, ServerType>;

/** How DuckDB reads: an attached relation's columns, or what `postgres_query` answers (engine-facts 2.7). */
export type Reading = "relation" | "query";
