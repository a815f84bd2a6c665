import assert from "node:assert/strict";
import { splitStatements } from "../../../src/core/sql/statements";
import type { StatementOutcome } from "../../../src/protocol/engine";
import { guideBlock, pythonSql } from "./guide";
import {
  dropPatternsDatabase,
  makePatternsDatabase,
  PatternsSession,
} from "./patternsDatabase";

describe("the patterns guide's SQL, word for word", () => {
  let session: PatternsSession;

  before(async () => {
    await makePatternsDatabase();
    session = await PatternsSession.start();
  });
  after(async () => {
    await session.close();
    await dropPatternsDatabase();
  });

  const run = (text: string): Promise<StatementOutcome[]> => session.run(text);
  const rows = (text: string) =>
    session.engine.rows(splitStatements(text)[0]?.text ?? "");

  describe("extension lifecycle", () => {
    it("installs, and knows that json is built in", async () => {
      const outcomes = await run(guideBlock("/ Installation Pattern").text);
      assert.equal(outcomes.length, 3);
      assert.match(outcomes[2]?.notices[0]?.message ?? "", /json .*built into/);
    });

    it("loads", async () => {
      await run(guideBlock("/ Loading Pattern").text);
    });

    it("verifies: loaded and installed, as the guide's validation test asserts", async () => {
      const expected = [["postgres_scanner", "true", "true"]];
      assert.deepEqual(
        await rows(guideBlock("/ Verification Pattern").text),
        expected,
      );
      const [test] = pythonSql(guideBlock("/ 1. Extension Validation Test"));
      assert.deepEqual(await rows(test ?? ""), expected);
    });

    it("migrates from the old name, which is the same extension", async () => {
      await run(guideBlock("/ 1. Legacy System Migration").text);
      await run("INSTALL postgres; LOAD postgres;");
    });
  });

  describe("connections", () => {
    it("creates the secret with getenv() and attaches with it", async () => {
      await run(
        guideBlock("/ Secrets-Based Authentication (Recommended)").text,
      );
    });

    it("tests the connection, as both of the guide's tests do", async () => {
      assert.deepEqual(
        await rows(guideBlock("/ 1. Connection Validation").text),
        [["Connection successful"]],
      );
      const [load, test] = pythonSql(guideBlock("/ 2. Connection Test"));
      await run(load ?? "");
      assert.deepEqual(await rows(test ?? ""), [["Connection test"]]);
    });
  });

  describe("queries", () => {
    it("filters at the source", async () => {
      const outcome = await session.engine.succeed(
        splitStatements(guideBlock("/ Simple Query Pattern").text)[0]?.text ??
          "",
      );
      assert.equal(outcome.rowCount, 200);
      assert.ok(
        outcome.sent.some(({ sql }) => /WHERE .*"created_at" >=/s.test(sql)),
        JSON.stringify(outcome.sent),
      );
    });

    it("joins both databases", async () => {
      const outcome = await session.engine.succeed(
        splitStatements(guideBlock("/ Hybrid Analytics Pattern").text)[0]
          ?.text ?? "",
      );
      assert.equal(outcome.rowCount, 60);
    });

    it("materialises", async () => {
      await run(guideBlock("/ Materialization Pattern").text);
      assert.deepEqual(
        await session.engine.rows("SELECT count(*) FROM memory_import"),
        [["50"]],
      );
    });

    it("optimises", async () => {
      const outcome = await session.engine.succeed(
        splitStatements(guideBlock("/ 2. Query Optimization").text)[0]?.text ??
          "",
      );
      assert.equal(outcome.rowCount, 100);
    });

    it("runs the batch of the Python loop, and one statement that does all of it", async () => {
      const query = /f"""([^]*?)"""/.exec(
        guideBlock("/ 3. Batch Processing Pattern").text,
      )?.[1];
      const batch = (query ?? "")
        .replace("{start_date}", "2025-01-01")
        .replace("{end_date}", "2999-01-01")
        .replace("{batch_size}", "10")
        .replace("{{offset}}", "190");
      assert.equal((await rows(batch)).length, 10);
      await run(
        "CREATE TABLE all_memories AS FROM source_memories.public.raw_memories WHERE created_at BETWEEN '2025-01-01' AND '2999-01-01'",
      );
    });

    it("compares the counts of both databases", async () => {
      const [postgres, duckdb] = pythonSql(
        guideBlock("/ 3. Data Integrity Test"),
      );
      assert.deepEqual(await rows(postgres ?? ""), [["200"]]);
      assert.deepEqual(await rows(duckdb ?? ""), [["200"]]);
    });
  });

  describe("settings that DuckDB does not have", () => {
    it("maps the timeout and the batch size, and says so", async () => {
      const outcomes = await run(guideBlock("/ 1. Connection Settings").text);
      assert.equal(outcomes.length, 5);
      const notes = outcomes.map(({ notices }) => notices[0]?.message ?? "");
      assert.match(notes[2] ?? "", /postgres_scanner_timeout.*60/);
      assert.match(notes[3] ?? "", /pg_pages_per_task/);
      assert.deepEqual(
        await session.engine.rows("SELECT current_setting('threads')::VARCHAR"),
        [["8"]],
      );
      assert.deepEqual(
        await session.engine.rows(
          "FROM postgres_query('source_memories', 'SELECT current_setting(''statement_timeout'') AS t')",
        ),
        [["1min"]],
      );
      assert.deepEqual(
        await session.engine.rows(
          "SELECT current_setting('pg_pages_per_task')::VARCHAR",
        ),
        [["500"]],
      );
    });

    it("sets the timeout as the Python pattern does, and it is a timeout", async () => {
      await run("PRAGMA postgres_scanner_timeout=1000;");
      const { error } = await session.engine.fail(
        "FROM postgres_query('source_memories', 'SELECT pg_sleep(20)')",
      );
      assert.equal(error.class, "statementTimeout", error.message);
      await run("PRAGMA postgres_scanner_timeout=60000;");
    });

    it("takes the remedies of the troubleshooting section", async () => {
      const remedies = [
        ...guideBlock("/ 2. Connection Timeout").text.matchAll(
          /PRAGMA [^;]+;/g,
        ),
        ...guideBlock("/ 3. Memory Exhaustion").text.matchAll(/PRAGMA [^;]+;/g),
        ...guideBlock("/ 1. Extension Not Loading").text.matchAll(
          /INSTALL [^;]+;/g,
        ),
      ].map(([text]) => text);
      assert.equal(remedies.length, 4);
      for (const remedy of remedies) {
        await run(remedy);
      }
    });

    it("refuses a value that is no number, in words", async () => {
      const { error } = await session.engine.fail(
        "SET postgres_scanner_timeout = 'soon'",
      );
      assert.match(error.message, /postgres_scanner_timeout/);
    });
  });

  describe("monitoring", () => {
    it("has the query log that the guide asks, with durations", async () => {
      const [row] = await rows(
        guideBlock("/ 1. Connection Health Monitoring").text,
      );
      assert.equal(row?.[0], "postgres_scanner");
      assert.ok(Number(row[1]) > 5, String(row));
      assert.ok(Number(row[2]) > 0 && Number(row[3]) >= Number(row[2]));
    });

    it("has its errors", async () => {
      await session.engine.fail("FROM source_memories.public.missing_memories");
      const [sql] = pythonSql(guideBlock("/ 2. Error Rate Monitoring"));
      const [row] = await rows(sql ?? "");
      assert.ok(Number(row?.[0]) > Number(row?.[1]), String(row));
      assert.ok(Number(row?.[1]) >= 1, String(row));
    });
  });
});
