import { connectionSecrets } from "../connectionText";
import type { Report } from "../finding";
import { jsonSecrets } from "../jsonConnection";
import { isCredentialName, isWeakName } from "../keys";
import { regionRange, type Region } from "../region";
import type { RuleId } from "../ruleIds";
import { commandSecrets } from "../shellCommands";
import { headerSecrets, shellSecrets, type ShellSecret } from "../shellText";
import { matchesOf } from "../matches";
import { readTemplateDefaults } from "./templates";

/** What the statement says of the text of a string in it. */
export interface StringUse {
  /** True where a connection string is expected, which then needs no more than a password. */
  readonly isConnection: boolean;
  /** In COPY or UNLOAD, whose pairs are cloud credentials. */
  readonly isCopy: boolean;
  /** What says that it is a shell command, PROGRAM or the name of a setting; empty for any other text. */
  readonly program: string;
  /** In what is sent by HTTP, or given to a thing that connects elsewhere. */
  readonly isRequest: boolean;
  /** Put together of several literals, so that no edit can replace it as one. */
  readonly isJoined: boolean;
}

const statement =
  /(?:^|[;\s])(?:begin|declare|select|insert\s+into|update|delete\s+from|perform|create|alter)\s/i;

/** True for statements, of which each string is read by itself: what is outside of those sets, compares and calls. */
function isBody(text: string): boolean {
  return text.includes(";") && statement.test(text);
}

/** One of these stands before each credential in a text that is no command. */
const sign = /[:=,"@{]/;

const isQuery = /^\s*(?:select|with|insert|update|delete|from|merge|values)\s/i;

/** The setting whose command prints a passphrase. */
export const passphraseCommand = "ssl_passphrase_command";

/**
 * Reports the credentials in the text of a string in which there may be one: URLs, connection strings, HTTP headers,
 * shell commands.
 */
export function readStringText(
  region: Region,
  use: StringUse,
  report: Report,
): void {
  const { text } = region;
  const isPassphrase = use.program === passphraseCommand;
  if (use.program === "" && !sign.test(text)) {
    return;
  }
  const named = isPassphrase
    ? echoed(text)
    : use.program !== ""
      ? [...headerSecrets(text), ...shellSecrets(text), ...commandSecrets(text)]
      : headerSecrets(text);
  for (const secret of named) {
    reportNamed(region, secret, report);
  }
  if (use.isRequest) {
    for (const secret of memberSecrets(text)) {
      reportNamed(region, secret, report);
    }
  }
  if (text.includes("{")) {
    readTemplateDefaults(region, report);
    for (const { user, ...secret } of jsonSecrets(text)) {
      reportNamed(region, secret, report, user);
    }
  }
  // SQL that a function is given is no connection: its `password = 'x'` compares.
  if (isQuery.test(text)) {
    return;
  }
  const isConnection = use.isConnection || use.isCopy;
  const secrets = connectionSecrets(text, isConnection);
  const isCode = secrets.length > 0 && isBody(text);
  for (const secret of secrets) {
    const { form, key, range, user, value } = secret;
    if (form === "pairs" && isCode) {
      continue;
    }
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

const member = /"([\w.-]{1,80})"\s{0,4}:\s{0,4}"([^"\n\\]{1,300})"/g;

/** `echo x`: what a command that does nothing else prints. */
function echoed(text: string): ShellSecret[] {
  const [whole, value = ""] =
    /^\s*(?:\/[\w/.-]*\/)?(?:echo|printf)\s+(?:-n\s+)?["']?([^\s"']+)/.exec(
      text,
    ) ?? [];
  if (whole === undefined) {
    return [];
  }
  const range = { start: whole.length - value.length, end: whole.length };
  return [{ range, value, key: "passphrase" }];
}

/** `{"password": "x"}` of JSON. */
function memberSecrets(text: string): ShellSecret[] {
  const found: ShellSecret[] = [];
  for (const match of matchesOf(text, member)) {
    const [whole, key = "", value = ""] = match;
    if (isCredentialName(key) && !isWeakName(key) && !/\s/.test(value)) {
      const end = match.index + whole.length - 1;
      found.push({ range: { start: end - value.length, end }, value, key });
    }
  }
  return found;
}

function reportNamed(
  region: Region,
  { key, range, value }: ShellSecret,
  report: Report,
  user = "",
): void {
  const own = regionRange(region, range);
  report({ rule: "CS110", range: own, value, key, user, place: "comment" });
}
