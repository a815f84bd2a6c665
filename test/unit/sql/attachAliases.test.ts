import assert from "node:assert/strict";
import { findAttachAliases } from "../../../src/core/sql/attachAliases";

describe("findAttachAliases", () => {
  it("finds the alias of each form of a PostgreSQL ATTACH", () => {
    const text = `
      -- ATTACH '' AS commented (TYPE postgres);
      ATTACH '' AS source_memories (TYPE POSTGRES, SECRET postgres_connection);
      attach 'postgres:host=db' as "Second One";
      ATTACH IF NOT EXISTS '' AS third (READ_ONLY, TYPE postgres_scanner);
      ATTACH '' AS source_memories (TYPE POSTGRES);`;
    assert.deepEqual(findAttachAliases(text), [
      "source_memories",
      "Second One",
      "third",
    ]);
  });

  it("leaves other databases and other statements alone", () => {
    const text = `ATTACH 'file.duckdb' AS local;
      ATTACH 'x.db' AS lite (TYPE sqlite);
      SELECT 1 AS one;
      ATTACH '' (TYPE postgres)`;
    assert.deepEqual(findAttachAliases(text), []);
  });
});
