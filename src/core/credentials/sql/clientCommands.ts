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

/** False for a text of which no line begins like one of those commands: their patterns look at each character. */
function mayHoldCommand(text: string): boolean {
  const hasOtherBreaks =
    text.includes("\u2028") ||
    text.includes("\u2029") ||
    (text.includes("\r") && /\r(?!\n)/.test(text));
  if (hasOtherBreaks) {
    return true;
  }
  let at = 0;
  do {
    let code = text.charCodeAt(at);
    while (code === 0x20 || code === 0x09 || code === 0xfeff) {
      code = text.charCodeAt(++at);
    }
    if (isCommandStart(text, at, code)) {
      return true;
    }
    at = text.indexOf("\n", at) + 1;
  } while (at > 0);
  return false;
}

/** `ho`, `conn`, `def`, `!`, `.logon` and the commands of sqlcmd. */
function isCommandStart(text: string, at: number, code: number): boolean {
  const isFollowedBy = (offset: number, letter: number): boolean =>
    (text.charCodeAt(at + offset) | 32) === letter;
  switch (code | 32) {
    case 0x63: // con
      return isFollowedBy(1, 0x6f) && isFollowedBy(3, 0x6e);
    case 0x64: // def
      return isFollowedBy(1, 0x65) && isFollowedBy(2, 0x66);
    case 0x68: // ho
      return isFollowedBy(1, 0x6f);
    case 0x2e: // .l
      return isFollowedBy(1, 0x6c);
    case 0x21: // !
    case 0x3a: // :
      return true;
    default:
      return false;
  }
}

/** Reports the credentials in the client commands of a region. */
export function readClientCommands(region: Region, report: Report): void {
  if (!mayHoldCommand(region.text)) {
    return;
  }
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
