import assert from "node:assert/strict";
import { fixAll } from "../../../src/core/credentials/fix/fixAll";
import { fixFor } from "../../../src/core/credentials/fix/fixFor";
import { isForGetenv } from "../../../src/core/credentials/fix/fixPlan";
import { lint } from "../../../src/core/credentials/lint";
import { fixed } from "../../support/fixedScript";

const value = "k7Lp0q2";

/** The plan for the first finding of a script, as the editor has it. */
function firstPlan(text: string, takenNames: readonly string[] = []) {
  const [finding] = lint(text, "sql");
  assert.ok(finding !== undefined, text);
  return fixFor({ text, language: "sql", fileName: "", takenNames }, finding);
}

describe("fixes of DuckDB's other statements", () => {
  const texts: readonly (readonly [
    before: string,
    after: string,
    name: string,
  ])[] = [
    [
      `-- q\r\nATTACH 'quack:h:1' AS r (TYPE quack, TOKEN '${value}');\r\n`,
      "-- q\r\nCREATE OR REPLACE SECRET r_connection (\r\n    TYPE quack,\r\n    TOKEN getenv('R_TOKEN'),\r\n    SCOPE 'quack:h:1'\r\n);\r\nATTACH 'quack:h:1' AS r (TYPE quack);\r\n",
      "R_TOKEN",
    ],
    [
      `ATTACH 'quack:h' AS r (TOKEN '${value}')`,
      "CREATE OR REPLACE SECRET r_connection (\n    TYPE quack,\n    TOKEN getenv('R_TOKEN'),\n    SCOPE 'quack:h'\n);\nATTACH 'quack:h' AS r",
      "R_TOKEN",
    ],
    [
      `ATTACH 'w' AS i (TYPE iceberg, CLIENT_ID 'a', CLIENT_SECRET '${value}', OAUTH2_SERVER_URI 'u', ENDPOINT 'e');`,
      "CREATE OR REPLACE SECRET i_connection (\n    TYPE iceberg,\n    CLIENT_ID 'a',\n    CLIENT_SECRET getenv('I_CLIENT_SECRET'),\n    OAUTH2_SERVER_URI 'u'\n);\nATTACH 'w' AS i (TYPE iceberg, ENDPOINT 'e', SECRET i_connection);",
      "I_CLIENT_SECRET",
    ],
    [
      `SET http_proxy = 'http://u:${value}@h:80';`,
      "CREATE OR REPLACE SECRET http_settings (\n    TYPE http,\n    HTTP_PROXY 'http://h:80',\n    HTTP_PROXY_USERNAME 'u',\n    HTTP_PROXY_PASSWORD getenv('HTTP_PROXY_PASSWORD')\n);",
      "HTTP_PROXY_PASSWORD",
    ],
    [
      `SET VARIABLE db_password = '${value}';\nCREATE SECRET s (TYPE postgres, PASSWORD getvariable('DB_password'));`,
      "CREATE SECRET s (TYPE postgres, PASSWORD getenv('DB_PASSWORD'));",
      "DB_PASSWORD",
    ],
    [
      `ATTACH 'md:d?x=1&motherduck_token=${value}&y=2' AS d;`,
      "ATTACH 'md:d?x=1&y=2' AS d;",
      "motherduck_token",
    ],
    [
      `ATTACH 'md:d?motherduck_token=${value}&y=2' AS d;`,
      "ATTACH 'md:d?y=2' AS d;",
      "motherduck_token",
    ],
  ];
  for (const [before, after, name] of texts) {
    it(`rewrites ${before.trim()}`, () => {
      const plan = fixed(before, [value]);
      assert.equal(plan.text, after);
      assert.deepEqual(plan.env, [{ name, value }]);
    });
  }

  it("says where getenv() is the shell's alone, and keeps no value where only Viaduct would find it", () => {
    for (const text of [
      `SET motherduck_token = '${value}';`,
      `SET VARIABLE db_password = '${value}';\nSELECT getvariable('db_password');`,
      `CALL quack_serve('quack:h', token = '${value}');`,
    ]) {
      const plan = firstPlan(text);
      assert.ok(plan !== null, text);
      assert.match(plan.title, /in the DuckDB CLI$/);
      assert.equal(isForGetenv(plan), false);
      assert.equal(fixed(text, [value]).env[0]?.value, value);
    }
  });

  it("deletes the comment that a token is in", () => {
    const token = "ghp_k7Lp0q2m9Xw4Zr8Tn5Vb3Hs6Jd1Fg0Ya2Qe4";
    assert.equal(fixed(`SELECT 1; -- ${token}\n`, [token]).text, "SELECT 1;\n");
    const text = `a: 1 # ${token}\nb: 2\n`;
    const plan = fixAll({
      text,
      language: "yaml",
      fileName: "",
      takenNames: [],
    });
    assert.equal(plan.text, "a: 1\nb: 2\n");
  });

  it("leaves alone what it cannot be sure of", () => {
    for (const text of [
      // The catalog would have been asked where its tokens come from.
      `ATTACH 'w' AS i (TYPE iceberg, CLIENT_ID 'a', CLIENT_SECRET '${value}', ENDPOINT 'e');`,
      // Without a name there is none for the secret.
      `ATTACH 'quack:h' (TOKEN '${value}');`,
      // DuckDB shows the path of the catalog, getenv() or not.
      `CREATE SECRET l (TYPE ducklake, METADATA_PATH 'postgres:host=h password=${value}');`,
      `ATTACH 'x' AS o (TYPE other, TOKEN '${value}');`,
    ]) {
      assert.equal(firstPlan(text), null, text);
    }
    const url = `ATTACH 'md:d?motherduck_token=${value}';`;
    assert.equal(firstPlan(url, ["motherduck_token"]), null);
  });
});
