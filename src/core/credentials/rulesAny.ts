import type { RuleRecord } from "./ruleRecord";

/** Rules for SQL and YAML alike. */
export const anyRules = {
  CX301: {
    title: "Token of a provider",
    severity: "error",
    message: (subject: string) => `${subject} in the source.`,
    why: "The form of the value says whose it is: whoever finds it can use it.",
    remedy: "Revoke it first, then take it out.",
    example: {
      language: "yaml",
      bad: "note: ghp_k7Lp0q2m9Xw4Zr8Tn5Vb3Hs6Jd1Fg0Ya2Qe4\n",
      good: "note: ${GITHUB_TOKEN}\n",
    },
  },
  CX302: {
    title: "Private key",
    severity: "error",
    message: () => "Private key in the source.",
    why: "Who has the file has the key.",
    remedy:
      "Keep the key in a file of its own outside of the repository, and refer to it.",
    example: {
      language: "yaml",
      bad: "tls: |\n  -----BEGIN PRIVATE KEY-----\n  MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQDk7Lp0q2m9Xw4Z\n  -----END PRIVATE KEY-----\n",
      good: "tls: /run/secrets/tls.pem\n",
    },
  },
  CX303: {
    title: "Key of a cloud service",
    severity: "error",
    message: (subject: string) => `${subject} in the source.`,
    why: "The key of a service account, a shared access signature or the key of a storage account opens all that it was made for, from anywhere.",
    remedy:
      "Revoke or rotate it first; then let the platform's own identity stand in for it, or refer to a file outside of the repository.",
    example: {
      language: "yaml",
      bad: "note: https://a.blob.core.windows.net/c?sv=2024-11-04&se=2027-01-01&sig=k7Lp0q2m9Xw4Zr8Tn5Vb3Hs6Jd1Fg0Ya2Qe4%3D\n",
      good: "note: https://a.blob.core.windows.net/c\n",
    },
  },
  CX304: {
    title: "Stock default as a credential",
    severity: "info",
    message: (_subject: string, key: string) =>
      `Stock default as the value for ${key}.`,
    why: "It protects nothing: everybody knows `postgres`/`postgres`, `minioadmin` and the user’s own name as a password. It is information only, because such a value is often meant for a throw-away database.",
    remedy:
      "Fine for a database that nobody else can reach; otherwise choose a password and keep it out of the file.",
    example: {
      language: "yaml",
      bad: "services:\n  db:\n    environment:\n      POSTGRES_USER: shop\n      POSTGRES_PASSWORD: shop\n",
      good: "services:\n  db:\n    environment:\n      POSTGRES_USER: shop\n      POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:?}\n",
    },
  },
  CX305: {
    title: "Suppression that suppresses nothing",
    severity: "info",
    message: (subject: string) =>
      subject === ""
        ? "This suppression suppresses nothing."
        : "Not a form of the mark: it suppresses nothing.",
    why: "It would hide the next credential on its line. One that is misspelt (`credlint: ignore`, `credlint:ignored`, `CS*` or `CS10` for a rule) hides nothing, though it looks as if it did.",
    remedy:
      "Remove it, or write it in full: `credlint:ignore` or `credlint:ignore-file`, then rules like `CS101` or none, then the reason.",
    example: {
      language: "sql",
      bad: "SELECT 1; -- credlint:ignore CS101 not needed any more",
      good: "CREATE ROLE a PASSWORD 'k7Lp0q2'; -- credlint:ignore CS101 a throw-away role of the tests",
    },
  },
} as const satisfies Partial<Record<string, RuleRecord>>;
