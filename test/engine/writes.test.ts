import assert from "node:assert/strict";
import type { EngineEvents } from "../../src/protocol/engine";
import { TestEngine } from "../support/engineHarness";
import { admin } from "../support/postgres";
import { until } from "../support/until";

type Question = EngineEvents["writeQuestion"];

describe("writes that are asked about", () => {
  let engine: TestEngine;
  before(async () => {
    await admin(`CREATE TABLE asked (a INTEGER); CREATE SEQUENCE asked_seq;
      CREATE FUNCTION asked_write() RETURNS int LANGUAGE sql VOLATILE AS 'INSERT INTO asked VALUES (99) RETURNING a';
      CREATE FUNCTION asked_read() RETURNS int LANGUAGE sql STABLE AS 'SELECT 1';
      CREATE VIEW asked_view AS SELECT asked_write() AS a`);
    engine = await TestEngine.start({ confirmWrites: true });
    await engine.handlers.attach({
      alias: "RW",
      readOnly: false,
      source: { kind: "envFile", file: engine.envFile, prefix: "POSTGRES_" },
      options: { environment: "production" },
    });
    await engine.succeed("CREATE TABLE local AS SELECT 7 AS a");
  });
  after(async () => {
    await engine.close();
    await admin(
      "DROP VIEW asked_view; DROP FUNCTION asked_write, asked_read; DROP TABLE asked; DROP SEQUENCE asked_seq",
    );
  });

  const questionsOf = (runId: string): Question[] =>
    engine.events.flatMap(({ event, payload }) =>
      event === "writeQuestion" && payload.runId === runId ? [payload] : [],
    );

  /** Runs a statement and gives the same answer to each question. */
  const answering = async (
    text: string,
    allowed: boolean,
    on?: string,
  ): Promise<{
    readonly questions: readonly Question[];
    readonly outcome: Awaited<ReturnType<TestEngine["run"]>>;
  }> => {
    const { runId, outcome } = engine.begin(text, on);
    const over = new Set<string>();
    const ended = outcome.finally(() => over.add(runId));
    await until(
      "an end or a question",
      () => over.has(runId) || questionsOf(runId).length > 0,
    );
    if (questionsOf(runId).length > 0) {
      await engine.handlers.answerWrite({ runId, allowed });
    }
    return { outcome: await ended, questions: questionsOf(runId) };
  };
  const count = async (): Promise<unknown> =>
    (await admin("SELECT count(*)::int AS n FROM asked"))[0]?.["n"];

  const writing: readonly (readonly [string, string, string?])[] = [
    ["INSERT INTO rw.public.asked VALUES (1)", "INSERT"],
    ["INSERT INTO rw.asked SELECT a FROM local", "INSERT"],
    ["WITH x AS (SELECT 1) INSERT INTO rw.asked FROM x", "INSERT"],
    ["UPDATE rw.asked SET a = 2", "UPDATE"],
    ["DELETE FROM RW.asked", "DELETE"],
    ["TRUNCATE rw.asked", "TRUNCATE"],
    ["CREATE TABLE rw.public.asked_new AS SELECT 1 AS a", "CREATE TABLE"],
    ["CREATE VIEW rw.public.asked_v2 AS SELECT 1 AS a", "CREATE VIEW"],
    ["CREATE INDEX asked_i ON rw.public.asked (a)", "CREATE INDEX"],
    ["ALTER TABLE rw.public.asked ADD COLUMN b INT", "ALTER TABLE"],
    ["DROP TABLE rw.public.asked", "DROP TABLE"],
    ["COPY FROM DATABASE memory TO rw", "COPY"],
    [
      "MERGE INTO rw.asked USING local ON asked.a = local.a WHEN NOT MATCHED THEN INSERT VALUES (1)",
      "MERGE",
    ],
    ["EXPLAIN ANALYZE INSERT INTO rw.asked VALUES (1)", "INSERT"],
    ["PREPARE p AS INSERT INTO rw.asked VALUES (1)", "INSERT"],
    ["CALL postgres_execute('rw', 'DELETE FROM asked')", "DELETE"],
    [
      "FROM postgres_query('rw', 'SELECT asked_write() AS a')",
      "SELECT asked_write()",
    ],
    [
      "FROM query('FROM postgres_' || 'execute(''rw'', ''DELETE FROM asked'')')",
      "postgres_execute",
    ],
    ["INSERT INTO asked VALUES (1)", "INSERT", "rw"],
    [
      "with x as (insert into asked values (1) returning a) select * from x",
      "INSERT",
      "rw",
    ],
    ["SELECT asked_write()", "SELECT asked_write()", "rw"],
    ["SELECT * FROM asked_view", "SELECT", "rw"],
    ["SELECT nextval('asked_seq')", "SELECT NEXTVAL()", "rw"],
    ["SELECT * FROM asked FOR UPDATE", "SELECT FOR UPDATE", "rw"],
    ["CREATE TABLE asked_new (a int)", "CREATE TABLE", "rw"],
    ["DO $$ BEGIN DELETE FROM asked; END $$", "DO", "rw"],
    ["EXPLAIN ANALYZE DELETE FROM asked", "DELETE", "rw"],
    ["VACUUM asked", "VACUUM", "rw"],
  ];
  for (const [text, verb, on] of writing) {
    it(`asks before ${on === undefined ? "" : "natively "}${text}`, async () => {
      await admin("TRUNCATE asked; INSERT INTO asked VALUES (5)");
      const { outcome, questions } = await answering(text, false, on);
      assert.equal(outcome.status, "failed", outcome.commandTag);
      assert.equal(
        outcome.error?.class,
        "writeRefused",
        outcome.error?.message,
      );
      assert.match(outcome.error.message, /nothing was changed/);
      // A view shows only in a read-only transaction what it does.
      assert.equal(outcome.sent.length > 0, text.includes("asked_view"));
      assert.equal(questions.length, 1);
      const [question] = questions;
      assert.equal(question?.alias, "RW");
      assert.equal(question.verb, verb);
      assert.equal(question.environment, "production");
      assert.match(question.detail, /^PostgreSQL .* as /);
      assert.equal(await count(), 1);
      assert.deepEqual(await admin("SELECT to_regclass('asked_new') AS t"), [
        { t: null },
      ]);
    });
  }

  const quiet: readonly (readonly [string, string?])[] = [
    ["FROM rw.public.asked"],
    ["INSERT INTO local SELECT a FROM rw.asked"],
    ["CREATE OR REPLACE TABLE copied AS FROM rw.asked"],
    ["CREATE OR REPLACE TEMP TABLE temporary_copy AS FROM rw.asked"],
    ["CREATE SEQUENCE IF NOT EXISTS own"],
    ["SELECT nextval('own')"],
    ["EXPLAIN INSERT INTO rw.asked VALUES (1)"],
    [
      "FROM postgres_query('rw', 'SELECT count(*) AS n, asked_read() AS r FROM asked')",
    ],
    ["PIVOT (SELECT 1 AS x) ON x USING count(*)"],
    ["SELECT count(*), asked_read() FROM asked", "rw"],
    ["SET search_path = public", "rw"],
    ["EXPLAIN DELETE FROM asked", "rw"],
    ["PREPARE reading AS SELECT 1", "rw"],
    ["EXECUTE reading", "rw"],
    ["SHOW search_path", "rw"],
  ];
  for (const [text, on] of quiet) {
    it(`does not ask before ${on === undefined ? "" : "natively "}${text}`, async () => {
      const { outcome, questions } = await answering(text, false, on);
      assert.deepEqual(questions, []);
      assert.equal(outcome.status, "succeeded", outcome.error?.message);
    });
  }

  it("writes when that is allowed, and asks once for each run and alias", async () => {
    await admin("TRUNCATE asked");
    for (const target of [
      { engine: "duckdb" },
      { engine: "postgres", alias: "rw" },
    ] as const) {
      const table = target.engine === "duckdb" ? "rw.asked" : "asked";
      const runId = `several-${target.engine}`;
      const run = engine.handlers.run({
        runId,
        target,
        statements: [1, 2, 3].map((a) => ({
          text: `INSERT INTO ${table} VALUES (${a})`,
        })),
      });
      await until("the question", () => questionsOf(runId).length > 0);
      await engine.handlers.answerWrite({ runId, allowed: true });
      const { statements } = await run;
      assert.deepEqual(
        statements.map(({ status }) => status),
        ["succeeded", "succeeded", "succeeded"],
      );
      assert.equal(questionsOf(runId).length, 1);
    }
    assert.equal(await count(), 6);
    const again = await answering("SELECT * FROM asked_view", true, "rw");
    assert.equal(
      again.outcome.status,
      "succeeded",
      again.outcome.error?.message,
    );
    assert.equal(await count(), 7);
  });

  it("cancels while it waits for the answer", async () => {
    for (const [text, on] of [
      ["DELETE FROM rw.asked", undefined],
      ["DELETE FROM asked", "rw"],
    ] as const) {
      await admin("INSERT INTO asked VALUES (1)");
      const { runId, outcome } = engine.begin(text, on);
      await until("the question", () => questionsOf(runId).length > 0);
      assert.deepEqual(
        await admin(
          "SELECT state FROM pg_stat_activity WHERE application_name LIKE 'viaduct-%' AND state LIKE 'idle in%'",
        ),
        [],
        "no transaction waits with it",
      );
      await engine.handlers.cancel({ runId });
      assert.equal((await outcome).status, "cancelled");
      assert.notEqual(await count(), 0);
    }
  });

  it("asks in a transaction of the user's, and leaves it as it was", async () => {
    await admin("TRUNCATE asked");
    for (const on of [undefined, "rw"]) {
      const table = on === undefined ? "rw.asked" : "asked";
      await engine.succeed("BEGIN", on);
      const allowed = await answering(
        `INSERT INTO ${table} VALUES (1)`,
        true,
        on,
      );
      assert.equal(allowed.questions.length, 1);
      assert.equal(
        allowed.outcome.status,
        "succeeded",
        allowed.outcome.error?.message,
      );
      const read = await answering(`SELECT count(*) FROM ${table}`, false, on);
      assert.equal(read.questions.length, 0);
      const refused = await answering(`DELETE FROM ${table}`, false, on);
      assert.equal(refused.outcome.error?.class, "writeRefused");
      await engine.succeed("COMMIT", on);
    }
    assert.equal(await count(), 2);
  });

  it("asks about a database that a statement has attached", async () => {
    await engine.succeed(
      "CREATE SECRET asked_secret (TYPE postgres, HOST getenv('POSTGRES_HOST'), PORT getenv('POSTGRES_PORT'), DATABASE getenv('POSTGRES_DATABASE'), USER getenv('POSTGRES_USER'), PASSWORD getenv('POSTGRES_PASSWORD'))",
    );
    await engine.succeed(
      "ATTACH '' AS own_sql (TYPE postgres, SECRET asked_secret)",
    );
    const { questions, outcome } = await answering(
      "DELETE FROM own_sql.asked",
      false,
    );
    assert.equal(questions[0]?.alias, "own_sql");
    assert.equal(outcome.error?.class, "writeRefused");
    await engine.succeed("DETACH own_sql");
  });
});
