import type { Candidate, OffsetRange } from "../finding";
import { isCredentialName } from "../keys";
import { guessedKind } from "../yaml/kind";
import { envName, type FixDocument, type OffsetFixPlan } from "./fixPlan";
import { fixByHand } from "./fixByHand";
import { fixDefault } from "./fixDefault";
import { fixCloudParameter, fixContainer } from "./fixKubernetes";
import {
  composeReference,
  dbtReference,
  referenceFor,
  type Reference,
} from "./references";
import { partOf, quotedFor, yamlPlaceOf, type YamlPlace } from "./yamlNode";

/** A reference to the environment in the place of a YAML value; null where the kind of file has none. */
export function fixYaml(
  text: string,
  candidate: Candidate,
  taken: ReadonlySet<string>,
  { fileName, takenNames }: Pick<FixDocument, "fileName" | "takenNames">,
): OffsetFixPlan | null {
  const { rule } = candidate;
  const place = yamlPlaceOf(text, candidate.range);
  if (place === null) {
    return null;
  }
  const fileKind = candidate.fileKind ?? kindAt(place, fileName);
  if (rule === "CY204" || rule === "CY202") {
    return fixDefault(place, candidate, takenNames);
  }
  if (isNested(place, candidate, fileKind)) {
    return null;
  }
  if (fileKind === "kubernetes") {
    return fixContainer(place, candidate, taken);
  }
  if (fileKind === "cloudformation") {
    return (
      fixCloudParameter(place, candidate, taken) ??
      fixByHand(place, candidate, taken, fileName)
    );
  }
  const reference = referenceFor(fileKind, place, fileName);
  // Only dbt and Compose put values into any text: elsewhere SQL in a file is somebody else's template.
  const isSql =
    rule.startsWith("CS") ||
    /\b(?:attach|create|alter|select)\s+\S/i.test(
      text.slice(place.whole.start, place.whole.end),
    );
  if (reference === null) {
    return fixByHand(place, candidate, taken, fileName);
  }
  if (rule === "CX302") {
    return isKey(place, fileKind)
      ? fixWhole(place, candidate, reference, taken)
      : null;
  }
  if (isSql && reference !== dbtReference && reference !== composeReference) {
    return null;
  }
  return candidate.place === "yamlScalar"
    ? fixWhole(place, candidate, reference, taken)
    : fixPart(place, candidate, reference, taken);
}

/** What the file is for a rule that does not ask. */
function kindAt({ roots, text }: YamlPlace, fileName: string): string {
  if (roots.includes("apiVersion") && roots.includes("kind")) {
    return "kubernetes";
  }
  const isPipeline =
    /(?:\.gitlab-ci|azure-pipelines|bitbucket-pipelines|\.travis|\.circleci[/\\]config)\.ya?ml$/i;
  return isPipeline.test(fileName) ? "ci" : guessedKind(text);
}

/** True for a private key that is all of a value, where lines of a variable are no lines of the file. */
function isKey({ value }: YamlPlace, fileKind: string): boolean {
  return (
    /^(?:dbt|compose|github)$/.test(fileKind) &&
    /^\s*-----BEGIN [^]*-----\s*$/.test(value ?? "")
  );
}

/** True in a file within the file: whoever reads it does not read the references of the outer one. */
function isNested(
  place: YamlPlace,
  candidate: Candidate,
  fileKind: string,
): boolean {
  if (place.style !== "block" || candidate.rule === "CX302") {
    return false;
  }
  if (candidate.place !== "yamlScalar") {
    return candidate.rule === "CX301" && fileKind === "generic";
  }
  const header = place.text.indexOf("\n", place.whole.start);
  const before = place.text.slice(header, candidate.range.start);
  const after = place.text.slice(candidate.range.end, place.whole.end);
  return before.trim() !== "" || after.trim() !== "";
}

function fixWhole(
  place: YamlPlace,
  candidate: Candidate,
  reference: Reference,
  taken: ReadonlySet<string>,
): OffsetFixPlan | null {
  const { style, text, whole } = place;
  const value = undoubled(place.value, reference);
  if (value === null || value === "") {
    return null;
  }
  const name = nameFor(candidate, taken, place, reference);
  const quote = style === "single" ? "'" : '"';
  const isQuoted = style === "single" || style === "double";
  const ends = isQuoted && text.charAt(whole.end - 1) === quote;
  if (isQuoted && !ends) {
    return null;
  }
  // A plain scalar gets quotes: braces mean something to YAML.
  const newText = quote + reference.text(name, quote) + quote;
  // The line break that ends a block scalar is not part of what takes its place.
  const rest =
    style === "block"
      ? (/\s*$/.exec(text.slice(whole.start, whole.end))?.[0].length ?? 0)
      : 0;
  return planOf(reference, name, value, [
    { range: { start: whole.start, end: whole.end - rest }, newText },
  ]);
}

function fixPart(
  place: YamlPlace,
  candidate: Candidate,
  reference: Reference,
  taken: ReadonlySet<string>,
): OffsetFixPlan | null {
  const { range } = candidate;
  const value = undoubled(partOf(place, range), reference);
  if (value === null) {
    return null;
  }
  const name = nameFor(candidate, taken, place, reference);
  if (reference.isShell === true) {
    return shellPlan(place, range, reference, name, value);
  }
  const quote = place.style === "single" ? "'" : '"';
  const plain = /^\$\w+$/.test(reference.text("X", quote));
  const newText = plain ? `\${${name}}` : reference.text(name, quote);
  // A template at the beginning of a plain scalar would be a map.
  const isFirst = range.start === place.whole.start && place.style === "plain";
  return isFirst || (place.isFlow && place.style === "plain")
    ? quotedScalar(place, range, newText, reference, name, value)
    : planOf(reference, name, value, [{ range, newText }]);
}

/** A plain scalar that needs quotes with a reference in it. */
function quotedScalar(
  place: YamlPlace,
  range: OffsetRange,
  newText: string,
  reference: Reference,
  name: string,
  value: string,
): OffsetFixPlan | null {
  const { text, whole } = place;
  const before = text.slice(whole.start, range.start);
  const after = text.slice(range.end, whole.end);
  if (/["\\\r\n]/.test(before + after)) {
    return null;
  }
  return planOf(reference, name, value, [
    { range: whole, newText: `"${before}${newText}${after}"` },
  ]);
}

/** `PGPASSWORD='x'` becomes `PGPASSWORD="$NAME"`: single quotes would keep the shell from putting the value in. */
function shellPlan(
  place: YamlPlace,
  range: OffsetRange,
  reference: Reference,
  name: string,
  value: string,
): OffsetFixPlan {
  const { style, text } = place;
  const written = quotedFor(style, '"');
  const single = quotedFor(style, "'");
  const isAt = (quote: string): boolean =>
    text.startsWith(quote, range.end) &&
    text.slice(0, range.start).endsWith(quote);
  const word = reference.text(name, '"');
  const line = text.slice(text.lastIndexOf("\n", range.start) + 1, range.start);
  const isQuoted = line.split(written).length % 2 === 0 && style !== "double";
  if (isAt(written) || (isQuoted && !isAt(single))) {
    return planOf(reference, name, value, [{ range, newText: `\${${name}}` }]);
  }
  const around = isAt(single) ? single.length : 0;
  return planOf(reference, name, value, [
    {
      range: { start: range.start - around, end: range.end + around },
      newText: written + word + written,
    },
  ]);
}

function planOf(
  { isBeside, note }: Reference,
  name: string,
  value: string,
  edits: OffsetFixPlan["edits"],
): OffsetFixPlan {
  return {
    title: titleOf(note),
    edits,
    env: [{ name, value }],
    ...(isBeside === undefined ? {} : { isBeside }),
    ...(note === undefined ? {} : { note }),
  };
}

function titleOf(note: Reference["note"]): string {
  switch (note) {
    case "github":
      return "Move to .env, refer to a GitHub secret";
    case "gitlab":
      return "Move to .env, refer to a CI variable";
    case "azure":
      return "Move to .env, refer to a pipeline variable";
    case undefined:
    case "kubernetes":
    case "parameter":
    case "environment":
    case "helm":
    case "secretsManager":
    case "envsubst":
      return "Move to .env, refer to the variable";
  }
}

/** `$$` is how a file that is a template itself writes `$`; null for one that it would put something in for. */
function undoubled(value: string | null, reference: Reference): string | null {
  if (value === null || reference.hasDollars !== true) {
    return value;
  }
  const bare = value.replaceAll("$$", "");
  return /\$[A-Za-z_{]/.test(bare) ? null : value.replaceAll("$$", "$");
}

function nameFor(
  candidate: Candidate,
  taken: ReadonlySet<string>,
  { path }: YamlPlace,
  { note }: Reference,
): string {
  const { fileKind, subject = "", user = "" } = candidate;
  const isToken = candidate.rule === "CX301" || candidate.rule === "CX302";
  const own = path.at(-1) ?? "";
  const label = isToken ? candidate.key.toLowerCase() : candidate.key;
  const key = isToken && isCredentialName(own) ? own : label;
  if (fileKind === "dbt") {
    // dbt masks variables of this prefix in its logs.
    return envName(["DBT_ENV_SECRET", subject, key], taken);
  }
  const isAlone = /^(?:password|passwd|pass|pwd|token|secret)$/i.test(key);
  const owner = /^[\w.-]{1,30}$/.test(user) ? user : "app";
  // GitHub keeps the names that begin with its own to itself.
  const first = note === "github" && /^github/i.test(key) ? ["app"] : [];
  return envName(isAlone ? [owner, key] : [...first, key], taken);
}
