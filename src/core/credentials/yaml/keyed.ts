import type { Candidate, OffsetRange, Report } from "../finding";
import { credentialOf } from "../keys";
import type { RuleId } from "../ruleIds";
import type { Entry } from "./entry";
import type { Known } from "./known";
import { below, type Names } from "./nameFacts";
import { namesCredential, type ValueName } from "./names";
import { isOtherUse, isReference } from "./otherUse";
import { isSecretData, secretValue } from "./secretData";

/** Tags of which the value is still the text that is written there. */
const plainTags = /^$|^!!(?:str|binary)$|^!unsafe$/;

/** Reports the value of an entry whose key, or whose place, says credential. */
export function readKeyed(
  entry: Entry,
  { name, rule }: ValueName,
  { names, texts }: Known,
  report: Report,
): void {
  if (
    !entry.isText ||
    (entry.tag !== "" && !plainTags.test(entry.tag)) ||
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
  if (!namesCredential(entry, name)) {
    return;
  }
  const above = names.below(entry.path);
  if (
    isOtherUse(entry, name, texts, above) ||
    isReference(entry, name, names, above)
  ) {
    return;
  }
  const { text: key } = name;
  const range =
    name.isHeader || /^httpHeaderValue/.test(key)
      ? headerValue(entry)
      : entry.range;
  const value =
    range === entry.range
      ? entry.value
      : entry.text.slice(range.start - entry.range.start);
  const own = credentialOf(key, { range, value });
  const by = rule ?? ruleOf(entry, names);
  report(candidate(entry, by, key, own.range, own.value));
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
    user: entry.siblings.user,
  };
}

/** The rule for a keyed value, by the kind of file and place in it. */
export function ruleOf({ kind, path }: Entry, names: Names): RuleId {
  const isEnvironment = (names.below(path) & below.environment) !== 0;
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
