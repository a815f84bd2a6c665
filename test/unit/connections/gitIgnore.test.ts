import assert from "node:assert/strict";
import {
  isIgnored,
  isPathIgnored,
  withIgnored,
} from "../../../src/core/connections/gitIgnore";

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

describe("isPathIgnored", () => {
  const root = (text: string) => ({ folder: "", text });

  it("reads the rules of the folders above", () => {
    assert.equal(isPathIgnored([root(".env\n")], "a/b/.env"), true);
    assert.equal(isPathIgnored([root("/.env\n")], "a/b/.env"), false);
    assert.equal(isPathIgnored([root("a/**/.env\n")], "a/b/.env"), true);
  });

  it("lets the nearer file decide, but not below a folder that is ignored", () => {
    const own = { folder: "a/", text: "!.env\n" };
    assert.equal(isPathIgnored([root(".env\n"), own], "a/.env"), false);
    assert.equal(isPathIgnored([root("a/\n"), own], "a/.env"), true);
  });

  it("takes a negation for what it is", () => {
    assert.equal(isPathIgnored([root(".env*\n!.env.example\n")], ".env"), true);
    assert.equal(isPathIgnored([root(".env*\n!.env\n")], ".env"), false);
  });
});

describe("withIgnored", () => {
  for (const name of [
    ".env",
    "#1.env",
    "!x",
    "a b.env",
    "[a]*?.env",
    "x\\y",
    "end ",
  ]) {
    it(`ignores ${JSON.stringify(name)} and nothing else, whatever was said before`, () => {
      for (const text of ["", "dist", `!${name}\n`, "a\r\n.env\r\n!.env\r\n"]) {
        const after = withIgnored(text, name);
        assert.ok(after.startsWith(text));
        assert.equal(isIgnored(after, name), true, after);
        assert.equal(isIgnored(after, "other"), false);
      }
    });
  }

  it("keeps the line ends of the file", () => {
    assert.equal(withIgnored("a\r\nb", ".env"), "a\r\nb\r\n.env\r\n");
  });
});
