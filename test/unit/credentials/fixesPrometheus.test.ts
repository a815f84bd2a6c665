import assert from "node:assert/strict";
import { fixAll } from "../../../src/core/credentials/fix/fixAll";
import { lint } from "../../../src/core/credentials/lint";

const login = "basic_auth: {username: u, password: k7Lp0q2vX9}";

function fixedCount(text: string, fileName: string): number {
  assert.ok(lint(text, "yaml", fileName).length > 0, text);
  return fixAll({ text, language: "yaml", fileName, takenNames: [] }).fixed;
}

describe("fixes of files of Prometheus, which has no variables", () => {
  for (const [text, fileName] of [
    [`${login}\n`, "etc/prometheus.yml"],
    [`${login}\n`, "C:\\etc\\prometheus-prod.yaml"],
    [`${login}\n`, "alertmanager.yml"],
    [`${login}\n`, "blackbox.yml"],
    [`scrape_configs:\n  - job_name: a\n    ${login}\n`, "a.yml"],
    ["scrape_configs:\n  - bearer_token: k7Lp0q2vX9\n", "a.yml"],
    [`remote_write:\n  - url: http://h\n    ${login}\n`, "a.yml"],
    [
      "global:\n  smtp_auth_password: k7Lp0q2vX9\nreceivers:\n  - name: a\n",
      "a.yml",
    ],
    [
      `route: {receiver: a}\nreceivers:\n  - webhook_configs:\n      - url: https://u:k7Lp0q2vX9@h/x\n`,
      "a.yml",
    ],
    [`modules:\n  m:\n    prober: http\n    http:\n      ${login}\n`, "a.yml"],
  ] as const) {
    it(`are none in ${fileName}: ${text.split("\n", 1)[0] ?? ""}`, () => {
      assert.equal(fixedCount(text, fileName), 0);
    });
  }

  it("are there for others whose keys look alike", () => {
    for (const [text, fileName] of [
      [`${login}\n`, "myprometheus.yml"],
      [`receivers: {}\nexporters:\n  a:\n    ${login}\n`, "otel.yaml"],
      [`modules:\n  m:\n    ${login}\n`, "a.yml"],
      [
        "services:\n  a:\n    image: x\n    environment:\n      DB_PASSWORD: k7Lp0q2vX9\n",
        "prometheus.yml",
      ],
    ] as const) {
      assert.equal(fixedCount(text, fileName), 1, text);
    }
  });
});
