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

/** SQLSTATE 55000 of a connection: `ALLOW_CONNECTIONS false`. */
export const closedDatabaseHint =
  "The database is closed to connections (ALTER DATABASE … ALLOW_CONNECTIONS false): choose another one, or ask its owner.";

/** No server is what target_session_attrs asks for. */
export const sessionKindHint =
  "None of the connection's servers is of the kind that target_session_attrs asks for: name another server, or ask for another kind.";

/** The server refuses a setting that the connection asks for, in `options` or by a field of a dbt profile. */
export const sessionOptionHint =
  "The server refuses a setting that the connection asks for: correct its options (PGOPTIONS; role and search_path in a dbt profile).";

/** The same in the server's words, behind FATAL. */
export const sessionOptionRefusal =
  /unrecognized configuration parameter|invalid value for parameter|invalid command-line argument|parameter ".*" cannot be (?:changed|set)|conflicting or redundant options/;

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

/** For values that DuckDB's scanner cannot read, where the server's own text is what there is. */
export const unreadableHint =
  "DuckDB cannot read these values of the server: run the statement on the attached database itself, or ask for their text: FROM postgres_query('alias', 'SELECT column::text FROM …').";
