import assert from "node:assert/strict";
import { withJournalNames } from "../../../src/core/journal/journalNames";

describe("journal names", () => {
  it("finds both names of the patterns guide, in any case and quoting", () => {
    for (const name of [
      "query_log",
      "system.query_log",
      "SYSTEM . Query_Log",
      '"system"."query_log"',
      "system./* the log */query_log",
    ]) {
      assert.equal(
        withJournalNames(`SELECT 1 FROM ${name} WHERE a`),
        "SELECT 1 FROM viaduct.query_log WHERE a",
        name,
      );
    }
  });

  it("replaces every one", () => {
    assert.equal(
      withJournalNames("FROM query_log a JOIN system.query_log b USING (id)"),
      "FROM viaduct.query_log a JOIN viaduct.query_log b USING (id)",
    );
  });

  it("leaves names of others, strings and comments", () => {
    for (const sql of [
      "FROM main.query_log",
      "FROM other.system.query_log",
      "FROM query_log.x",
      "SELECT 'query_log' -- query_log",
      "FROM my_query_log",
      "",
    ]) {
      assert.equal(withJournalNames(sql), null, sql);
    }
  });
});
