import assert from "node:assert/strict";
import { parse } from "yaml";
import { fixAll } from "../../../src/core/credentials/fix/fixAll";
import { lint } from "../../../src/core/credentials/lint";

const value = "k7Lp0q2";
const token = "ghp_k7Lp0q2m9Xw4Zr8Tn5Vb3Hs6Jd1Fg0Ya2Qe4";
const pem =
  "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj\n-----END PRIVATE KEY-----\n";

/** A file after all of its fixes; nothing may be left to find. */
function after(text: string, fileName = "") {
  const document = {
    text,
    language: "yaml",
    fileName,
    takenNames: [],
  } as const;
  assert.ok(lint(text, "yaml", fileName).length > 0, text);
  const plan = fixAll(document);
  assert.deepEqual(lint(plan.text, "yaml", fileName), [], plan.text);
  return plan;
}

function indented(text: string, by: string): string {
  return text.replaceAll(/^(?=.)/gm, by);
}

describe("fixes of YAML that is read by others", () => {
  it("leaves a chart's value empty, and says that Helm has to be given it", () => {
    const { text, env, notes } = after(
      `\uFEFFauth:\r\n  password: "${value}\\"$" # kept\r\nusers:\r\n  - password: '${value}'\r\n`,
      "chart/values.yaml",
    );
    assert.equal(
      text,
      '\uFEFFauth:\r\n  password: "" # kept\r\nusers:\r\n  - password: ""\r\n',
    );
    assert.deepEqual(env, [
      { name: "AUTH_PASSWORD", value: `${value}"$` },
      { name: "USERS_PASSWORD", value },
    ]);
    assert.deepEqual(notes, ["helm"]);
  });

  it("leaves what is read as bytes, which no reference is", () => {
    const text = "db:\n  password: !!binary azdMcDBxMm05WHc0WnI4\n";
    const document = {
      text,
      language: "yaml",
      fileName: "a.yml",
      takenNames: [],
    } as const;
    assert.equal(lint(text, "yaml").length, 1);
    assert.equal(fixAll(document).fixed, 0);
  });

  it("leaves a chart's value that others refer to", () => {
    const text = `a:\n  password: &pw ${value}\nb:\n  password: *pw\n`;
    assert.equal(
      fixAll({
        text,
        language: "yaml",
        fileName: "values.yaml",
        takenNames: [],
      }).fixed,
      0,
    );
  });

  it("refers to a secret of AWS in the resources of a stack", () => {
    const { text, notes } = after(
      `AWSTemplateFormatVersion: "2010-09-09"\nResources:\n  Db:\n    Type: AWS::RDS::DBInstance\n    Properties:\n      MasterUserPassword: ${value}\n`,
    );
    assert.match(
      text,
      /MasterUserPassword: "\{\{resolve:secretsmanager:DB_MASTER_USER_PASSWORD:SecretString\}\}"\n$/,
    );
    assert.deepEqual(notes, ["secretsManager"]);
  });

  const tokens: readonly (readonly [
    fileName: string,
    before: string,
    reference: string,
  ])[] = [
    [
      "compose.yml",
      `services:\n  a:\n    image: x\n    environment:\n      KEY: ${token}\n`,
      'KEY: "${GITHUB_TOKEN:?}"\n',
    ],
    [
      ".github/workflows/ci.yml",
      `on: push\njobs:\n  a:\n    steps:\n      - run: |\n          curl -H "X: ${token}" https://x\n`,
      '"X: ${{ secrets.APP_GITHUB_TOKEN }}" https://x\n',
    ],
    [
      ".gitlab-ci.yml",
      `a:\n  script:\n    - curl -H "X: ${token}" https://x\n`,
      '"X: ${GITHUB_TOKEN}" https://x\n',
    ],
    ["app.yml", `x: ${token}\n`, 'x: "${GITHUB_TOKEN}"\n'],
    ["app.yml", `npmToken: '${token}'\n`, "npmToken: '${NPM_TOKEN}'\n"],
  ];
  for (const [fileName, before, reference] of tokens) {
    it(`moves a token out of ${fileName}: ${reference.trim()}`, () => {
      const { text, env, envBeside } = after(before, fileName);
      assert.ok(text.endsWith(reference), text);
      assert.deepEqual(
        [...env, ...envBeside].map((each) => each.value),
        [token],
      );
      assert.notEqual(parse(text), null);
    });
  }

  it("moves a private key that is all of a value, where its lines are no lines of the file", () => {
    const text = `services:\n  a:\n    image: x\n    environment:\n      TLS_KEY: |\n${indented(pem, "        ")}      OTHER: 1\n`;
    const plan = after(text, "compose.yml");
    assert.match(plan.text, /TLS_KEY: "\$\{PRIVATE_KEY:\?\}"\n {6}OTHER: 1\n$/);
    assert.deepEqual(plan.envBeside, [{ name: "PRIVATE_KEY", value: pem }]);
  });

  it("leaves what it cannot be sure of: other places of Kubernetes, keys in unknown files, texts within texts", () => {
    for (const text of [
      `apiVersion: v1\nkind: ConfigMap\ndata:\n  x: ${token}\n`,
      `x: |\n${indented(pem, "  ")}`,
      `x: |\n  other: 1\n  y: ${token}\n`,
    ]) {
      const document = {
        text,
        language: "yaml",
        fileName: "",
        takenNames: [],
      } as const;
      assert.equal(fixAll(document).fixed, 0, text);
    }
  });
});
