import assert from "node:assert/strict";
import { hasIdentifier } from "../../../src/core/sql/identifiers";

describe("hasIdentifier", () => {
  const found = [
    "select * from postgres_execute('a', 'b')",
    'select * from "Postgres_Execute"(1)',
    "from query('call postgres_execute(''a'', ''b'')')",
    "from query('postgres_' || 'execute(1)')",
    "from query($$ select postgres_execute(1) $$)",
    "from query(E'postgres\\x5fexecute(1)')",
    "select {{ postgres_execute }}",
  ];
  for (const text of found) {
    it(`finds it in ${text}`, () => {
      assert.ok(hasIdentifier(text, "postgres_execute"));
    });
  }
  it("does not find it in comments or longer names", () => {
    assert.ok(
      !hasIdentifier("select 1 -- postgres_execute", "postgres_execute"),
    );
    assert.ok(!hasIdentifier("select my_postgres_execute", "postgres_execute"));
    assert.ok(!hasIdentifier("select postgres_query(1)", "postgres_execute"));
  });
});
