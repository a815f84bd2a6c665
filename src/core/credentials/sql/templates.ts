import type { Report } from "../finding";
import { isCredentialName, isWeakName } from "../keys";
import { matchesOf } from "../matches";
import { regionRange, subRegion, type Region } from "../region";
import { isMixed, isNoLabel } from "./mixed";
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

/** Reports what a template gives to something: defaults of variables, and assignments. */
export function readTemplate(region: Region, report: Report): void {
  readTemplateDefaults(region, report);
  readAssignments(region, report);
}

const assigned =
  /(?<![\w.'"-])([A-Za-z_]\w{1,60})\s{0,4}=\s{0,4}(?:'([^'\n]{1,300})'|"([^"\n]{1,300})")/g;

/** True for a value of that name, of which what is called a key or a token may also be a column or a kind. */
function mayBeGiven(key: string, value: string): boolean {
  return /key$/i.test(key)
    ? isNoLabel(value)
    : !isWeakName(key) || isMixed(value);
}

/** `{% set api_key = 'x' %}` and `{{ attach(password='x') }}`: what a template gives to a credential's name. */
function readAssignments(region: Region, report: Report): void {
  for (const match of matchesOf(region.text, assigned)) {
    const [whole, key = "", single, double] = match;
    const value = single ?? double ?? "";
    if (isCredentialName(key) && mayBeGiven(key, value)) {
      const end = match.index + whole.length - 1;
      const range = regionRange(region, { start: end - value.length, end });
      report({ rule: "CS110", range, value, key, place: "comment" });
    }
  }
}
