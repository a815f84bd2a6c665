import assert from "node:assert/strict";
import { lint } from "../../../src/core/credentials/lint";

/** Characters of no real token, as many as asked for. */
function letters(
  count: number,
  alphabet = "k7Lp0q2m9Xw4Zr8Tn5Vb3Hs6Jd1Fg",
): string {
  return alphabet.repeat(Math.ceil(count / alphabet.length)).slice(0, count);
}

const hex = "3f9a1c7e5b2d8406";

const tokens = [
  `ghp_${letters(36)}`,
  `github_pat_${letters(82)}`,
  `glpat-${letters(20)}`,
  `npm_${letters(36)}`,
  `xoxb-${letters(40)}`,
  `sk_live_${letters(24)}`,
  `rk_live_${letters(24)}`,
  `AIza${letters(35)}`,
  `GOCSPX-${letters(28)}`,
  `SG.${letters(22)}.${letters(43)}`,
  `sq0atp-${letters(22)}`,
  `hf_${letters(34)}`,
  `pypi-AgE${letters(60)}`,
  `dckr_pat_${letters(27)}`,
  `dapi${letters(32, hex)}`,
  `sk-ant-${letters(60)}`,
  `sk-proj-${letters(60)}`,
  `shpat_${letters(32, hex)}`,
  `xkeysib-${letters(64, hex)}-${letters(16)}`,
  `key-${letters(32, hex)}`,
  `hvs.${letters(28)}`,
  `PMAK-${letters(24, hex)}-${letters(34, hex)}`,
  `whsec_${letters(32)}`,
];

describe("tokens of providers", () => {
  for (const token of tokens) {
    it(`are found by form: ${token.slice(0, 8)}…`, () => {
      for (const [language, text] of [
        ["sql", `SELECT call('${token}');`],
        ["sql", `-- try it with ${token} as I did\nSELECT 1;`],
        ["yaml", `note: see ${token}\n`],
      ] as const) {
        assert.deepEqual(
          lint(text, language).map(({ range, rule }) => [
            rule,
            text.slice(range.start, range.end),
          ]),
          [["CX301", token]],
        );
      }
    });
  }

  it("are not found in what is too short, worn out, or part of a word", () => {
    const texts = [
      "SELECT 'ghp_short', 'AKIAIOSFODNN7EXAMPLE', 'task-manager-for-all-of-the-people-of-the-world-1'",
      `SELECT 'ghp_${"x".repeat(36)}', 'sk-...', 'hf_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'`,
      "SELECT 'disk-usage-by-tenant-and-region-of-the-month', 'risk-assessment-of-every-single-account-here'",
    ];
    for (const text of texts) {
      assert.deepEqual(lint(text, "sql"), []);
    }
  });
});

describe("keys of the cloud", () => {
  it("are found in a service account's JSON, a signed URL and a storage account's connection", () => {
    const body = letters(64);
    const texts = [
      `INSERT INTO t VALUES ('{"type": "service_account", "private_key": "-----BEGIN PRIVATE KEY-----\\n${body}\\n-----END PRIVATE KEY-----\\n"}');`,
      `SELECT 'https://a.blob.core.windows.net/c?sv=2024-11-04&se=2027-01-01&sig=${letters(43)}%3D';`,
      `SELECT 'AccountKey=${letters(86)}==';`,
    ];
    for (const text of texts) {
      assert.deepEqual(
        lint(text, "sql").map(({ rule }) => rule),
        ["CX303"],
        text,
      );
    }
  });

  it("are nothing without a body, or as a certificate", () => {
    const texts = [
      "SELECT '-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----'",
      `SELECT '-----BEGIN CERTIFICATE-----\n${letters(64)}\n-----END CERTIFICATE-----'`,
      "SELECT 'https://a.blob.core.windows.net/c?sv=2024-11-04&sig=xxx'",
    ];
    for (const text of texts) {
      assert.deepEqual(lint(text, "sql"), [], text);
    }
  });
});
