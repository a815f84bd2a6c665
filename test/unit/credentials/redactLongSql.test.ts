import assert from "node:assert/strict";
import { redactSql } from "../../../src/core/credentials/redactSql";

describe("redactSql of long texts", () => {
  it("reads a word of a million characters without trying it again from each of them", () => {
    const sql = `SELECT '${"x".repeat(1_000_000)}', api_key => 'c4nary'`;
    assert.doesNotMatch(redactSql(sql), /c4nary/);
  });

  it("reads a name that is repeated seventy thousand times in time, too", () => {
    const sql = `SELECT ${"secret_".repeat(70_000)}, secret_key => 'c4nary'`;
    assert.doesNotMatch(redactSql(sql), /c4nary/);
  });
});
