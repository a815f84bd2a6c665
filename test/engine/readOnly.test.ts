import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import fc from "fast-check";
import { quoteLiteral } from "../../src/core/sql/quote";
import {
  duckdbOpenings,
  duckdbWrites,
  hidden,
  openings,
  state,
  ways,
  writes,
} from "./fixtures/readOnlyEscapes";
import { TestEngine } from "../support/engineHarness";
import { admin, connectAdmin } from "../support/postgres";

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
    for (const [which, way] of ways.entries()) {
      // Each way with every second hiding; any of them meet below.
      for (const hide of hidden.filter((_, at) => (at + which) % 2 === 0)) {
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

  it("says that a second statement was not run", async () => {
    const { error } = await engine.fail(
      "COMMIT; INSERT INTO ro_canary VALUES (666)",
      "ro",
    );
    assert.equal(error.class, "syntax");
    const alone = await engine.succeed("COMMIT;", "ro");
    assert.match(alone.notices[0]?.message ?? "", /COMMIT has no effect/);
  });

  it("keeps the server's maintenance away", async () => {
    for (const sql of [
      "REINDEX TABLE ro_canary",
      "CLUSTER",
      "VACUUM ro_canary",
    ]) {
      const { error } = await engine.fail(sql, "ro");
      assert.equal(error.class, "readOnly", sql);
    }
    await engine.succeed("ANALYZE ro_canary", "ro");
  });

  it("looks into a literal that is hidden from DuckDB for a password in it", async () => {
    for (const effect of [
      "SELECT pg_notify(''a'', ",
      "SELECT lo_from_bytea(0, ",
    ]) {
      const { error } = await engine.fail(
        `FROM postgres_query('ro', '${effect}''postgresql://me:invented@localhost/x'') AS a')`,
      );
      assert.equal(error.class, "readOnly");
    }
  });

  it("still reads, copies, pivots and explains", async () => {
    // The statements of the tests before end in any catalog, and maybe in a transaction.
    await engine.run("ROLLBACK");
    await engine.succeed("USE memory");
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
