import type { Candidate, OffsetRange } from "./finding";
import { LiteralSearch } from "./literalSearch";
import { matchesOf } from "./matches";

/** What a text holds that is a credential by its own form, whatever stands beside it. */
export interface FormedSecret {
  readonly rule: "CX301" | "CX302" | "CX303";
  readonly range: OffsetRange;
  readonly value: string;
  readonly what: string;
}

/** Tokens that say by prefix and length whose they are. */
const forms: readonly (readonly [what: string, pattern: string])[] = [
  ["GitHub token", "gh[pousr]_[A-Za-z0-9]{36,}"],
  ["GitHub token", "github_pat_[A-Za-z0-9_]{60,}"],
  [
    "GitLab token",
    "gl(?:pat|ptt|rt|dt|soat|cbt|agent|oas)-[A-Za-z0-9_.-]{20,}",
  ],
  ["npm token", "npm_[A-Za-z0-9]{36}"],
  ["Slack token", "xox[abeoprs]-[A-Za-z0-9-]{20,}"],
  ["Slack token", "xapp-\\d-[A-Z0-9]+-\\d+-[a-f0-9]{20,}"],
  [
    "Slack webhook",
    "(?:https://)?hooks\\.slack\\.com/services/T[A-Z0-9]{8,}/B[A-Z0-9]{8,}/[A-Za-z0-9]{20,}",
  ],
  [
    "Discord webhook",
    "(?:https://)?discord(?:app)?\\.com/api/webhooks/\\d{17,20}/[A-Za-z0-9_-]{60,}",
  ],
  ["Stripe key", "[sr]k_live_[A-Za-z0-9]{20,}"],
  ["Stripe webhook secret", "whsec_[A-Za-z0-9]{30,}"],
  ["Google API key", "AIza[A-Za-z0-9_-]{35}"],
  ["Google OAuth secret", "GOCSPX-[A-Za-z0-9_-]{28}"],
  ["Google OAuth token", "ya29\\.[A-Za-z0-9_-]{30,}"],
  ["SendGrid key", "SG\\.[A-Za-z0-9_-]{16,}\\.[A-Za-z0-9_-]{30,}"],
  ["SonarQube token", "sq[pua]_[0-9a-f]{40}"],
  ["Square token", "sq0(?:atp|csp)-[A-Za-z0-9_-]{22,}"],
  ["DigitalOcean token", "do[opr]_v1_[0-9a-f]{64}"],
  ["Hugging Face token", "hf_[A-Za-z0-9]{30,}"],
  ["PyPI token", "pypi-AgE[A-Za-z0-9_-]{50,}"],
  ["Docker token", "dckr_(?:pat|oat)_[A-Za-z0-9_-]{20,}"],
  ["Databricks token", "dapi[0-9a-f]{32}(?:-\\d)?"],
  ["Anthropic key", "sk-ant-[A-Za-z0-9_-]{30,}"],
  [
    "OpenAI key",
    "sk-(?:proj-|svcacct-|admin-|or-v1-)?[A-Za-z0-9_-]{40,}|sk-[A-Za-z0-9]{32}",
  ],
  ["Shopify token", "shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}"],
  ["Brevo key", "xkeysib-[a-f0-9]{64}-[A-Za-z0-9]{16}"],
  ["Mailchimp key", "[0-9a-f]{32}-us\\d{1,2}"],
  ["Mailgun key", "key-[0-9a-f]{32}"],
  ["Linear key", "lin_api_[A-Za-z0-9]{40}"],
  [
    "Grafana token",
    "glsa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}|glc_[A-Za-z0-9+/]{40,}",
  ],
  ["Vault token", "hv[sbr]\\.[A-Za-z0-9_-]{24,}"],
  ["Doppler token", "dp\\.(?:pt|st|ct|sa)\\.[A-Za-z0-9.]{40,}"],
  ["Postman key", "PMAK-[a-f0-9]{24}-[a-f0-9]{34}"],
  ["New Relic key", "NRAK-[A-Z0-9]{27}"],
  ["Neon key", "napi_[a-z0-9]{60,}"],
  ["PlanetScale token", "pscale_(?:tkn|pw|oauth)_[A-Za-z0-9_-]{32,}"],
  ["Supabase key", "sb(?:p_[a-f0-9]{40}|_secret_[A-Za-z0-9_-]{20,})"],
  ["dbt Cloud token", "dbt[cu]_[A-Za-z0-9_-]{30,}"],
  ["Airtable token", "pat[A-Za-z0-9]{14}\\.[a-f0-9]{64}"],
  ["Telegram token", "\\d{8,10}:AA[A-Za-z0-9_-]{33}"],
  ["age key", "AGE-SECRET-KEY-1[A-Z0-9]{58}"],
];

const anyForm = new RegExp(
  `(?<![A-Za-z0-9_-])(?:${forms.map(([, pattern]) => pattern).join("|")})(?![A-Za-z0-9])`,
  "g",
);

const wholeForms = forms.map(
  ([what, pattern]) => [what, new RegExp(`^(?:${pattern})$`)] as const,
);

/** What tells in one pass whether `formedSecrets` may find anything at all. */
const hints = new LiteralSearch([
  ...(
    "ghp_ gho_ ghu_ ghs_ ghr_ github_pat_ npm_ xapp- webhook /services/t _live_ whsec_ aiza gocspx ya29. sqp_ squ_ " +
    "sqa_ sq0 dop_v1_ doo_v1_ dor_v1_ hf_ pypi- dckr_ dapi sk- shpa shpc shpp shps xkeysib lin_api glsa_ glc_ hvs. " +
    "hvb. hvr. dp. pmak nrak napi_ pscale_ sbp_ sb_secret dbtc_ dbtu_ :aa age-secret sig= accountkey="
  )
    .split(" ")
    .map((text) => ({ text, anyCase: true })),
  { text: "private key", anyCase: true },
  ...(
    [
      ["sg.", /sg\.[\w-]/iy],
      ["gl", /gl[a-z]{2,5}-/iy],
      ["xox", /xox[abeoprs]-/iy],
      ["-us", /-us\d/iy],
      ["key-", /key-[0-9a-f]/iy],
      ["pat", /pat[A-Za-z0-9]{14}\./iy],
      ["shared", /shared\w{0,12}key=/iy],
    ] as const
  ).map(([text, test]) => ({ text, anyCase: true, test })),
]);

const pem =
  /-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----((?:\\n|\\r|[\sA-Za-z0-9+/=:,.>|#"'-](?!----END)){0,10000})(?:-----END [A-Z0-9 ]{3,40}-----)?/g;

/** The signature of a shared access URL, which has its version or its expiry beside it, and keys of storage accounts. */
const cloud =
  /(?<=[&;]sig=)(?=[A-Za-z0-9%+/=_-]{20})(?<=[?&;'"\s](?:sv|se|sp|sr|st|spr|ss|srt)=[^\s'"]{0,400}[&;]sig=)[A-Za-z0-9%+/=_-]{20,}|(?<=[?&'"\s]sig=)[A-Za-z0-9%+/=_-]{20,}(?=&(?:sv|se|sp|sr|st|spr|ss|srt)=)|(?<=(?:AccountKey|SharedAccessKey)=)[A-Za-z0-9+/]{40,88}={0,2}/gi;

/** Provider tokens, private keys and keys of cloud storage in a text. */
export function formedSecrets(text: string): FormedSecret[] {
  return hints.isIn(text)
    ? [...providerTokens(text), ...privateKeys(text), ...cloudKeys(text)]
    : [];
}

function* providerTokens(text: string): Generator<FormedSecret> {
  for (const match of matchesOf(text, anyForm)) {
    const value = match[0];
    if (isRandom(value.slice(4))) {
      const [what] = wholeForms.find(([, pattern]) => pattern.test(value)) ?? [
        "Token",
      ];
      const range = { start: match.index, end: match.index + value.length };
      yield { rule: "CX301", range, value, what };
    }
  }
}

function isRandom(value: string): boolean {
  return (
    new Set(value).size > 6 && !/example|xxxx|0{8}|1234567890/i.test(value)
  );
}

function* privateKeys(text: string): Generator<FormedSecret> {
  for (const match of matchesOf(text, pem)) {
    const body = (match[1] ?? "").replaceAll(/\\[nr]/g, "\n");
    if (isKeyBody(body)) {
      const before = text.slice(Math.max(0, match.index - 40), match.index);
      const isJson = /\\?["']private_key\\?["']\s*:\s*\\?["']$/.test(before);
      const end = match.index + match[0].trimEnd().length;
      yield {
        rule: isJson ? "CX303" : "CX302",
        range: { start: match.index, end },
        value: match[0],
        what: isJson ? "Key of a service account" : "Private key",
      };
    }
  }
}

/** True for lines of base64: the words of a comment about keys are shorter. */
function isKeyBody(body: string): boolean {
  const lines = body
    .split(/[\s"'#>|,:]+/)
    .filter((line) => /^[A-Za-z0-9+/=-]{16,}$/.test(line));
  return /[A-Za-z0-9+/=]{40}/.test(lines.join("")) && !/YOUR|\.\.\./.test(body);
}

function* cloudKeys(text: string): Generator<FormedSecret> {
  for (const match of matchesOf(text, cloud)) {
    const value = match[0];
    if (isRandom(value)) {
      const range = { start: match.index, end: match.index + value.length };
      yield { rule: "CX303", range, value, what: "Key of cloud storage" };
    }
  }
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
