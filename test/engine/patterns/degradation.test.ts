import assert from "node:assert/strict";
import { splitStatements } from "../../../src/core/sql/statements";
import { guideBlock } from "./guide";
import {
  dropPatternsDatabase,
  makePatternsDatabase,
  PatternsSession,
} from "./patternsDatabase";

describe("the patterns guide on servers that are away", () => {
  let session: PatternsSession;

  before(async () => {
    await makePatternsDatabase();
    session = await PatternsSession.start();
    await session.run(
      guideBlock("/ Secrets-Based Authentication (Recommended)").text,
    );
  });
  after(async () => {
    await session.close();
    await dropPatternsDatabase();
  });

  describe("graceful degradation", () => {
    const block = guideBlock("/ 3. Graceful Degradation");
    const statement = splitStatements(block.text)[0]?.text ?? "";

    it("reads PostgreSQL while it is there", async () => {
      const found = await session.engine.rows(statement);
      assert.equal(found.length, 200);
      assert.ok(found.every(([, content]) => content?.startsWith("content ")));
    });

    it("says why it cannot be answered when the server is away and nothing was kept", async () => {
      await session.proxy.cut();
      try {
        const { error } = await session.engine.fail(statement);
        assert.equal(error.class, "connectionRefused", error.message);
      } finally {
        await session.proxy.open();
      }
    });

    it("works from the local copy when one was kept, and says so", async () => {
      const copy = await session.engine.handlers.takeSnapshot({
        alias: "source_memories",
        schema: "public",
        relation: "raw_memories",
      });
      assert.equal(copy.rowCount, 200);
      await session.proxy.cut();
      try {
        const outcome = await session.engine.succeed(statement);
        assert.equal(outcome.rowCount, 200);
        assert.match(
          outcome.notices.map(({ message }) => message).join("\n"),
          /"source_memories".* local copy of public.raw_memories/,
        );
        assert.deepEqual(outcome.sent, []);
      } finally {
        await session.proxy.open();
      }
      const back = await session.engine.succeed(statement);
      assert.deepEqual(back.notices, []);
      assert.ok(back.sent.length > 0);
    });
  });
});
