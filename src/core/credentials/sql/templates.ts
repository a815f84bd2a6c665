import type { Report } from "../finding";
import { subRegion, type Region } from "../region";
import { readDefaults } from "../yaml/defaults";
import { matchesOf } from "../matches";

const quoted = /"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'/g;

/** A piece of a template that is a string: SQL in a hook or in `run_query`, or anything else. */
export function* templateStrings(region: Region): Generator<Region> {
  for (const match of matchesOf(region.text, quoted)) {
    const inner = match[1] ?? match[2] ?? "";
    const start = match.index + 1;
    yield subRegion(region, { start, end: start + inner.length });
  }
}

/** `{{ env_var('DB_PASSWORD', 'x') }}`: the default of a variable. */
export function readTemplateDefaults(region: Region, report: Report): void {
  readDefaults(region, "", (candidate) => {
    report({ ...candidate, rule: "CS110", place: "comment" });
  });
}
