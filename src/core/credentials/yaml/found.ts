import type { OffsetRange, Report } from "../finding";
import { regionRange, type Region } from "../region";
import type { RuleId } from "../ruleIds";

/** A credential in a text, by offsets of the text. */
export interface Found {
  readonly range: OffsetRange;
  readonly value: string;
  readonly key: string;
}

/** Reports what was found in the text of a region. */
export function reportFound(
  whole: Region,
  rule: RuleId,
  found: readonly Found[],
  report: Report,
): void {
  for (const { range, value, key } of found) {
    // `event[` and `$(` are the beginning of an expression, `-key` is the next option.
    if (/[[(]$|^\$$|^--?[a-z]/i.test(value)) {
      continue;
    }
    report({
      rule,
      range: regionRange(whole, range),
      value,
      key,
      place: rule === "CS112" ? "comment" : "yamlText",
    });
  }
}
