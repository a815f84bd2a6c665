/** Next steps for errors of a server that share their class with others. */

/** `no pg_hba.conf entry …`, `pg_hba.conf rejects connection …`. */
export const pgHbaHint =
  "The server lets nobody in like this: its owner has to allow this user, database and address in pg_hba.conf; where the message says no encryption, TLS may be all that is missing.";

/** SQLSTATE 53300. */
export const tooManyHint =
  "The server has no connection left: close sessions that nobody needs, or have its owner raise the limit (max_connections, ALTER ROLE … CONNECTION LIMIT).";

/** SQLSTATE 57P03. */
export const startingHint =
  "The server is starting or stopping: try again in a moment.";

/** No CONNECT on the database. */
export const connectRightHint =
  "Ask the owner for GRANT CONNECT ON DATABASE, or attach with another role.";

/** SQLSTATE 55P03, and its text in DuckDB. */
export const lockTimeoutHint =
  "Another session holds a lock on the table: wait for it to end, then run the statement again.";

/** SQLSTATE 53200: the memory of the server, not of DuckDB. */
export const serverMemoryHint =
  "The server ran out of memory, not DuckDB: make the statement do less there, or ask the server's owner.";

/** SQLSTATE 08P01 of PgBouncer and its like, which take no options of a session. */
export const poolerHint =
  "A connection pooler is in front of the server and takes no session options, by which Viaduct sets read-only and timeouts: connect to the server itself, or have the pooler ignore them (PgBouncer: ignore_startup_parameters = options) and set the limits for the role (ALTER ROLE … SET default_transaction_read_only = on).";

/** The same in a pooler's words: PgBouncer's of all versions name the parameter, or one inside the options. */
export const poolerRefusal = /unsupported (?:options )?startup parameter/;
