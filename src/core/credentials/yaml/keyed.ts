import type { Candidate, OffsetRange, Report } from "../finding";
import { credentialOf, isCredentialHeader } from "../keys";
import type { RuleId } from "../ruleIds";
import type { Entry } from "./entry";
import { nameOf, namesCredential } from "./names";
import { isOtherUse, isReference } from "./otherUse";
import { isSecretData, secretValue } from "./secretData";

/** Tags of which the value is still the text that is written there. */
const plainTags = /^$|^!!(?:str|binary)$|^!unsafe$/;

/** Reports the value of an entry whose key, or whose place, says credential. */
export function readKeyed(entry: Entry, report: Report): void {
  if (
    !entry.isText ||
    !plainTags.test(entry.tag) ||
    entry.kind === "secretReference"
  ) {
    return;
  }
  if (entry.kind === "kubernetesSecret" && isSecretData(entry)) {
    const found = secretValue(entry);
    if (found !== null) {
      const key = entry.path.at(-1) ?? "";
      report(candidate(entry, found.rule, key, entry.range, found.value));
    }
    return;
  }
  const { key, rule } = nameOf(entry);
  if (
    !namesCredential(entry, key) ||
    isReference(entry, key) ||
    isOtherUse(entry, key)
  ) {
    return;
  }
  const range =
    isCredentialHeader(key) || /^httpHeaderValue/.test(key)
      ? headerValue(entry)
      : entry.range;
  const value =
    range === entry.range
      ? entry.value
      : entry.text.slice(range.start - entry.range.start);
  const own = credentialOf(key, { range, value });
  report(candidate(entry, rule ?? ruleOf(entry), key, own.range, own.value));
}

/** `Bearer x`: the scheme is no part of the credential. */
function headerValue({ range, text }: Entry): OffsetRange {
  const scheme = /^(?:bearer|basic|token|apikey|bot|key)\s+(?=\S)/i.exec(text);
  return scheme === null
    ? range
    : { start: range.start + scheme[0].length, end: range.end };
}

function candidate(
  entry: Entry,
  rule: RuleId,
  key: string,
  range: OffsetRange,
  value: string,
): Candidate {
  const { user } = entry.siblings;
  return {
    rule,
    range,
    value,
    key,
    place: range === entry.range ? "yamlScalar" : "yamlText",
    subject:
      rule === "CY201"
        ? (entry.path[entry.path.indexOf("outputs") + 1] ?? "")
        : rule === "CY212"
          ? key
          : entry.subject,
    ...(user === undefined ? {} : { user }),
  };
}

/** The rule for a keyed value, by the kind of file and place in it. */
export function ruleOf(entry: Entry): RuleId {
  const { kind, path } = entry;
  const isEnvironment = path.some((name) =>
    /^(?:environment|env|variables|env_vars|envVars)$/.test(name),
  );
  switch (kind) {
    case "dbt":
      return path.includes("outputs") ? "CY201" : "CY210";
    case "compose":
      return "CY203";
    case "github":
    case "ci":
      return "CY207";
    case "kubernetes":
      return isEnvironment ? "CY206" : "CY210";
    case "generic":
      return isEnvironment ? "CY203" : "CY210";
    case "kubernetesSecret":
    case "secretReference":
    case "cloudformation":
    case "openapi":
    case "translation":
      return "CY210";
  }
}
