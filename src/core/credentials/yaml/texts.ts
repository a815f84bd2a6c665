import { connectionSecrets } from "../connectionText";
import type { Candidate, Report } from "../finding";
import { mayHoldCredential } from "../gate";
import { isCredentialName } from "../keys";
import { regionRange, subRegion, type Region } from "../region";
import { shellSecrets } from "../shellText";
import { scanSql } from "../sql/scan";
import type { Entry } from "./entries";
import { ruleOf } from "./keyed";

const sqlStart =
  /\b(?:create\s|alter\s|attach\b|identified\s+by|grant\s+\w|copy\s+\w|set\s+\w+|pragma\s+\w|dblink|options\s*\()/i;

const fallback = /\$\{([A-Za-z_]\w*):?-((?:[^{}]|\$\{[^}]*\})*)\}/g;

const defaultOf =
  /env_var\(\s*(['"]{1,2})([\w.-]+)\1\s*,\s*(?:'{1,2}([^'\n]*)'{1,2}|"{1,2}([^"\n]*)"{1,2})\s*\)/g;

/** Reports what the text of a scalar holds: defaults, URLs, connection strings, assignments, commands, SQL. */
export function readText(region: Region, entry: Entry, report: Report): void {
  const whole = subRegion(region, entry.range);
  if (
    !mayHoldCredential(whole.text) &&
    !(entry.text.includes("-") && entry.text.includes("${"))
  ) {
    if (!entry.text.includes("env_var(")) {
      return;
    }
  }
  readDefaults(whole, entry, report);
  readConnections(whole, entry, report);
  readAssignment(whole, entry, report);
  if (/[\s=]/.test(entry.text) && isCommand(entry)) {
    for (const { range, value, key } of shellSecrets(whole.text)) {
      report({
        rule: "CY211",
        range: regionRange(whole, range),
        value,
        key,
        place: "yamlText",
      });
    }
  }
  if (sqlStart.test(entry.text)) {
    scanSql(whole, (candidate) => {
      report({
        ...candidate,
        place: candidate.place === "comment" ? "comment" : "yamlText",
      });
    });
  }
}

function readDefaults(whole: Region, entry: Entry, report: Report): void {
  const key = entry.path.at(-1) ?? "";
  for (const match of whole.text.matchAll(fallback)) {
    const [text, name = "", value = ""] = match;
    if (isCredentialName(name) || isCredentialName(key)) {
      const end = match.index + text.length - 1;
      const range = regionRange(whole, { start: end - value.length, end });
      report({ rule: "CY204", range, value, key: name, place: "yamlText" });
    }
  }
  for (const match of whole.text.matchAll(defaultOf)) {
    const [text, , name = "", single, double] = match;
    const value = single ?? double ?? "";
    if (isCredentialName(name) || isCredentialName(key)) {
      const start = match.index + text.lastIndexOf(value);
      const range = regionRange(whole, { start, end: start + value.length });
      report({ rule: "CY202", range, value, key: name, place: "yamlText" });
    }
  }
}

function readConnections(whole: Region, entry: Entry, report: Report): void {
  for (const secret of connectionSecrets(whole.text)) {
    const { form, key, user, value } = secret;
    const rule = form === "url" ? "CY208" : "CY209";
    const isShell = form === "pairs" && /\s--?[a-z]|^[A-Z_]+=/.test(entry.text);
    if (!isShell) {
      report({
        rule,
        range: regionRange(whole, secret.range),
        value,
        key,
        user,
        place: "yamlText",
      });
    }
  }
}

/** `- POSTGRES_PASSWORD=x`: a list item that is an assignment. */
function readAssignment(whole: Region, entry: Entry, report: Report): void {
  const match = /^([A-Za-z_][\w.-]*)=("[^"]*"|'[^']*'|[^\n]+)$/.exec(
    whole.text,
  );
  const [text, name, raw] = match ?? [];
  if (
    text === undefined ||
    name === undefined ||
    raw === undefined ||
    !isCredentialName(name)
  ) {
    return;
  }
  const quote = /^["']/.test(raw) && raw.length > 1 ? 1 : 0;
  const range = { start: name.length + 1 + quote, end: text.length - quote };
  const value = text.slice(range.start, range.end);
  if (/\s/.test(value) && quote === 0) {
    return;
  }
  const rule =
    entry.isListItem && ruleOf(entry) !== "CY210" ? ruleOf(entry) : "CY203";
  const found: Candidate = {
    rule,
    range: regionRange(whole, range),
    value,
    key: name,
    place: "yamlText",
  };
  report({ ...found, user: userIn(entry.siblings) });
}

function userIn(siblings: ReadonlyMap<string, string>): string {
  return siblings.get("user") ?? "";
}

const commandKeys =
  /^(?:run|script|before_script|after_script|command|commands|cmd|args|entrypoint|test|shell|exec|install|before_install|after_success|deploy|setup|post|pre|[\w-]*command|inline|bash|powershell)$/i;

function isCommand(entry: Entry): boolean {
  return (
    entry.style === "block" ||
    entry.path.some((name) => commandKeys.test(name)) ||
    /^[A-Z_]+=\S+\s/.test(entry.text)
  );
}
