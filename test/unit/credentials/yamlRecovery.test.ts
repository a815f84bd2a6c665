import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { lint } from "../../../src/core/credentials/lint";
import { readEntries } from "../../../src/core/credentials/yaml/entries";
import { parsedDocuments } from "../../../src/core/credentials/yaml/parsed";
import { prepareYaml } from "../../../src/core/credentials/yaml/prepare";
import { entriesOf, YamlSource } from "../../../src/core/credentials/yaml/walk";
import { unmark } from "./marked";
import { toldEntry } from "./toldEntry";

const files = readFileSync(
  join(import.meta.dirname, "../../fixtures/credentials/yamlFiles.txt"),
  "utf8",
)
  .split(/^### .*\n/m)
  .slice(1)
  .map((marked) => unmark(marked).text)
  .filter((text) => /^[\w"'-]/.test(text) && !/^(?:---|\.\.\.)/m.test(text));

const maps = files.filter((text) => !text.startsWith("-"));
const sound = maps.filter((text) => isSound(prepareYaml(text)));

function isSound(prepared: string): boolean {
  return parsedDocuments(prepared, 0).every(({ isBroken }) => !isBroken);
}

/** Pairs that the reader of blocks leaves to the parser, each alone on its lines. */
const odd = [
  "odd: !!int '12'\n",
  'odd: !!map {a: "b"}\n',
  "? odd\n: value\n",
  "odd: |2\n  text\n",
  '"o\\x64d": value\n',
  "odd: {a, b: c}\n",
  "odd: &a\n  !!seq\n  - x\n",
];

/** Parts that are no YAML. */
const broken = [
  "broken: [1, {a: 2\n",
  "broken: {\n  a: 1\n",
  "<<<<<<< HEAD\nbroken: 1\n=======\nbroken: 2\n>>>>>>> abc\n",
  "just some words\n",
  "broken: a: b: c\n",
  "broken: 1\n   deeper: 2\n  less: 3\n",
];

function found(text: string): string[] {
  return lint(text, "yaml").map(
    ({ range, rule, severity }) =>
      `${rule} ${severity} ${text.slice(range.start, range.end)}`,
  );
}

/** Puts lines before a line that begins in the first column, as if they had always been there. */
function withPart(text: string, part: string, at: "start" | "end"): string {
  return at === "start" ? part + text : `${text.trimEnd()}\n${part}`;
}

describe("a part of a YAML file that is no plain block", () => {
  for (const part of odd) {
    it(`is read by the parser, and all around it as ever: ${JSON.stringify(part)}`, () => {
      assert.ok(sound.length > 30, `${sound.length} files`);
      for (const each of sound) {
        const text = withPart(each, part, "end");
        const prepared = prepareYaml(text);
        assert.ok(isSound(prepared), text);
        const expected = parsedDocuments(prepared, 0).flatMap(({ root }) =>
          entriesOf(root, new YamlSource(text, prepared)),
        );
        assert.deepEqual(
          readEntries(text).map(toldEntry),
          expected.map(toldEntry),
        );
      }
    });
  }

  for (const part of broken) {
    it(`takes no finding from what is around it, nor a rule or a severity: ${JSON.stringify(part)}`, () => {
      let count = 0;
      for (const each of maps) {
        const expected = found(each);
        count += expected.length;
        assert.deepEqual(found(withPart(each, part, "start")), expected);
        assert.deepEqual(found(withPart(each, part, "end")), expected);
      }
      assert.ok(count > 100, `${count} findings`);
    });
  }

  it("leaves its neighbours among the services of a compose file what they are", () => {
    const text =
      "services:\n  db:\n    image: postgres:16\n    environment:\n      POSTGRES_PASSWORD: k7Lp0q2\n" +
      '  bad: "oops\n  web: [1, {\n  app:\n    image: shop\n    environment:\n      DB_PASSWORD: m9Xw4Zr\n';
    assert.deepEqual(found(text), [
      "CY203 info k7Lp0q2",
      "CY203 warning m9Xw4Zr",
    ]);
  });

  it("is not all that is read of a long file", () => {
    const pair = (index: number): string =>
      `service${index}:\n  nested: {name: "x${index}", token: k7Lp0q${index}}\n`;
    const pairs = Array.from({ length: 4000 }, (_, index) => pair(index));
    pairs[2000] = `broken: [\n${"  - x: 'y\n".repeat(3000)}`;
    assert.equal(found(pairs.join("")).length, 3999);
  });
});
