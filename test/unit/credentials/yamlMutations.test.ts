import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { lint } from "../../../src/core/credentials/lint";
import { unmark } from "./marked";

const files = readFileSync(
  join(import.meta.dirname, "../../fixtures/credentials/yamlFiles.txt"),
  "utf8",
)
  .split(/^### .*\n/m)
  .slice(1)
  // A document on one line has no lines to fall back on.
  .filter((marked) => !/^[{[]/.test(marked));

/** What happens to files while they are written, merged, rendered and nested; null where it makes no sense. */
const mutations: Readonly<Record<string, (marked: string) => string | null>> = {
  "after a double quote that is not closed": (marked) =>
    `broken: "oops\n${marked}`,
  "after a single quote that is not closed": (marked) =>
    `broken: 'oops\n${marked}`,
  "after a flow collection that is not closed": (marked) =>
    `broken: [1, {a: 2\n${marked}`,
  "after lines that are no YAML": (marked) =>
    `just some words\n@bad\n%also: bad\n${marked}`,
  "between the marks of a conflict": (marked) =>
    marked
      .split("\n")
      .map((line, index) =>
        /^\w/.test(line) && index % 3 === 0 && index > 0
          ? `<<<<<<< HEAD\nzz: 1\n=======\nzz: 2\n>>>>>>> abc\n${line}`
          : line,
      )
      .join("\n"),
  "within templates": (marked) =>
    `{% if x %}\n{{- include "a" . }}\n${marked}{% endif %}\n`,
  "nested deeper": (marked) =>
    /^---/m.test(marked)
      ? null
      : `wrapper:\n  inner:\n${marked.replaceAll(/^(?=.)/gm, "    ")}`,
  "in a block scalar": (marked) =>
    `file: |\n${marked.replaceAll(/^(?=.)/gm, "  ")}\nend: 1\n`,
  "indented with tabs": (marked) =>
    marked.replaceAll(/^(?: {2})+/gm, (blanks) =>
      "\t".repeat(blanks.length / 2),
    ),
  "in a file that is too long to parse": (marked) =>
    // A key on a line of its own is beyond what lines can tell.
    /^\? /m.test(marked)
      ? null
      : `${marked}\n---\n${`name: ${"foo ".repeat(1000)}\n`.repeat(65)}`,
};

describe("a credential in YAML stays found, and nothing else is", () => {
  for (const [what, mutate] of Object.entries(mutations)) {
    it(what, () => {
      let count = 0;
      for (const marked of files) {
        const mutated = mutate(marked);
        if (mutated !== null) {
          const { text, ranges } = unmark(mutated);
          count += ranges.length;
          // Of a key in several lines the first one counts: its indentation is not the same everywhere.
          const values = (all: typeof ranges): string[] =>
            all.map(
              ({ start, end }) =>
                `${start}: ${text.slice(start, end).split("\n")[0] ?? ""}`,
            );
          assert.deepEqual(
            values(lint(text, "yaml").map(({ range }) => range)),
            values(ranges),
          );
        }
      }
      assert.ok(count > 150, "there are enough of them");
    });
  }

  it("in other quotes", () => {
    const plain = /^([\w -]*\w: )«([^»'"\\\n]*)»$/gm;
    let count = 0;
    for (const marked of files) {
      for (const quote of ["'", '"']) {
        const mutated = marked.replaceAll(plain, `$1${quote}«$2»${quote}`);
        const { text, ranges } = unmark(mutated);
        count += ranges.length;
        assert.deepEqual(
          lint(text, "yaml").map(({ range }) => range.start),
          ranges.map(({ start }) => start),
        );
      }
    }
    assert.ok(count > 300, "there are enough of them");
  });

  it("with comments between the lines", () => {
    for (const marked of files.filter((each) => !/[|>]-?$/m.test(each))) {
      const { text, ranges } = unmark(
        marked.replaceAll(/\n(?=\S)/g, `\n# it's "a note: [1\n`),
      );
      assert.deepEqual(
        lint(text, "yaml").map(({ range }) => range),
        ranges,
      );
    }
  });
});

describe("a placeholder or reference in the place of a credential in YAML goes silent", () => {
  const references = [
    "<password>",
    "${PW}",
    "$PW",
    "xxxxxxxx",
    "********",
    "CHANGE_ME",
    "your_password",
    "REPLACE_ME",
    "{{ pw }}",
    "vault:secret/x#y",
  ];
  for (const reference of references) {
    it(reference, () => {
      for (const marked of files) {
        // What a Secret's `data` has is base64, which none of these is.
        if (!/^\s*data:/m.test(marked) && !marked.includes("PRIVATE KEY")) {
          const text = marked.replaceAll(/«[^»]*»/g, reference);
          const values = lint(text, "yaml").map(({ range }) =>
            text.slice(text.lastIndexOf("\n", range.start) + 1, range.end),
          );
          assert.deepEqual(values, []);
        }
      }
    });
  }
});
