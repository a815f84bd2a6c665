import assert from "node:assert/strict";
import { commandTag } from "../../../src/core/results/commandTag";

describe("command tags", () => {
  it("are those of psql", () => {
    const none = { rowsReturned: null, rowsChanged: 0 };
    for (const [verb, sql, effect, tag] of [
      ["", "SELECT 1", { rowsReturned: 3, rowsChanged: 0 }, "SELECT 3"],
      [
        "INSERT",
        "WITH x AS (SELECT 1) INSERT …",
        { rowsReturned: null, rowsChanged: 5 },
        "INSERT 0 5",
      ],
      [
        "INSERT",
        "INSERT … RETURNING",
        { rowsReturned: 2, rowsChanged: 0 },
        "INSERT 0 2",
      ],
      [
        "",
        "/* x */ create or replace temp table t (a int)",
        none,
        "CREATE TABLE",
      ],
      [
        "",
        "CREATE TABLE t AS FROM x",
        { rowsReturned: null, rowsChanged: 4 },
        "SELECT 4",
      ],
      ["", "CREATE OR REPLACE PERSISTENT SECRET s (", none, "CREATE SECRET"],
      ["", "CREATE UNIQUE INDEX i ON t (a)", none, "CREATE INDEX"],
      ["", "drop view v", none, "DROP VIEW"],
      [
        "DELETE",
        "TRUNCATE t",
        { rowsReturned: null, rowsChanged: 4 },
        "TRUNCATE TABLE",
      ],
      ["", "attach 'x' as y", none, "ATTACH"],
    ] as const) {
      assert.equal(commandTag(verb, sql, effect), tag, sql);
    }
  });
});
