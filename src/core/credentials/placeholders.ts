import { nameWords } from "./keys";

/** Words that a value has only when somebody is meant to put another one there. */
const fillIn =
  /(?:^|[^a-z])(?:change[-_ ]?(?:me|this|it)|replace[-_ ]?(?:me|with|this)|place[-_ ]?holder|your[-_ ]?\w|redacted|masked|hidden|todo|tbd|fixme|insert[-_ ]|enter[-_ ]|put[-_ ](?:your|the)|fill[-_ ]?in|dummy|example|sample[-_]|to[-_]be[-_]|not[-_]?set|unset|goes[-_]here)/i;

const fillInEnd = /(?:[-_ ]here|example(?:key|secret|password|token)?)$/i;

const nothing =
  /^(?:none|null|nil|undefined|n\/?a|true|false|yes|no|on|off|~|-+|\?+|empty|default|void)$/i;

/** `<x>`, `⟨x⟩`, `[x]`, `«x»`, `(x)`: brackets all around. */
const bracketed = /^(?:<[^<>]*>|⟨[^⟩]*⟩|\[[^\]]*\]|«[^»]*»|\([^)]*\))$/;

const fillCharacters = /^[.*•x_%#?\-–—…+=~\s]+$/i;

/** True for a value that stands where a credential is to be put. */
export function isPlaceholder(
  value: string,
  key: string,
  language: "sql" | "yaml",
): boolean {
  return (
    nothing.test(value) ||
    bracketed.test(value) ||
    fillCharacters.test(value) ||
    fillIn.test(value) ||
    fillInEnd.test(value) ||
    /<[A-Za-z][\w .-]*>/.test(value) ||
    isMonotonous(value) ||
    namesItsKey(value, key, language)
  );
}

/** `0000…`, `5555:AAAA…`, `yyyy`: a run of hardly anything. */
function isMonotonous(value: string): boolean {
  const bare = value.replaceAll(/[-:._ ]/g, "");
  const distinct = new Set(bare).size;
  return (
    (bare.length >= 3 && distinct === 1) || (bare.length >= 16 && distinct <= 2)
  );
}

/** `password=PASSWORD`, `DB_PASSWORD=DB_PASSWORD`, and in YAML `passwordEnv`-like names of variables. */
function namesItsKey(
  value: string,
  key: string,
  language: "sql" | "yaml",
): boolean {
  const isUpper = /^[A-Z][A-Z0-9_]*$/.test(value);
  const words = nameWords(value);
  const keyWords = nameWords(key);
  if (
    words.join(" ") === keyWords.join(" ") &&
    (isUpper || language === "yaml")
  ) {
    return true;
  }
  if (!isUpper) {
    return false;
  }
  const isGeneric =
    words.length === 1 &&
    /^(?:PASSWORD|SECRET|TOKEN|PASS|KEY|PWD)$/.test(value);
  const isVariable =
    language === "yaml" &&
    /_(?:PASSWORD|PASSWD|PASS|PWD|SECRET|TOKEN|KEY)$/.test(value);
  return isGeneric || isVariable;
}
