import assert from "node:assert/strict";
import { fixAll, type FixAllPlan } from "../../src/core/credentials/fix/fixAll";
import { lint } from "../../src/core/credentials/lint";

/** A script after all of its fixes; nothing may be left to find, and no value of it in the text. */
export function fixed(text: string, values: readonly string[]): FixAllPlan {
  const document = {
    text,
    language: "sql",
    fileName: "",
    takenNames: [],
  } as const;
  assert.ok(lint(text, "sql").length > 0, text);
  const plan = fixAll(document);
  assert.deepEqual(lint(plan.text, "sql"), [], plan.text);
  for (const value of values) {
    assert.ok(!plan.text.includes(value), plan.text);
  }
  return plan;
}

/** A value as a literal of SQL. */
export function quoted(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
