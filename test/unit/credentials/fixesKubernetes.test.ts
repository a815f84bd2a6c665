import assert from "node:assert/strict";
import { fixAll } from "../../../src/core/credentials/fix/fixAll";

const token = "ghp_k7Lp0q2m9Xw4Zr8Tn5Vb3Hs6Jd1Fg0Ya2Qe4";

/** Names of the secrets that a manifest refers to after its fixes. */
function secretsAfter(text: string): readonly string[] {
  const document = {
    text,
    language: "yaml",
    fileName: "web.yaml",
    takenNames: [],
  } as const;
  return [
    ...fixAll(document).text.matchAll(/secretKeyRef:\s+name: (\S+)/g),
  ].map(([, name = ""]) => name);
}

const env = [
  "        - name: DATABASE_URL",
  "          value: postgres://u:k7Lp0q2@db/d",
  "        - name: DB_PASSWORD",
  "          value: k7Lp0q2",
  "        - name: GH",
  `          value: ${token}`,
  "",
].join("\n");

function deployment(metadata: string): string {
  return `apiVersion: apps/v1\nkind: Deployment\n${metadata}spec:\n  containers:\n    - name: api\n      env:\n${env}`;
}

describe("fixes of a container's variables", () => {
  it("take all values from the secret of their resource, whatever they are", () => {
    for (const [metadata, secret] of [
      ["metadata:\n  name: web\n", "web-secrets"],
      ['metadata: {labels: {a: b}, name: "web"}\n', "web-secrets"],
      ["metadata:\n  name: '{{ .Release.Name }}'\n", "app-secrets"],
      ["", "app-secrets"],
    ] as const) {
      for (const text of [
        deployment(metadata),
        deployment(metadata).replaceAll("\n", "\r\n"),
      ]) {
        assert.deepEqual(secretsAfter(text), [secret, secret, secret], text);
      }
    }
  });

  it("name the secret after the resource of each document", () => {
    const text = ["web", "worker"]
      .map((name) => deployment(`metadata:\n  name: ${name}\n`))
      .join("---\n");
    assert.deepEqual(
      [...new Set(secretsAfter(text))],
      ["web-secrets", "worker-secrets"],
    );
  });
});
