import { upToMark } from "./commentText";
import { connectionSecrets } from "./connectionText";
import type { Candidate } from "./finding";
import { extraKeyTest } from "./extraKeys";
import { mayHoldCredential } from "./gate";
import { judge, type Judged } from "./judge";
import { isCredentialName } from "./keys";
import type { LintOptions } from "./options";
import { formedCandidates } from "./providerTokens";

/** `NAME=value` as shells and dotenv have it: quoted values may have several lines, a plain one ends at its comment. */
const assignment =
  /^(?<indent>[ \t]*(?<hash>#[ \t]*)?(?:export[ \t]+)?)(?<name>[A-Za-z_][\w.-]{0,99})(?<equals>[ \t]*=[ \t]*)(?:"(?<double>(?:[^"\\]|\\[^])*)"|'(?<single>[^']*)'|`(?<tick>[^`]*)`|(?<plain>[^\s#](?:[^\n#]|(?<!\s)#)*))/gm;

/** The credentials of an env file (`.env`, `.env.production`) with their candidates. Holds values: for the core only. */
export function judgeEnv(text: string, options: LintOptions): Judged[] {
  const isExtra = extraKeyTest(options.extraKeys);
  if (!mayHoldCredential(text) && options.extraKeys.length === 0) {
    return [];
  }
  const found: Candidate[] = [];
  const users = new Map<string, string>();
  for (const { groups, index } of text.matchAll(assignment)) {
    const { indent = "", hash, name = "", equals = "" } = groups ?? {};
    const { double, single, tick, plain } = groups ?? {};
    const raw = double ?? single ?? tick ?? plain ?? "";
    const said = hash === undefined ? raw : upToMark(raw);
    const value = plain === undefined ? raw : said.trimEnd();
    if (hash !== undefined && value.includes("\n")) {
      continue;
    }
    const quote = plain === undefined ? 1 : 0;
    const start = index + indent.length + name.length + equals.length + quote;
    const place = hash === undefined ? "yamlText" : "comment";
    const isUser = /(?:^|_)USER(?:NAME)?$/i.test(name);
    if (isUser) {
      users.set(prefixOf(name), value);
    }
    if (isCredentialName(name) || isExtra(name)) {
      found.push({
        rule: hash === undefined ? "CY210" : "CS112",
        range: { start, end: start + value.length },
        value,
        key: name,
        place,
      });
      continue;
    }
    for (const { form, range, key, user, value: inner } of connectionSecrets(
      value,
    )) {
      const rule = form === "url" ? "CY208" : "CY209";
      found.push({
        rule: hash === undefined ? rule : "CS112",
        range: { start: start + range.start, end: start + range.end },
        value: inner,
        key,
        place,
        user,
      });
    }
  }
  const withUsers = found.map((each): Candidate => {
    const user = each.user ?? users.get(prefixOf(each.key));
    return user === undefined ? each : { ...each, user };
  });
  const all = [...withUsers, ...formedCandidates(text, "yamlText")];
  return judge(all, "yaml", options.rules);
}

/** `POSTGRES_` of `POSTGRES_USER` and `POSTGRES_PASSWORD`. */
function prefixOf(name: string): string {
  return name.slice(0, name.lastIndexOf("_") + 1).toUpperCase();
}
