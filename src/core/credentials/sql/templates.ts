import type { Report } from "../finding";
import { subRegion, type Region } from "../region";
import { quotedStrings } from "../quotedStrings";
import { readDefaults } from "../yaml/defaults";

const quoted = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/y;

/** A piece of a template that is a string: SQL in a hook or in `run_query`, or anything else. */
export function* templateStrings(region: Region): Generator<Region> {
  for (const range of quotedStrings(region.text, quoted)) {
    yield subRegion(region, range);
  }
}

/** A piece of a template is given to nothing that has a name. */
const nothing = { text: "", isCredential: false };

/** `{{ env_var('DB_PASSWORD', 'x') }}`: the default of a variable. */
export function readTemplateDefaults(region: Region, report: Report): void {
  readDefaults(region, nothing, (candidate) => {
    report({ ...candidate, rule: "CS110", place: "comment" });
  });
}
