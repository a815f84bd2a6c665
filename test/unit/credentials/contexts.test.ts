import assert from "node:assert/strict";
import { lint } from "../../../src/core/credentials/lint";
import { unmark } from "./marked";
import { moreSqlCredentials, moreSqlHarmless } from "./moreSqlContexts";
import { sqlCredentials, sqlHarmless } from "./sqlContexts";
import {
  moreYamlCredentials,
  moreYamlHarmless,
  yamlCredentials,
  yamlHarmless,
} from "./yamlContexts";

const languages = [
  {
    language: "sql",
    credentials: [...sqlCredentials, ...moreSqlCredentials],
    harmless: [...sqlHarmless, ...moreSqlHarmless],
  },
  {
    language: "yaml",
    credentials: [...yamlCredentials, ...moreYamlCredentials],
    harmless: [...yamlHarmless, ...moreYamlHarmless],
  },
] as const;

for (const { language, credentials, harmless } of languages) {
  describe(`lint of ${language}`, () => {
    for (const marked of credentials) {
      it(`finds exactly the value in ${JSON.stringify(marked)}`, () => {
        const { text, ranges } = unmark(marked);
        assert.deepEqual(
          lint(text, language).map(({ range }) => range),
          ranges,
        );
      });
    }
    for (const text of harmless) {
      it(`finds nothing in ${JSON.stringify(text)}`, () => {
        const found = lint(text, language).map(
          ({ rule, range }) => `${rule} ${text.slice(range.start, range.end)}`,
        );
        assert.deepEqual(found, []);
      });
    }
    it("says nothing that holds a value", () => {
      for (const marked of credentials) {
        const { text } = unmark(marked);
        for (const { range, message } of lint(text, language)) {
          const value = text.slice(range.start, range.end);
          assert.ok(!message.includes(value), `${message} holds ${value}`);
        }
      }
    });
  });
}

describe("what a template is configured with", () => {
  it("may be called a key and be a column or a role", () => {
    const text = "{{ config(record_key='order_id', role_key='analyst') }}";
    assert.deepEqual(lint(text, "sql"), []);
  });
});
