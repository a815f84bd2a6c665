import assert from "node:assert/strict";
import { fixFor } from "../../../src/core/credentials/fix/fixFor";
import { lint } from "../../../src/core/credentials/lint";
import { admin, testServer } from "../../support/postgres";
import { guideBlock } from "./guide";
import {
  dropPatternsDatabase,
  makePatternsDatabase,
  PatternsSession,
} from "./patternsDatabase";

describe("the patterns guide on inline credentials", () => {
  let session: PatternsSession;

  before(async () => {
    await makePatternsDatabase();
    session = await PatternsSession.start();
  });
  after(async () => {
    await session.close();
    await dropPatternsDatabase();
  });

  describe("the direct connection", () => {
    const block = guideBlock("/ Direct Connection Pattern (Development Only)");

    before(async () => {
      await admin(`CREATE ROLE "user" LOGIN PASSWORD 'pass'`);
      await admin(`CREATE DATABASE "database" OWNER "user"`);
    });
    after(async () => {
      await session.engine.run("DETACH DATABASE IF EXISTS direct_memories");
      await admin(`DROP DATABASE "database" WITH (FORCE)`);
      await admin(`DROP ROLE "user"`);
    });

    /** The guide's server is at localhost:5432, and its alias is taken by the secret's. */
    const here = (text: string): string =>
      text
        .replace("localhost:5432", `localhost:${testServer().port}`)
        .replace("PORT '5432'", `PORT '${testServer().port}'`)
        .replaceAll("AS source_memories", "AS direct_memories");

    it("is a finding of the lint", () => {
      const [finding, ...others] = lint(block.text, "sql");
      assert.equal(others.length, 0);
      assert.equal(finding?.rule, "CS105");
      assert.equal(
        block.text.slice(finding.range.start, finding.range.end),
        "pass",
      );
    });

    it("works, and its password is not to be read anywhere", async () => {
      await session.run(here(block.text));
      assert.deepEqual(
        await session.engine.rows(
          "FROM postgres_query('direct_memories', 'SELECT current_user::text')",
        ),
        [["user"]],
      );
      const paths = await session.engine.rows(
        "SELECT path FROM duckdb_databases() WHERE database_name = 'direct_memories'",
      );
      assert.doesNotMatch(String(paths), /user:pass/);
      await session.run("DETACH direct_memories");
    });

    it("works after the offered fix", async () => {
      const [finding] = lint(block.text, "sql");
      assert.ok(finding);
      const plan = fixFor(
        { text: block.text, language: "sql", fileName: "", takenNames: [] },
        finding,
      );
      assert.ok(plan);
      const fixed = [...plan.edits]
        .sort((a, b) => b.range.start - a.range.start)
        .reduce(
          (text, { range, newText }) =>
            text.slice(0, range.start) + newText + text.slice(range.end),
          block.text,
        );
      assert.equal(lint(fixed, "sql").length, 0);
      await session.appendEnv(plan.env);
      await session.run(here(fixed));
      await session.engine.rows(
        "SELECT count(*) FROM direct_memories.information_schema.tables",
      );
    });
  });
});
