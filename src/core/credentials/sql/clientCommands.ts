import type { Report } from "../finding";
import { isCredentialName } from "../keys";
import { regionRange, type Region } from "../region";
import type { RuleId } from "../ruleIds";

/**
 * Commands of SQL*Plus and sqlcmd, which are no SQL: `CONNECT scott/tiger@db`, `DEFINE pw = x`, `:setvar pw "x"`,
 * `:CONNECT server -U sa -P x`. Each is a line of its own, a comment behind it or not.
 */
const command =
  /^[ \t]*(?:conn(?:ect)?[ \t]+(?:"[^"\n]{1,60}"|[\w$#.]{1,60})\/("[^"\n]+"|[^\s@;"'/]+)(?:@\S+)?(?:[ \t]+as[ \t]+\w+)?[ \t]*;?[ \t]*(?:(?:--|\/\*)[^\n]*)?\r?$|(?:def(?:ine)?[ \t]+(\w{1,60})[ \t]*=[ \t]*|:setvar[ \t]+(\w{1,60})[ \t]+)('[^'\n]*'|"[^"\n]*"|[^\s;'"]+)|:connect[ \t][^\n]*?-P[ \t]*("[^"\n]+"|[^\s"]+))/gim;

/** Reports the credentials in the client commands of a region. */
export function readClientCommands(region: Region, report: Report): void {
  for (const match of region.text.matchAll(command)) {
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
