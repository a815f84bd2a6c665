import type { Candidate, OffsetRange } from "../finding";
import { credentialOf } from "../keys";
import type { RuleId } from "../ruleIds";
import type { Entry } from "./entry";
import type { Known } from "./known";
import { loginIn } from "./logins";
import { below, type Name, type Names } from "./nameFacts";
import { namesCredential, ruleOfPlace } from "./names";
import { isOtherUse, isReference } from "./otherUse";
import { isSecretData, secretValue } from "./secretData";

/** Tags of which the value is still the text that is written there. */
const plainTags = /^$|^!!(?:str|binary)$|^!unsafe$/;

/** The value of an entry whose key, or whose place, says credential; null for any other. */
export function keyedValue(
  entry: Entry,
  name: Name,
  { names, texts }: Known,
): Candidate | null {
  const { kind } = entry;
  const login = names.of(entry.name).mayBeLogin ? loginIn(entry) : null;
  const isData = kind === "kubernetesSecret" && isSecretData(entry);
  if (
    kind === "secretReference" ||
    !(isData || login !== null || namesCredential(entry, name)) ||
    !entry.isText ||
    (entry.tag !== "" && !plainTags.test(entry.tag))
  ) {
    return null;
  }
  if (isData) {
    const found = secretValue(entry);
    return found === null
      ? null
      : candidate(entry, found.rule, entry.name, entry.range, found.value);
  }
  const above = names.belowOf(entry);
  if (
    isOtherUse(entry, name, texts, above) ||
    isReference(entry, name, names, above)
  ) {
    return null;
  }
  const { text: key } = name;
  const range =
    login ??
    (name.isHeader || /^httpHeaderValue/.test(key)
      ? headerValue(entry)
      : entry.range);
  const value =
    range === entry.range
      ? entry.value
      : entry.text.slice(
          range.start - entry.range.start,
          range.end - entry.range.start,
        );
  const own = credentialOf(key, { range, value });
  const by = ruleOfPlace(entry, name, names) ?? ruleOf(entry, names);
  return candidate(entry, by, key, own.range, own.value);
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
export function ruleOf(entry: Entry, names: Names): RuleId {
  const above = names.belowOf(entry);
  const isEnvironment = (above & below.environment) !== 0;
  switch (entry.kind) {
    case "dbt":
      return (above & below.outputs) !== 0 ? "CY201" : "CY210";
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
