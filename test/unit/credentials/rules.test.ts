import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { lint } from "../../../src/core/credentials/lint";
import type { RuleId } from "../../../src/core/credentials/ruleIds";
import { ruleMarkdown } from "../../../src/core/credentials/ruleMarkdown";
import { rules } from "../../../src/core/credentials/rules";

const folder = join(import.meta.dirname, "../../../docs/rules");
const ids = Object.keys(rules) as RuleId[];

if (process.env["UPDATE_RULE_DOCS"] !== undefined) {
  mkdirSync(folder, { recursive: true });
  for (const id of ids) {
    writeFileSync(join(folder, `${id}.md`), ruleMarkdown(id));
  }
}

describe("the rules", () => {
  for (const id of ids) {
    const { example } = rules[id];
    it(`${id}: its bad example is found, its good one is not`, () => {
      const { language, bad, good } = example;
      const found = lint(bad, language).map(({ rule }) => rule);
      assert.deepEqual([...new Set(found)], [id]);
      assert.deepEqual(lint(good, language), []);
    });
    it(`${id}: its page is current (UPDATE_RULE_DOCS=1 writes it)`, () => {
      assert.equal(
        readFileSync(join(folder, `${id}.md`), "utf8"),
        ruleMarkdown(id),
      );
    });
  }
  it("have a page each, and there are no others", () => {
    const pages = readdirSync(folder).map((name) => name.replace(".md", ""));
    assert.deepEqual(pages.sort(), [...ids].sort());
  });
});
