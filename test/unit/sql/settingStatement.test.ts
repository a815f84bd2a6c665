import assert from "node:assert/strict";
import { settingStatement } from "../../../src/core/sql/settingStatement";

describe("setting statements", () => {
  it("reads every form of SET and PRAGMA", () => {
    for (const sql of [
      "PRAGMA postgres_scanner_timeout=60000;",
      "pragma Postgres_Scanner_Timeout = '60000'",
      "PRAGMA postgres_scanner_timeout(60000)",
      "SET postgres_scanner_timeout = 60000",
      "SET GLOBAL postgres_scanner_timeout TO 60000 ;",
      'SET SESSION "postgres_scanner_timeout" /* ms */ = 60000 -- a minute',
    ]) {
      assert.deepEqual(
        settingStatement(sql),
        { name: "postgres_scanner_timeout", value: "60000" },
        sql,
      );
    }
  });

  it("keeps signs and units as they are written", () => {
    assert.equal(settingStatement("SET x = -5")?.value, "-5");
    assert.equal(settingStatement("SET x = '8 GB'")?.value, "8 GB");
  });

  it("reads nothing else as one", () => {
    for (const sql of [
      "SELECT 1",
      "SET VARIABLE x = 1",
      "RESET x",
      "SET x",
      "PRAGMA x",
      "PRAGMA x()",
      "",
      ";",
    ]) {
      assert.equal(settingStatement(sql), null, sql);
    }
  });
});
