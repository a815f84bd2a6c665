import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { lint } from "../../../src/core/credentials/lint";
import { unmark } from "./marked";

/** Files of every kind as people have them, values invented: `### name`, then the text with its credentials marked. */
const files = readFileSync(
  join(import.meta.dirname, "../../fixtures/credentials/yamlFiles.txt"),
  "utf8",
)
  .split(/^### /m)
  .slice(1)
  .map((part) => {
    const end = part.indexOf("\n");
    return { name: part.slice(0, end), marked: part.slice(end + 1) };
  });

/** The values that are found, with their lines. */
function found(text: string): string[] {
  return lint(text, "yaml").map(({ range }) => placed(text, range));
}

function placed(text: string, range: { start: number; end: number }): string {
  const line = text.slice(0, range.start).split("\n").length;
  return `${line}: ${text.slice(range.start, range.end)}`;
}

describe("lint of a whole YAML file", () => {
  assert.ok(files.length > 40, "the files are there");
  for (const { name, marked } of files) {
    it(`finds each credential of a file of ${name} once, and nothing else`, () => {
      const { text, ranges } = unmark(marked);
      const expected = ranges.map((range) => placed(text, range));
      assert.deepEqual(found(text), expected);
    });

    it(`finds the same in a file of ${name} with Windows line ends and a byte order mark`, () => {
      const { text, ranges } = unmark(
        `\uFEFF${marked.replaceAll("\n", "\r\n")}`,
      );
      const expected = ranges.map((range) => placed(text, range));
      assert.deepEqual(found(text), expected);
    });
  }
});
