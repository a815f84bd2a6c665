import assert from "node:assert/strict";
import { guideSetting } from "../../../src/core/connections/guideSettings";

describe("the settings that the patterns guide invented", () => {
  it("makes a connect and a statement timeout of postgres_scanner_timeout", () => {
    for (const [value, connect, statement] of [
      ["30000", 30, 30],
      ["'60000'", 60, 60],
      ["30_000", 30, 30],
      ["1500", 2, 1.5],
      ["1", 2, 0.001],
      ["2001", 3, 2.001],
      ["0", null, 0],
    ] as const) {
      const effect = guideSetting("POSTGRES_SCANNER_TIMEOUT", value);
      assert.ok(effect?.kind === "timeouts", value);
      assert.equal(effect.connectTimeoutSeconds, connect);
      assert.equal(effect.statementTimeoutSeconds, statement);
      assert.match(effect.note, /^DuckDB has no setting/);
    }
  });

  it("makes pages of 8 kB of the rows of postgres_scanner_batch_size", () => {
    for (const [value, pages] of [
      ["10000", "100"],
      ["50000", "500"],
      ["5001", "51"],
      ["1", "1"],
    ] as const) {
      const effect = guideSetting("postgres_scanner_batch_size", value);
      assert.ok(effect?.kind === "setting", value);
      assert.deepEqual(
        [effect.name, effect.value],
        ["pg_pages_per_task", pages],
      );
      assert.match(effect.note, /8 kB.*100 rows a page/);
    }
  });

  it("says what is no number, and knows no other name", () => {
    for (const value of ["", "abc", "-1", "30s", "1.5", "99999999999", "NaN"]) {
      assert.equal(
        guideSetting("postgres_scanner_timeout", value)?.kind,
        "problem",
        value,
      );
    }
    assert.equal(
      guideSetting("postgres_scanner_batch_size", "0")?.kind,
      "problem",
    );
    assert.equal(guideSetting("memory_limit", "4GB"), null);
  });
});
