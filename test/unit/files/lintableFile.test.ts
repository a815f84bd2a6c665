import assert from "node:assert/strict";
import { formOfFile } from "../../../src/core/files/lintableFile";

describe("what a file with a name that says nothing is", () => {
  const first: readonly [string, string][] = [
    ["KEY=value", "env"],
    ["export KEY=value", "env"],
    ["key: value", "yaml"],
    ["- key: value", "yaml"],
    ["SELECT 1", "sql"],
  ];

  it("is told by its first line that is neither empty nor a comment", () => {
    const before = [
      "",
      "\n",
      "\r\n\r\n",
      " \n\t\n",
      "# a\n\n",
      "\n -- a\n",
      "---\n",
    ];
    for (const [line, form] of first) {
      for (const start of before) {
        const text = `${start}${line}\n`;
        assert.equal(formOfFile("x.conf", text), form, JSON.stringify(text));
      }
    }
  });

  it("is SQL when there is no such line, however many there are", () => {
    for (const text of ["", "\n".repeat(10_000), "# a\n \n".repeat(2000)]) {
      assert.equal(formOfFile("x", text), "sql");
    }
  });
});
