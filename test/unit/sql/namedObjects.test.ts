import assert from "node:assert/strict";
import {
  changedSecrets,
  detachedDatabase,
} from "../../../src/core/sql/namedObjects";

describe("the secrets that a statement changes", () => {
  const found = (sql: string): string[] =>
    changedSecrets(sql).map(({ verb, name }) => `${verb} ${name}`);

  it("are found by name, however they are written", () => {
    for (const [sql, expected] of [
      ["CREATE SECRET s (TYPE postgres)", "CREATE s"],
      ['create or replace temporary secret "a b" (TYPE s3)', "CREATE a b"],
      ["CREATE PERSISTENT SECRET IF NOT EXISTS s IN local_file (", "CREATE s"],
      ["DROP SECRET s", "DROP s"],
      ["/* no */ drop -- x\n secret\tif exists S;", "DROP S"],
      ["DROP TEMPORARY SECRET s FROM memory", "DROP s"],
      ["PREPARE p AS DROP SECRET s", "DROP s"],
    ] as const) {
      assert.deepEqual(found(sql), [expected], sql);
    }
  });

  it("are none where there is no name, or something else", () => {
    for (const sql of [
      "CREATE SECRET (TYPE postgres)",
      "CREATE TABLE secret (name VARCHAR)",
      "SELECT secret, name FROM t",
      "SELECT 'DROP SECRET s'",
      "ATTACH '' AS a (TYPE postgres, SECRET s)",
      "DROP SECRET",
      "",
    ]) {
      assert.deepEqual(found(sql), [], sql);
    }
  });
});

describe("the database that a statement detaches", () => {
  it("is found by name, however it is written", () => {
    for (const sql of [
      "DETACH pg",
      "detach database pg;",
      'DETACH DATABASE IF EXISTS "pg"',
      "DETACH /* it */ IF EXISTS pg",
    ]) {
      assert.equal(detachedDatabase(sql), "pg", sql);
    }
    assert.equal(detachedDatabase("SELECT detach FROM pg"), undefined);
    assert.equal(detachedDatabase("DETACH"), undefined);
  });
});
