import type { Candidate } from "../finding";
import type { OffsetFixPlan } from "./fixPlan";
import { partOf, type YamlPlace } from "./yamlNode";

/** `${X:-secret}` becomes `${X:?}`, `env_var('X', 'secret')` becomes `env_var('X')`; the value goes to X. */
export function fixDefault(
  place: YamlPlace,
  candidate: Candidate,
  takenNames: readonly string[],
): OffsetFixPlan | null {
  const { text } = place;
  const { key, range, rule } = candidate;
  const isFallback = rule === "CY204";
  const before = text.slice(0, range.start);
  const opening = isFallback
    ? /:?-$/.exec(before)
    : /\s*,\s*(?:\\?['"])+$/.exec(before);
  const closing = isFallback
    ? ""
    : (/^(?:\\?['"])+/.exec(text.slice(range.end, range.end + 4))?.[0] ?? "");
  const value = partOf(place, range);
  if (opening === null || value === null || !/^\w+$/.test(key)) {
    return null;
  }
  const start = range.start - opening[0].length;
  return {
    title: "Move the default to .env",
    edits: [
      {
        range: { start, end: range.end + closing.length },
        newText: isFallback ? ":?" : "",
      },
    ],
    // Where the variable has a value already, that is the one that counted.
    env: takenNames.includes(key) ? [] : [{ name: key, value }],
    ...(candidate.fileKind === "compose" ? { isBeside: true } : {}),
  };
}
