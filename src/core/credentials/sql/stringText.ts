import { connectionSecrets } from "../connectionText";
import type { Report } from "../finding";
import { mayHoldCredential } from "../gate";
import { regionRange, type Region } from "../region";
import type { RuleId } from "../ruleIds";
import { commandSecrets } from "../shellCommands";
import { headerSecrets, shellSecrets, type ShellSecret } from "../shellText";

/** What the statement says of the text of a string in it. */
export interface StringUse {
  /** True where a connection string is expected, which then needs no more than a password. */
  readonly isConnection: boolean;
  /** In COPY or UNLOAD, whose pairs are cloud credentials. */
  readonly isCopy: boolean;
  /** Behind PROGRAM: a shell command. */
  readonly isProgram: boolean;
  /** Put together of several literals, so that no edit can replace it as one. */
  readonly isJoined: boolean;
}

const isQuery = /^\s*(?:select|with|insert|update|delete|from|merge|values)\s/i;

/** Reports the credentials in the text of a string: URLs, connection strings, HTTP headers, shell commands. */
export function readStringText(
  region: Region,
  use: StringUse,
  report: Report,
): void {
  const { text } = region;
  if (!mayHoldCredential(text)) {
    return;
  }
  const named = use.isProgram
    ? [...headerSecrets(text), ...shellSecrets(text), ...commandSecrets(text)]
    : headerSecrets(text);
  for (const secret of named) {
    reportNamed(region, secret, report);
  }
  // SQL that a function is given is no connection: its `password = 'x'` compares.
  if (isQuery.test(text)) {
    return;
  }
  const isConnection = use.isConnection || use.isCopy;
  for (const secret of connectionSecrets(text, isConnection)) {
    const { form, key, range, user, value } = secret;
    const pairs: RuleId = use.isCopy ? "CS109" : "CS104";
    report({
      rule: form === "url" ? "CS105" : pairs,
      range: regionRange(region, range),
      value,
      key,
      user,
      place: use.isJoined ? "comment" : "sqlText",
    });
  }
}

function reportNamed(
  region: Region,
  { key, range, value }: ShellSecret,
  report: Report,
): void {
  const own = regionRange(region, range);
  report({ rule: "CS110", range: own, value, key, place: "comment" });
}
