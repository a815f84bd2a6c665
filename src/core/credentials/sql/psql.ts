import type { Token } from "../../sql/token";
import { connectionSecrets } from "../connectionText";
import type { Report } from "../finding";
import { mayHoldCredential } from "../gate";
import { isCredentialName } from "../keys";
import { regionRange, subRegion, type Region } from "../region";
import { shellSecrets } from "../shellText";

const assignment = /^\\(?:set|setenv)\s+(\S+)\s+(?:'([^']*)'|"([^"]*)"|(\S+))/;

/** `\set pw x`, `\setenv PGPASSWORD x`, `\connect postgres://…` and shell commands of psql. */
export function readMeta(region: Region, token: Token, report: Report): void {
  const line = subRegion(region, token);
  const { text } = line;
  if (text.length > 10_000 || !mayHoldCredential(text)) {
    return;
  }
  const match = assignment.exec(text);
  const [whole = "", name = "", single, double, bare] = match ?? [];
  if (isCredentialName(name)) {
    const value = single ?? double ?? bare ?? "";
    const end = whole.length - (bare === undefined ? 1 : 0);
    const range = regionRange(line, { start: end - value.length, end });
    report({ rule: "CS111", range, value, key: name, place: "sqlText" });
    return;
  }
  const isConnect = /^\\c(?:onnect)?\b/.test(text);
  for (const { form, key, range, user, value } of connectionSecrets(
    text,
    isConnect,
  )) {
    const rule = form === "url" ? "CS105" : "CS104";
    report({
      rule,
      range: regionRange(line, range),
      value,
      key,
      user,
      place: "comment",
    });
  }
  if (text.startsWith("\\!") || text.startsWith("\\copy")) {
    for (const { key, range, value } of shellSecrets(text)) {
      report({
        rule: "CS111",
        range: regionRange(line, range),
        value,
        key,
        place: "comment",
      });
    }
  }
}
