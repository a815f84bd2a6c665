import assert from "node:assert/strict";
import { fixFor } from "../../../src/core/credentials/fix/fixFor";
import { lint } from "../../../src/core/credentials/lint";

function planOf(text: string) {
  const [finding] = lint(text, "sql");
  assert.ok(finding);
  const document = {
    text,
    language: "sql",
    fileName: "a.sql",
    takenNames: [],
  } as const;
  return fixFor(document, finding);
}

describe("a fix that the examiner asked for", () => {
  it("keeps the variable apart from the word before a literal without a space", () => {
    const plan = planOf("create user a password'k7Lp0q2';");
    assert.equal(plan?.edits.at(-1)?.newText, " :'a_password'");
  });

  it("is not offered as a connection of psql's for the options of a Java client", () => {
    const plan = planOf(
      `CREATE TABLE k (v STRING) WITH ('properties.sasl.jaas.config' = 'x.PlainLoginModule required username="u" password="k7Lp0q2m";');`,
    );
    assert.equal(plan, null);
  });
});
