import type { Candidate, OffsetRange } from "./finding";

/** What a text holds that is a credential by its own form, whatever stands beside it. */
export interface FormedSecret {
  readonly rule: "CX301" | "CX302";
  readonly range: OffsetRange;
  readonly value: string;
  readonly what: string;
}

/** Tokens that say by prefix and length whose they are. */
const forms: readonly (readonly [what: string, pattern: string])[] = [
  ["GitHub token", "gh[pousr]_[A-Za-z0-9]{36,}"],
  ["GitHub token", "github_pat_[A-Za-z0-9_]{60,}"],
  ["GitLab token", "glpat-[A-Za-z0-9_-]{20,}"],
  ["npm token", "npm_[A-Za-z0-9]{36}"],
  ["Slack token", "xox[abeoprs]-[A-Za-z0-9-]{20,}"],
  ["Stripe key", "[sr]k_live_[A-Za-z0-9]{20,}"],
  ["Google API key", "AIza[A-Za-z0-9_-]{35}"],
  ["SendGrid key", "SG\\.[A-Za-z0-9_-]{16,}\\.[A-Za-z0-9_-]{30,}"],
  ["SonarQube token", "sq[pua]_[0-9a-f]{40}"],
  ["DigitalOcean token", "do[opr]_v1_[0-9a-f]{64}"],
  ["Hugging Face token", "hf_[A-Za-z0-9]{30,}"],
  ["PyPI token", "pypi-AgE[A-Za-z0-9_-]{50,}"],
  ["Docker token", "dckr_pat_[A-Za-z0-9_-]{20,}"],
  ["Databricks token", "dapi[0-9a-f]{32}"],
  ["OpenAI key", "sk-(?:proj-)?[A-Za-z0-9_-]{40,}"],
];

const anyForm = new RegExp(
  `(?<![A-Za-z0-9_-])(?:${forms.map(([, pattern]) => pattern).join("|")})(?![A-Za-z0-9])`,
  "g",
);

/** One pass that tells whether `formedSecrets` may find anything at all. */
const hint =
  /gh[pousr]_|github_pat_|glpat-|npm_|xox[abeoprs]-|[sr]k_live_|AIza|SG\.|sq[pua]_|do[opr]_v1_|hf_|pypi-|dckr_pat_|dapi|sk-|PRIVATE KEY/;

const pem =
  /-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----((?:\\n|\\r|[\sA-Za-z0-9+/=:,.>|#"'-](?!----END)){0,10000})/g;

/** Provider tokens and private keys in a text. */
export function formedSecrets(text: string): FormedSecret[] {
  const found: FormedSecret[] = [];
  if (!hint.test(text)) {
    return found;
  }
  for (const match of text.matchAll(anyForm)) {
    const value = match[0];
    if (
      new Set(value.slice(4)).size > 6 &&
      !/example|xxxx|0{8}|1234567890/i.test(value)
    ) {
      const [what] = forms.find(([, pattern]) =>
        new RegExp(`^${pattern}$`).test(value),
      ) ?? ["Token"];
      found.push({
        rule: "CX301",
        range: { start: match.index, end: match.index + value.length },
        value,
        what,
      });
    }
  }
  for (const match of text.matchAll(pem)) {
    const body = (match[1] ?? "").replaceAll(/\\[nr]/g, "\n");
    if (
      /[A-Za-z0-9+/=]{40}/.test(body.replaceAll(/[\s"'#>|]/g, "")) &&
      !/YOUR|\.\.\./.test(body)
    ) {
      const end = match.index + match[0].trimEnd().length;
      found.push({
        rule: "CX302",
        range: { start: match.index, end },
        value: match[0],
        what: "Private key",
      });
    }
  }
  return found;
}

/** The same as candidates for the rules; `place` says in what kind of text they were found. */
export function formedCandidates(
  text: string,
  place: Candidate["place"],
): Candidate[] {
  return formedSecrets(text).map(({ rule, range, value, what }) => ({
    rule,
    range,
    value,
    key: what,
    subject: what,
    place,
  }));
}
