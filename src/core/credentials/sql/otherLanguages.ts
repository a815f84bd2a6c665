import { firstIndex } from "../../collections/firstIndex";
import type { Report } from "../finding";
import { typeWord } from "../jsonConnection";
import { isCredentialName } from "../keys";
import { regionRange, type Region } from "../region";
import { headerSecrets, type ShellSecret } from "../shellText";
import type { SqlView } from "./view";
import { matchesOf } from "../matches";

/** `api_key = "x"` and `'password' => 'x'` of Python, Perl, JavaScript and their like. */
const assigned =
  /(?<![\w.])(?:[$@%](?=\w))?["']?([A-Za-z_][\w-]{1,80})["']?(?:\s{0,4}(?:=>|=|:)\s{0,4})(?:"([^"\n]{3,300})"|'([^'\n]{3,300})')/g;

/** The third argument of Perl's `connect`, and the pair of a request's login in Python. */
const positional =
  /(?:->connect\(\s*(?:"[^"\n]*"|'[^'\n]*')\s*,\s*(?:"[^"\n]*"|'[^'\n]*')\s*,\s*|\bauth\s*=\s*\(\s*(?:"[^"\n]*"|'[^'\n]*')\s*,\s*)(?:"([^"\n]+)"|'([^'\n]+)')/g;

/** How many tokens of a statement are looked at on either side of a body for its language. */
const farthest = 60;

/** True when the string at `index` is a body, and the statement around it says that its language is not SQL. */
function isOtherLanguage(view: SqlView, index: number): boolean {
  const isBody =
    view.tokens[index]?.kind === "dollarString" ||
    view.word(index - 1) === "as";
  if (!isBody) {
    return false;
  }
  const stops = view.languageStops();
  const behind = firstIndex(stops.length, (each) => (stops[each] ?? 0) > index);
  return [stops[behind - 1], stops[behind]].some(
    (at) =>
      at !== undefined &&
      Math.abs(at - index) < farthest &&
      view.word(at) === "language" &&
      isOther(view.name(at + 1)),
  );
}

function isOther(language: string): boolean {
  return /^(?:pl(?!pgsql|sql$)\w+|python|perl|javascript|js|tcl|ruby|java|rust|lua|r|scala)/i.test(
    language,
  );
}

/** Reports what the string at `index` assigns to a credential's name when it is a body in another language. */
export function readOtherLanguage(
  view: SqlView,
  index: number,
  region: Region,
  report: Report,
): void {
  if (!isOtherLanguage(view, index)) {
    return;
  }
  const found: ShellSecret[] = [...headerSecrets(region.text)];
  for (const match of matchesOf(region.text, assigned)) {
    const [, key = "", double, single] = match;
    const value = double ?? single ?? "";
    if (isCredentialName(key) && !typeWord.test(value)) {
      found.push(lastOf(match, key, value));
    }
  }
  for (const match of matchesOf(region.text, positional)) {
    found.push(lastOf(match, "password", match[1] ?? match[2] ?? ""));
  }
  for (const { range, value, key } of found) {
    const own = regionRange(region, range);
    report({ rule: "CS110", range: own, value, key, place: "sqlText" });
  }
}

/** The value that is last in a match, in quotes. */
function lastOf(
  match: RegExpExecArray,
  key: string,
  value: string,
): ShellSecret {
  const end = match.index + match[0].length - 1;
  return { range: { start: end - value.length, end }, value, key };
}
