import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { lint } from "../../../src/core/credentials/lint";

interface Case {
  readonly id: string;
  readonly text: string;
  readonly filename: string;
  readonly language: string;
  readonly positives: readonly { readonly line: number }[];
  readonly ambiguous: readonly { readonly line: number }[];
}

const cases = readFileSync(
  join(import.meta.dirname, "../../fixtures/credentials/cases.jsonl"),
  "utf8",
)
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Case);

/** Line-level counts, as the peers were measured: lines that are ambiguous count neither way. */
function measure(language: "sql" | "yaml") {
  const counts = { right: 0, wrong: [] as string[], missed: [] as string[] };
  for (const each of cases.filter((one) => one.language === language)) {
    const found = new Set(
      lint(each.text, language, each.filename).map(
        ({ range }) => each.text.slice(0, range.start).split("\n").length,
      ),
    );
    const positives = new Set(each.positives.map(({ line }) => line));
    const ambiguous = new Set(each.ambiguous.map(({ line }) => line));
    for (const line of positives) {
      if (found.has(line)) {
        counts.right++;
      } else {
        counts.missed.push(`${each.id}:${line}`);
      }
    }
    for (const line of found) {
      if (!positives.has(line) && !ambiguous.has(line)) {
        counts.wrong.push(`${each.id}:${line}`);
      }
    }
  }
  return counts;
}

describe("lint on the labelled cases", () => {
  const floors = [
    { language: "sql", precision: 0.98, recall: 0.98 },
    { language: "yaml", precision: 0.98, recall: 0.98 },
  ] as const;
  for (const { language, precision, recall } of floors) {
    it(`${language}: precision ${precision} and recall ${recall} at least`, () => {
      const { right, wrong, missed } = measure(language);
      assert.ok(right > 40, "the cases are there");
      const said = right / (right + wrong.length);
      assert.ok(said >= precision, `precision ${said}: ${wrong.join(" ")}`);
      const seen = right / (right + missed.length);
      assert.ok(seen >= recall, `recall ${seen}: ${missed.join(" ")}`);
    });
  }
});
