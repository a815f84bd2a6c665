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
export function isOtherLanguage(view: SqlView, index: number): boolean {
  const isBody =
    view.tokens[index]?.kind === "dollarString" ||
    view.word(index - 1) === "as";
  if (!isBody || !view.has("language")) {
    return false;
  }
  const steps = [-1, 1] as const;
  return steps.some((step) => {
    for (let count = 1; count < farthest; count++) {
      const at = index + count * step;
      if (view.word(at) === "language") {
        return isOther(view.name(at + 1));
      }
      if (view.sign(at) === ";") {
        return false;
      }
    }
    return false;
  });
}

function isOther(language: string): boolean {
  return /^(?:pl(?!pgsql|sql$)\w+|python|perl|javascript|js|tcl|ruby|java|rust|lua|r|scala)/i.test(
    language,
  );
}

/** Reports what the body of a function in another language assigns to a credential's name. */
export function readOtherLanguage(region: Region, report: Report): void {
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
