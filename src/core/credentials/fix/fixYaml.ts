import type { Candidate, OffsetRange } from "../finding";
import { envName, type OffsetFixPlan } from "./fixPlan";

/** How a kind of file refers to an environment variable. */
type Reference = (name: string, quote: string) => string;

const compose: Reference = (name) => `\${${name}:?}`;

const plain: Reference = (name) => `\${${name}}`;

const dbt: Reference = (name, quote) =>
  quote === '"' ? `{{ env_var('${name}') }}` : `{{ env_var("${name}") }}`;

/** A reference to the environment in the place of a YAML value; null where the kind of file has none. */
export function fixYaml(
  text: string,
  candidate: Candidate,
  taken: ReadonlySet<string>,
): OffsetFixPlan | null {
  const { fileKind, rule, range } = candidate;
  const reference = rule === "CY204" ? compose : referenceOf(fileKind);
  if (reference === null || text.slice(range.start, range.end).includes("\n")) {
    return null;
  }
  if (rule === "CY204" || rule === "CY202") {
    return fixDefault(text, candidate);
  }
  const name = nameFor(candidate, taken);
  const quote = enclosingQuote(text, range);
  const isWhole = candidate.place === "yamlScalar";
  // A plain scalar gets quotes: braces mean something to YAML within flow collections.
  const newText =
    isWhole && quote === ""
      ? `"${reference(name, '"')}"`
      : reference(name, isWhole ? quote : quoteAround(text, range));
  return {
    title: `Move the value into .env as ${name} and refer to it: ${reference(name, '"')}`,
    edits: [{ range, newText }],
    env: [{ name, value: candidate.value }],
  };
}

function referenceOf(fileKind: string | undefined): Reference | null {
  switch (fileKind) {
    case "dbt":
      return dbt;
    case "compose":
      return compose;
    case "generic":
      return plain;
    default:
      return null;
  }
}

/** `${X:-secret}` becomes `${X:?}`, `env_var('X', 'secret')` becomes `env_var('X')`; the value goes to X. */
function fixDefault(text: string, candidate: Candidate): OffsetFixPlan | null {
  const { key, range, rule, value } = candidate;
  const before = text.slice(0, range.start);
  const opening =
    rule === "CY204" ? /:?-$/.exec(before) : /\s*,\s*['"]+$/.exec(before);
  const closing =
    rule === "CY204"
      ? ""
      : (/^['"]+/.exec(text.slice(range.end, range.end + 3))?.[0] ?? "");
  if (opening === null) {
    return null;
  }
  const start = range.start - opening[0].length;
  return {
    title: `Move the default into .env as ${key}`,
    edits: [
      {
        range: { start, end: range.end + closing.length },
        newText: rule === "CY204" ? ":?" : "",
      },
    ],
    env: [{ name: key, value }],
  };
}

function nameFor(candidate: Candidate, taken: ReadonlySet<string>): string {
  const { fileKind, key, subject = "", user = "" } = candidate;
  if (fileKind === "dbt") {
    // dbt masks variables of this prefix in its logs.
    return envName(["DBT_ENV_SECRET", subject, key], taken);
  }
  const isAlone = /^(?:password|passwd|pass|pwd|token|secret)$/i.test(key);
  const owner = /^[\w.-]{1,30}$/.test(user) ? user : "app";
  return envName(isAlone ? [owner, key] : [key], taken);
}

/** The quote that stands on both sides of a range. */
function enclosingQuote(text: string, range: OffsetRange): string {
  const quote = text.charAt(range.start - 1);
  return /['"]/.test(quote) && text.charAt(range.end) === quote ? quote : "";
}

/** The quote of the scalar that a part lies in, told by the first one after its key on the line. */
function quoteAround(text: string, range: OffsetRange): string {
  const line = text.slice(text.lastIndexOf("\n", range.start) + 1, range.start);
  return /(?::\s+|-\s+)(['"])/.exec(line)?.[1] ?? '"';
}
