import type { Report } from "../finding";
import { isCredentialName } from "../keys";
import { regionRange, subRegion, type Region } from "../region";
import type { RuleId } from "../ruleIds";
import { commandSecrets } from "../shellCommands";
import { shellSecrets } from "../shellText";
import { matchesOf } from "../matches";

/**
 * Commands of SQL*Plus and sqlcmd, which are no SQL: `CONNECT scott/tiger@db`, `DEFINE pw = x`, `:setvar pw "x"`,
 * `:CONNECT server -U sa -P x`. Each is a line of its own, a comment behind it or not.
 */
const command =
  /^[\uFEFF \t]*(?:conn(?:ect)?[ \t]+(?:"[^"\n]{1,60}"|[\w$#.]{1,60})\/("[^"\n]+"|[^\s@;"'/]+)(?:@\S+)?(?:[ \t]+as[ \t]+\w+)?[ \t]*(?:;[ \t]*)?(?:(?:--|\/\*)[^\n]*)?\r?$|(?:def(?:ine)?[ \t]+(\w{1,60})[ \t]*=[ \t]*|:setvar[ \t]+(\w{1,60})[ \t]+)('[^'\n]*'|"[^"\n]*"|[^\s;'"]+)|(?:\.logon[ \t]+(?:[\w.-]{1,80}\/)?[\w.$-]{1,60},|:connect[ \t][^\n]*?-P[ \t]*|conn(?:ect)?[ \t]+to[ \t]+\w{1,60}[ \t]+user[ \t]+\w{1,60}[ \t]+using[ \t]+)("[^"\n]+"|[^\s";]+))/gim;

/** Lines of SQL*Plus that a shell runs. */
const hostLine = /^[ \t]*(?:ho(?:st)?[ \t]+|![ \t]*(?=[a-z]))([^\n]+)/gim;

/** Reports the credentials in the client commands of a region. */
export function readClientCommands(region: Region, report: Report): void {
  for (const match of matchesOf(region.text, hostLine)) {
    const end = match.index + match[0].length;
    const start = end - (match[1] ?? "").length;
    const line = subRegion(region, { start, end });
    for (const { key, range, value } of [
      ...shellSecrets(line.text),
      ...commandSecrets(line.text),
    ]) {
      const own = regionRange(line, range);
      report({ rule: "CS111", range: own, value, key, place: "comment" });
    }
  }
  for (const match of matchesOf(region.text, command)) {
    const [whole, login, defined, variable, assigned, connected] = match;
    const name = defined ?? variable;
    if (name !== undefined && !isCredentialName(name)) {
      continue;
    }
    const raw = login ?? assigned ?? connected ?? "";
    const from =
      login === undefined ? whole.lastIndexOf(raw) : whole.indexOf("/") + 1;
    const quote = /^['"]/.test(raw) ? 1 : 0;
    const start = match.index + from + quote;
    const end = match.index + from + raw.length - quote;
    const rule: RuleId = name === undefined ? "CS104" : "CS111";
    report({
      rule,
      range: regionRange(region, { start, end }),
      value: region.text.slice(start, end),
      key: name ?? "password",
      place: "sqlText",
    });
  }
}
