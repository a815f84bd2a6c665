import assert from "node:assert/strict";
import { isIgnored } from "../../../src/core/connections/gitIgnore";

describe("isIgnored", () => {
  for (const text of [
    ".env",
    "/.env",
    "**/.env",
    ".env*",
    "*.env",
    "a\r\n.env\r\n",
  ]) {
    it(`sees that ${JSON.stringify(text)} ignores .env`, () => {
      assert.equal(isIgnored(text, ".env"), true);
    });
  }

  for (const text of [
    "",
    "# .env",
    ".env.local",
    "env",
    "dist/.env",
    ".env\n!.env",
    "xenv",
  ]) {
    it(`sees that ${JSON.stringify(text)} does not`, () => {
      assert.equal(isIgnored(text, ".env"), false);
    });
  }
});
