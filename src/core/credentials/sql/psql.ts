import type { Token } from "../../sql/token";
import { connectionSecrets } from "../connectionText";
import type { Report } from "../finding";
import { mayHoldCredential } from "../gate";
import { isCredentialName } from "../keys";
import { documentRegion, regionRange, subRegion, type Region } from "../region";
import { commandSecrets } from "../shellCommands";
import { headerSecrets, shellSecrets } from "../shellText";

const assignment =
  /^\\(?:set|setenv)\s+(\S+)\s+(?:('(?:[^'\\]|\\.|'')*')|"([^"]*)"|(\S+))\s*$/;

const credentialUse =
  /\b(?:password|passwd|pwd|secret|token|identified\s+by|encryption_key)\s*(?:(?:=>|:=|=)\s*)?:['"]?(\w+)/gi;

/**
 * `\set p x` where a statement says `PASSWORD :'p'`: the name does not tell what it holds, its use does. For a whole
 * document, because the two are statements apart.
 */
export function usedVariableSecrets(text: string, report: Report): void {
  if (!text.includes("\\set")) {
    return;
  }
  const used = new Set(
    [...text.matchAll(credentialUse)].map(([, name = ""]) => name),
  );
  if (used.size === 0) {
    return;
  }
  for (const match of text.matchAll(/^[ \t]*(\\set[ \t][^\n\r]*)/gm)) {
    const [whole, line = ""] = match;
    const start = match.index + whole.length - line.length;
    readAssignment(
      subRegion(documentRegion(text), { start, end: start + line.length }),
      (name) => used.has(name),
      report,
    );
  }
}

/** `\set pw x`, `\setenv PGPASSWORD x`, `\connect postgres://…` and shell commands of psql. */
export function readMeta(region: Region, token: Token, report: Report): void {
  const line = subRegion(region, token);
  if (
    line.text.length <= 10_000 &&
    mayHoldCredential(line.text) &&
    !readAssignment(line, isCredentialName, report)
  ) {
    readConnection(line, report);
  }
}

/** False when the line gives no value to a variable that `isCredential` knows. */
function readAssignment(
  line: Region,
  isCredential: (name: string) => boolean,
  report: Report,
): boolean {
  const match = assignment.exec(line.text);
  const [whole = "", name = "", single, double, bare] = match ?? [];
  if (!isCredential(name)) {
    return false;
  }
  const raw = single ?? double ?? bare ?? "";
  const end = whole.trimEnd().length - (double === undefined ? 0 : 1);
  const { before, value } = unquoted(single === undefined ? null : raw, raw);
  const start = end - raw.length + before;
  const range = regionRange(line, { start, end: start + value.length });
  report({ rule: "CS111", range, value, key: name, place: "sqlText" });
  return true;
}

/** The value in a single-quoted word of psql; quotes that are part of the value belong to the SQL it goes into. */
function unquoted(
  single: string | null,
  raw: string,
): { readonly before: number; readonly value: string } {
  const before =
    single === null ? 0 : (/^'(?:''|\\')?/.exec(single)?.[0].length ?? 0);
  const after =
    single === null ? 0 : (/(?:''|\\')?'$/.exec(single)?.[0].length ?? 0);
  return {
    before,
    value: raw.slice(before, Math.max(before, raw.length - after)),
  };
}

function readConnection(line: Region, report: Report): void {
  const { text } = line;
  const isConnect = /^(?:\\c(?:onnect)?|\.open)\b/.test(text);
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
  if (/^(?:\\(?:!|copy|[gow]\w*\s*\|)|\.(?:shell|system)\b)/.test(text)) {
    for (const { key, range, value } of [
      ...shellSecrets(text),
      ...commandSecrets(text),
      ...headerSecrets(text),
    ]) {
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
