import assert from "node:assert/strict";
import { lint } from "../../../src/core/credentials/lint";

const role = "CREATE ROLE a PASSWORD 'k7Lp0q2';";

function rules(text: string, language: "sql" | "yaml" = "sql"): string[] {
  return lint(text, language).map(({ rule }) => rule);
}

describe("suppression", () => {
  it("by any of the forms, on the line", () => {
    for (const form of [
      "credlint:ignore CS101 a test",
      "credlint:ignore",
      "pragma: allowlist secret",
      "gitleaks:allow",
      "NOSONAR",
    ]) {
      assert.deepEqual(rules(`${role} -- ${form}`), [], form);
    }
    assert.deepEqual(
      rules("password: k7Lp0q2 # credlint:ignore CY210 a test\n", "yaml"),
      [],
    );
  });

  it("alone on a line holds for the next one only", () => {
    assert.deepEqual(rules(`-- credlint:ignore CS101\n${role}\n${role}`), [
      "CS101",
    ]);
  });

  it("names the rules it holds for", () => {
    assert.deepEqual(rules(`${role} -- credlint:ignore CS105`).sort(), [
      "CS101",
      "CX305",
    ]);
  });

  it("of our own form is reported when it suppresses nothing", () => {
    assert.deepEqual(rules("SELECT 1; -- credlint:ignore CS101"), ["CX305"]);
    assert.deepEqual(rules("SELECT 1; -- NOSONAR"), []);
  });
});
