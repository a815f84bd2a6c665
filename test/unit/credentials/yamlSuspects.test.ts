import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import type { Candidate } from "../../../src/core/credentials/finding";
import { judge } from "../../../src/core/credentials/judge";
import { documentRegion } from "../../../src/core/credentials/region";
import {
  readEntries,
  readSuspects,
} from "../../../src/core/credentials/yaml/entries";
import { scanYaml } from "../../../src/core/credentials/yaml/scan";
import { examinerTexts } from "./examinerTexts";
import { unmark } from "./marked";
import { yamlCredentials, yamlHarmless } from "./yamlContexts";

const fixtures = [
  ...readFileSync(
    join(import.meta.dirname, "../../fixtures/credentials/yamlFiles.txt"),
    "utf8",
  )
    .split(/^### .*$/m)
    .slice(1),
  ...yamlCredentials,
  ...yamlHarmless,
].map((marked) => unmark(marked).text);

/** Names and values of which some mean something together only. */
const lines = fc
  .array(
    fc.tuple(
      fc.constantFrom("", "  ", "    ", "- ", "  - ", "    - "),
      fc.constantFrom(
        ..."password name value key type data stringData kind command args default list chpasswd auth credentials env apiVersion encryption example content user list tokens run".split(
          " ",
        ),
      ),
      fc.constantFrom(
        ..."|k7Lp0q2|DB_PASSWORD|password|Secret|${PW}|${PW:-k7Lp0q2}|{{ env_var('X') }}|{{ env_var('X', 'k7Lp0q2') }}|--password|'-pk7Lp0q2'|\"a\\x70b\"|'it''s'|[mysql, -pk7Lp0q2]|[--password, k7Lp0q2]|postgres://u:k7Lp0q2@h/d|{name: API_KEY, value: k7Lp0q2}|azdMcDBxMg==|mysql -u a -pk7Lp0q2 # password: m9Xw4Zr8|# token: k7Lp0q2|!Ref x|&a b|v1".split(
          "|",
        ),
      ),
    ),
    { maxLength: 8 },
  )
  .map((parts) =>
    parts.map(([indent, key, value]) => `${indent}${key}: ${value}\n`).join(""),
  );

function everything(text: string): ReturnType<typeof readSuspects> {
  const entries = readEntries(text);
  const scalars = entries.map(({ whole }) => whole);
  return { entries, scalars: scalars.sort((a, b) => a.start - b.start) };
}

function judged(text: string, read: typeof readSuspects): unknown {
  const candidates: Candidate[] = [];
  const take = (candidate: Candidate): void => void candidates.push(candidate);
  scanYaml(documentRegion(text), take, 0, read);
  return judge(candidates, "yaml").map(({ finding }) => finding);
}

function assertSame(text: string): void {
  assert.deepEqual(
    judged(text, readSuspects),
    judged(text, everything),
    JSON.stringify(text),
  );
}

describe("the scalars of YAML that the lint looks at", () => {
  it("are few", () => {
    const text = "a:\n  b: c\n  d: [e, f]\n  password: x\n  g: ${PASSWORD}\n";
    assert.deepEqual(
      readSuspects(text).entries.map((entry) => entry.text),
      ["x"],
    );
  });

  it("give the findings of all, in the fixtures", () => {
    fixtures.forEach(assertSame);
    assertSame(fixtures.join("\n---\n"));
  });

  it("give the findings of all, in generated files", () => {
    fc.assert(fc.property(lines, assertSame), { numRuns: 1200 });
  });

  it("give the findings of all, in any text", () => {
    fc.assert(fc.property(examinerTexts, assertSame), { numRuns: 1500 });
  });
});
