import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import fc from "fast-check";
import { quoteLiteral } from "../../src/core/sql/quote";
import { TestEngine } from "../support/engineHarness";
import { admin, connectAdmin } from "../support/postgres";

/** What a server's owner sees of everything that an escape could have changed. */
const state = `SELECT
  (SELECT string_agg(a::text, ',' ORDER BY a) FROM ro_canary) AS rows,
  (SELECT last_value::text || is_called FROM ro_canary_seq) AS sequence,
  (SELECT string_agg(c.relname::text || c.relkind::text, ',' ORDER BY c.relname) FROM pg_class c
     WHERE c.relnamespace = 'public'::regnamespace) AS relations,
  (SELECT string_agg(attname, ',' ORDER BY attnum) FROM pg_attribute WHERE attrelid = 'ro_canary'::regclass AND attnum > 0) AS columns,
  (SELECT string_agg(nspname, ',' ORDER BY nspname) FROM pg_namespace WHERE nspname !~ '^pg_(temp|toast)') AS schemas,
  (SELECT string_agg(proname, ',' ORDER BY proname) FROM pg_proc WHERE pronamespace = 'public'::regnamespace) AS functions,
  (SELECT string_agg(rolname, ',' ORDER BY rolname) FROM pg_roles WHERE rolname !~ '^pg_') AS roles,
  (SELECT count(*)::text FROM pg_largeobject_metadata) AS objects,
  (SELECT count(*)::text FROM pg_locks WHERE locktype = 'advisory') AS locks`;

const writes = [
  "INSERT INTO ro_canary VALUES (666)",
  "UPDATE ro_canary SET a = 666",
  "DELETE FROM ro_canary",
  "TRUNCATE ro_canary",
  "MERGE INTO ro_canary USING (SELECT 1) s ON true WHEN MATCHED THEN DELETE",
  "CREATE TABLE ro_made (a int)",
  "CREATE TABLE ro_made AS SELECT 1 AS a",
  "SELECT 1 AS a INTO ro_made",
  "DROP TABLE ro_canary",
  "ALTER TABLE ro_canary ADD COLUMN b int",
  "CREATE INDEX ro_index ON ro_canary (a)",
  "CREATE SCHEMA ro_made",
  "CREATE ROLE ro_made",
  "COPY ro_canary FROM PROGRAM 'echo 666'",
  "WITH x AS (DELETE FROM ro_canary RETURNING a) SELECT a FROM x",
  "CALL ro_procedure()",
  "DO $do$ BEGIN INSERT INTO ro_canary VALUES (666); END $do$",
  "DO $do$ BEGIN EXECUTE 'INS' || 'ERT INTO ro_canary VALUES (666)'; END $do$",
  "SELECT ro_function() AS a",
  "SELECT nextval('ro_canary_seq') AS a",
  "SELECT setval('ro_canary_seq', 42) AS a",
  "SELECT lo_create(0) AS a",
  "SELECT lo_from_bytea(0, 'x') AS a",
  "SELECT pg_advisory_lock(7) AS a",
  "SELECT a FROM ro_canary FOR UPDATE",
  "LOCK TABLE ro_canary",
  "EXPLAIN ANALYZE DELETE FROM ro_canary",
  "GRANT ALL ON ro_canary TO PUBLIC",
  "COMMENT ON TABLE ro_canary IS 'x'",
  "VACUUM FULL ro_canary",
  "SELECT query_to_xml('DELETE FROM ro_canary', true, true, '') AS a",
];
const openings = [
  "",
  "COMMIT",
  "ROLLBACK",
  "END",
  "ABORT",
  "BEGIN",
  "BEGIN READ WRITE",
  "COMMIT AND CHAIN",
  "ROLLBACK AND CHAIN",
  "SET TRANSACTION READ WRITE",
  "SET default_transaction_read_only = off",
  "SET SESSION default_transaction_read_only TO off",
  "SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE",
  "SET transaction_read_only = off",
  "SELECT set_config('transaction_read_only', 'off', false) AS a",
  "SELECT set_config('default_transaction_read_only', 'off', false) AS a",
  "RESET ALL",
  "DISCARD ALL",
  "RESET default_transaction_read_only",
  "SAVEPOINT s",
];
const duckdbOpenings = [
  "",
  "BEGIN",
  "COMMIT",
  "ROLLBACK",
  "BEGIN TRANSACTION READ ONLY",
  "USE ro",
  "USE memory",
  "SET pg_pool_max_connections = 0",
  "SET pg_connection_cache = false",
  "CALL pg_clear_cache()",
  "ATTACH '' AS ro_other (TYPE postgres, SECRET viaduct_ro)",
  "ATTACH 'options=' AS ro_other (TYPE postgres, SECRET viaduct_ro)",
  "ATTACH 'options=' AS ro_other (TYPE postgres, SECRET 'viaduct' || '_ro')",
  "ATTACH 'options=''-c default_transaction_read_only=off''' AS ro_other (TYPE postgres, SECRET \"VIADUCT_ro\")",
  "ALTER DATABASE ro SET ALIAS TO ro_other",
  "DETACH ro_other",
  "SET pg_pool_health_check_query = 'SET default_transaction_read_only = off; DELETE FROM ro_canary'",
  "SET GLOBAL pg_staleness_query = 'SELECT ''${SCHEMA}'', 1, 2; COMMIT; DELETE FROM ro_canary'",
  "PRAGMA pg_staleness_query = 'SELECT ''${SCHEMA}'', 1, 2; COMMIT; DELETE FROM ro_canary'",
  "FROM postgres_configure_pool(catalog_name := 'ro', health_check_query := 'DELETE FROM ro_canary')",
];

/** Ways in which DuckDB can be made to give a text to the server. */
const ways: readonly ((sql: string) => string)[] = [
  (sql) => `FROM postgres_execute('ro', ${quoteLiteral(sql)})`,
  (sql) =>
    `CALL postgres_execute('ro', ${quoteLiteral(sql)}, use_transaction := false)`,
  (sql) => `FROM postgres_query('ro', ${quoteLiteral(sql)})`,
  (sql) =>
    `FROM postgres_query('ro', ${quoteLiteral(sql)}, use_transaction := false)`,
  (sql) => `FROM postgres_query('ro_other', ${quoteLiteral(sql)})`,
  (sql) => `FROM postgres_execute('ro_other', ${quoteLiteral(sql)})`,
];
const hidden: readonly ((call: string) => string)[] = [
  (call) => call,
  (call) => call.replace("postgres_execute", '"POSTGRES_execute"'),
  (call) => call.replace("FROM ", "FROM system.main."),
  (call) => call.replace("'ro'", "'R' || 'O'"),
  (call) => `EXPLAIN ANALYZE ${call.replace("CALL ", "FROM ")}`,
  (call) =>
    `CREATE OR REPLACE TABLE ro_local AS ${call.replace("CALL ", "FROM ")}`,
  (call) =>
    `SET VARIABLE ro_v = (SELECT count(*) ${call.replace("CALL ", "FROM ")})`,
  (call) =>
    `FROM query(${quoteLiteral(call.replace("CALL ", "FROM ")).replace("postgres_", "postgres' || '_")})`,
  (call) =>
    `SET VARIABLE ro_v = (SELECT count(*) FROM query(${quoteLiteral(call.replace("CALL ", "FROM ")).replace("postgres_", "postgres' || '_")}))`,
  (call) => `PREPARE ro_p AS ${call.replace("CALL ", "FROM ")}`,
  (call) =>
    `CREATE OR REPLACE MACRO ro_macro() AS TABLE ${call.replace("CALL ", "FROM ")}`,
  (call) => `COPY (${call.replace("CALL ", "FROM ")}) TO '/dev/null'`,
  (call) =>
    `PRAGMA json_execute_serialized_sql(json_serialize_sql(${quoteLiteral(`SELECT * ${call.replace("CALL ", "FROM ")}`).replace("postgres_", "postgres' || '_")}))`,
];
const duckdbWrites = [
  "INSERT INTO ro.public.ro_canary VALUES (666)",
  "INSERT INTO ro_other.public.ro_canary VALUES (666)",
  "DELETE FROM ro.ro_canary",
  "CREATE TABLE ro.public.ro_made AS SELECT 1 AS a",
  "COPY ro.ro_canary FROM 'ro.csv'",
  "COPY FROM DATABASE memory TO ro",
  "TRUNCATE ro.ro_canary",
  "CREATE INDEX ro_i ON ro.ro_canary (a)",
  "EXECUTE ro_p",
  "FROM ro_macro()",
  "IMPORT DATABASE 'IMPORTED'",
  "FROM made_before()",
  "CALL made_before()",
  "INSERT INTO memory.before SELECT 1 FROM made_before()",
  "UPDATE memory.before SET a = (SELECT count(*) FROM made_before())",
];

describe("read-only is real", () => {
  let engine: TestEngine;
  before(async () => {
    await admin(`CREATE TABLE ro_canary (a int); INSERT INTO ro_canary VALUES (1), (2); CREATE SEQUENCE ro_canary_seq;
      CREATE FUNCTION ro_function() RETURNS int LANGUAGE plpgsql AS $$ BEGIN
        BEGIN PERFORM set_config('transaction_read_only', 'off', false); EXCEPTION WHEN others THEN NULL; END;
        INSERT INTO ro_canary VALUES (666); RETURN 1; END $$;
      CREATE PROCEDURE ro_procedure() LANGUAGE plpgsql AS $$ BEGIN
        COMMIT; SET TRANSACTION READ WRITE; INSERT INTO ro_canary VALUES (666); COMMIT; END $$`);
    engine = await TestEngine.start();
    await engine.attach("ro", { readOnly: false });
    // What a workspace's file may have from before.
    await engine.succeed(
      "CREATE MACRO made_before() AS TABLE FROM postgres_execute('ro', 'COMMIT; SET default_transaction_read_only = off; DELETE FROM ro_canary')",
    );
    await engine.succeed("CREATE TABLE before (a INT)");
    const folder = path.join(engine.folder, "IMPORTED");
    await mkdir(folder);
    await writeFile(path.join(folder, "schema.sql"), "FROM made_before();");
    await writeFile(path.join(folder, "load.sql"), "");
    await engine.attach("ro");
  });
  after(async () => {
    await engine.close();
    await admin(
      "DROP TABLE ro_canary; DROP SEQUENCE ro_canary_seq; DROP FUNCTION ro_function; DROP PROCEDURE ro_procedure",
    );
  });

  /** Runs statements one after another whatever becomes of each; the canary has to be as it was. */
  const holds = async (
    texts: readonly string[],
    on?: string,
  ): Promise<void> => {
    const owner = await connectAdmin();
    try {
      const before = (await owner.query<Record<string, unknown>>(state)).rows;
      for (const text of texts) {
        await engine.run(
          text.replaceAll(
            "'IMPORTED'",
            quoteLiteral(path.join(engine.folder, "IMPORTED")),
          ),
          on,
        );
      }
      await engine.run("ROLLBACK", on);
      const after = (await owner.query<Record<string, unknown>>(state)).rows;
      assert.deepEqual(after, before, texts.join(" ;; "));
    } finally {
      await owner.end();
    }
    if (
      (await engine.handlers.listCatalogs(null)).every(
        ({ name }) => name !== "ro",
      )
    ) {
      await engine.run("DETACH ro_other");
      await engine.attach("ro");
    }
  };
  const disguised = (sql: string): fc.Arbitrary<string> =>
    fc
      .tuple(
        fc.constantFrom("", "/* x */ ", "-- y\n", "/* a /* b */ */\n\t"),
        fc.boolean(),
      )
      .map(
        ([comment, upper]) =>
          comment +
          (upper
            ? sql.replaceAll(/\b(?:from|select|insert|delete)\b/gi, (word) =>
                word.toLowerCase(),
              )
            : sql),
      );
  const pick = (texts: readonly string[]): fc.Arbitrary<string> =>
    fc.constantFrom(...texts).chain(disguised);
  const stacked = fc
    .tuple(fc.array(pick(openings), { maxLength: 2 }), pick(writes))
    .map(([first, write]) =>
      [...first, write].filter((one) => one !== "").join("; "),
    );

  for (const write of writes) {
    it(`natively: ${write}`, () =>
      holds(
        [write, `COMMIT; ${write}`, `PREPARE ro_p AS ${write}`, "EXECUTE ro_p"],
        "ro",
      ));
  }

  it("holds against any row of statements, natively", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(pick(openings), pick(writes), stacked), {
          minLength: 1,
          maxLength: 5,
        }),
        (texts) => holds(texts, "ro"),
      ),
      { numRuns: 60 },
    );
  }).timeout(120_000);

  it("holds against each way through DuckDB", async () => {
    for (const way of ways) {
      for (const hide of hidden) {
        await holds([
          hide(
            way(
              "COMMIT; SET default_transaction_read_only = off; DELETE FROM ro_canary",
            ),
          ),
          "EXECUTE ro_p",
          "FROM ro_macro()",
          hide(way("SELECT ro_function() AS a")),
        ]);
      }
    }
    for (const opening of duckdbOpenings) {
      await holds([
        opening,
        "FROM ro.ro_canary",
        ...duckdbWrites,
        "FROM ro.ro_canary",
      ]);
    }
  }).timeout(300_000);

  it("holds against any row of statements, through DuckDB", async () => {
    const call = fc
      .tuple(fc.constantFrom(...ways), fc.constantFrom(...hidden), stacked)
      .map(([way, hide, sql]) => hide(way(sql)));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(pick(duckdbOpenings), call, pick(duckdbWrites)), {
          minLength: 1,
          maxLength: 6,
        }),
        (texts) => holds(texts),
      ),
      { numRuns: 60 },
    );
  }).timeout(300_000);

  it("still reads, copies, pivots and explains", async () => {
    for (const sql of [
      "FROM ro.public.ro_canary",
      "FROM postgres_query('ro', 'SELECT count(*) AS n FROM ro_canary')",
      "CREATE OR REPLACE TABLE ro_copy AS FROM ro.ro_canary",
      "PIVOT ro_copy ON a USING count(*)",
      "EXPLAIN FROM ro.ro_canary",
      "SHOW TABLES",
      "PRAGMA database_list",
      "CALL pragma_version()",
      "FROM postgres_configure_pool()",
      "DESCRIBE ro_copy",
      "SUMMARIZE ro_copy",
      "CREATE OR REPLACE SEQUENCE ro_own",
      "SELECT nextval('ro_own')",
      "SET VARIABLE x = (SELECT count(*) FROM ro.ro_canary)",
    ]) {
      await engine.succeed(sql);
    }
  });
});
