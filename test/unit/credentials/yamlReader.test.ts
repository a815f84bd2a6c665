import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { BlockReader } from "../../../src/core/credentials/yaml/blockReader";
import { Unsure } from "../../../src/core/credentials/yaml/cursor";
import { documentRanges } from "../../../src/core/credentials/yaml/documents";
import type { Entry } from "../../../src/core/credentials/yaml/entry";
import { parsedDocuments } from "../../../src/core/credentials/yaml/parsed";
import { prepareYaml } from "../../../src/core/credentials/yaml/prepare";
import { entriesOf, YamlSource } from "../../../src/core/credentials/yaml/walk";
import { unmark } from "./marked";
import { toldEntry } from "./toldEntry";
import { yamlCredentials, yamlHarmless } from "./yamlContexts";

const folder = join(import.meta.dirname, "../../fixtures/credentials");
const wholeFiles = readFileSync(join(folder, "yamlFiles.txt"), "utf8")
  .split(/^### /m)
  .slice(1)
  .map((part) => unmark(part.slice(part.indexOf("\n") + 1)).text);
const fixtures = [
  ...wholeFiles,
  ...[...yamlCredentials, ...yamlHarmless].map((each) => unmark(each).text),
];

/** How many documents of a text both read, and read the same. */
function compared(text: string): { both: number; unsure: number } {
  const count = { both: 0, unsure: 0 };
  const prepared = prepareYaml(text);
  assert.equal(prepared.length, text.length);
  for (const { start, end } of documentRanges(prepared)) {
    const parsed = parsedDocuments(prepared.slice(start, end), start);
    const own = ownEntries(text, prepared, start, end);
    if (own === null) {
      count.unsure++;
    } else if (parsed.length < 2 && !parsed.some((each) => each.isBroken)) {
      const expected = parsed.flatMap(({ root }) =>
        entriesOf(root, new YamlSource(text, prepared)),
      );
      assert.deepEqual(
        own.map(toldEntry),
        expected.map(toldEntry),
        JSON.stringify(text.slice(start, end)),
      );
      count.both++;
    }
  }
  return count;
}

function ownEntries(
  text: string,
  prepared: string,
  start: number,
  end: number,
): Entry[] | null {
  try {
    const root = new BlockReader(prepared, text).read({ start, end });
    return entriesOf(root, new YamlSource(text, prepared));
  } catch (error) {
    assert.ok(error instanceof Unsure, String(error));
    return null;
  }
}

const pieces =
  "a|b: |key: v|\n|\n|\n  |\n  |\n    |- |- |: |\"x\"|'y'|[a, b]|{c: d}|{|}|[|]|, |# c|&a |*a|!t |!!str |12|true|~|null|0x1f|1e3|" +
  "|\n  |>-\n  |+|---\n|\t|\r\n|{{ x }}|\\|''|\n- k: v\n  l: w|\nq:\n- 1\n- 2";
const generated = fc
  .array(
    fc.constantFrom(
      ...pieces.split("|").map((each) => (each === "" ? "|" : each)),
    ),
    { maxLength: 14 },
  )
  .map((parts) => parts.join(""));

const mutated = fc
  .tuple(fc.constantFrom(...fixtures), fc.nat(), fc.nat(12), generated)
  .map(([text, at, length, piece]) => {
    const from = at % (text.length + 1);
    return text.slice(0, from) + piece + text.slice(from + length);
  });

describe("the reader of YAML blocks", () => {
  it("reads nearly every document of the fixtures, and as the parser of all of YAML does", () => {
    const counts = fixtures.map(compared);
    const both = counts.reduce((sum, each) => sum + each.both, 0);
    const unsure = counts.reduce((sum, each) => sum + each.unsure, 0);
    assert.ok(both > 140, `only ${both} documents were read by both`);
    assert.ok(unsure < both / 10, `${unsure} documents are left to the parser`);
  });

  it("reads a block scalar without text as the parser does", () => {
    for (const blank of ["", "\n", "\n\n", " \n", "  \n\n \n", "\r\n"]) {
      for (const below of ["", "b: v\n", " \nb: v\n"]) {
        assert.equal(compared(`a: |\n${blank}${below}`).both, 1);
      }
    }
  });

  it("reads generated texts as the parser does, or leaves them to it", () => {
    fc.assert(
      fc.property(generated, (text) => {
        compared(text);
      }),
      { numRuns: 3000 },
    );
  });

  it("reads changed fixtures as the parser does, or leaves them to it", () => {
    fc.assert(
      fc.property(mutated, (text) => {
        compared(text);
      }),
      { numRuns: 1500 },
    );
  });
});
