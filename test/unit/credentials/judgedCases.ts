import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { OffsetRange } from "../../../src/core/credentials/finding";
import { lint, type LintLanguage } from "../../../src/core/credentials/lint";
import { unmark } from "./marked";

/** One labelled text: where its credentials are, and the rule of each. */
export interface JudgedCase {
  readonly name: string;
  readonly fileName: string;
  readonly text: string;
  readonly ranges: readonly OffsetRange[];
  readonly rules: readonly string[];
}

/** The labelled texts of a file: `### rules (or -) | name | file name`, then the text with its credentials marked. */
export function judgedCases(file: string): readonly JudgedCase[] {
  const path = join(import.meta.dirname, "../../fixtures/credentials", file);
  return readFileSync(path, "utf8")
    .split(/^### /m)
    .slice(1)
    .map((part) => {
      const end = part.indexOf("\n");
      const [rules = "", name = "", fileName = ""] = part
        .slice(0, end)
        .split("|")
        .map((field) => field.trim());
      return {
        name,
        fileName,
        ...unmark(part.slice(end + 1)),
        rules: rules === "-" ? [] : rules.split(" "),
      };
    });
}

/** How findings and labels agree: a finding is right when it covers a labelled value exactly. */
export interface Agreement {
  readonly right: number;
  readonly wrong: readonly string[];
  readonly missed: readonly string[];
  /** Found, under another rule than the label's. */
  readonly otherRule: readonly string[];
}

/** Compares what the lint says of each text with its labels. */
export function agreement(
  cases: readonly JudgedCase[],
  language: LintLanguage,
): Agreement {
  const counts = {
    right: 0,
    wrong: [] as string[],
    missed: [] as string[],
    otherRule: [] as string[],
  };
  for (const { name, fileName, text, ranges, rules } of cases) {
    const labels = new Map(
      ranges.map(({ start, end }, index) => [`${start}-${end}`, rules[index]]),
    );
    for (const { range, rule } of lint(text, language, fileName)) {
      const place = `${range.start}-${range.end}`;
      const value = text.slice(range.start, range.end);
      const label = labels.get(place);
      if (label === undefined) {
        counts.wrong.push(`${name}: ${rule} ${value}`);
        continue;
      }
      counts.right++;
      labels.delete(place);
      if (label !== rule) {
        counts.otherRule.push(`${name}: ${rule} for ${label}`);
      }
    }
    counts.missed.push(...Array.from(labels.values(), (r) => `${name}: ${r}`));
  }
  return counts;
}
