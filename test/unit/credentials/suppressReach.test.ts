import assert from "node:assert/strict";
import { lint } from "../../../src/core/credentials/lint";

function rules(
  text: string,
  language: "sql" | "yaml" | "env" = "sql",
): string[] {
  return lint(text, language).map(({ rule }) => rule);
}

describe("suppression, and how far it reaches:", () => {
  const live = "CREATE ROLE r PASSWORD 'Zq8Rt5w1Yx';";
  const left = "psql postgresql://u:k7Lp0q2vX9@h/d";
  for (const form of [
    "credlint:ignore CS112 example",
    "credlint:ignore",
    "pragma: allowlist secret",
    "gitleaks:allow",
    "NOSONAR",
  ]) {
    it(`by ${form} in a comment that holds a credential is for that alone`, () => {
      const yaml = form.replace("CS112", "CY211");
      for (const text of [
        `-- ${left} -- ${form}\n-- psql postgresql://admin:Zq8Rt5w1Yx@prod/d`,
        `-- CREATE ROLE q PASSWORD 'k7Lp0q2vX9'; ${form}\r\n-- ${live}\r\n`,
        `/* ${left} ${form} */\n/* ${live} */`,
        `/* ${left} ${form}\n   ${live} */\nSELECT 1;`,
        `/* ${form}\n ${left} */\n-- ${live}`,
        `-- ${form}\n-- ${left}\n-- ${live}`,
        `DO $$ BEGIN\n  -- ${live} -- ${form}\n  -- ${live}\nEND $$;`,
      ]) {
        assert.deepEqual(rules(text), ["CS112"], text);
      }
      assert.deepEqual(
        rules(
          `# password: k7Lp0q2vX9 # ${form}\n# password: Zq8Rt5w1Yx\na: 1\n`,
          "yaml",
        ),
        ["CS112"],
      );
      assert.deepEqual(
        rules(
          `# DB_PASSWORD=k7Lp0q2vX9 # ${form}\n# DB_PASSWORD=Zq8Rt5w1Yx\n`,
          "env",
        ),
        ["CS112"],
      );
      const script = (lines: string): string =>
        `on: push\njobs:\n  a:\n    steps:\n      - run: |\n${lines}      - run: |\n          PGPASSWORD=Zq8Rt5w1Yx psql\n`;
      assert.deepEqual(
        rules(
          script(`          # PGPASSWORD=k7Lp0q2vX9 psql # ${yaml}\n`),
          "yaml",
        ),
        ["CY211"],
      );
    });
  }

  it("in a comment that holds a credential leaves the code below alone", () => {
    for (const form of ["credlint:ignore", "gitleaks:allow", "NOSONAR"]) {
      for (const text of [
        `-- ${left} -- ${form}\n${live}`,
        `-- CREATE ROLE q PASSWORD 'k7Lp0q2vX9'; ${form}\n${live}`,
        `/* ${left} ${form} */\r\n${live}`,
        `-- ${form}\n-- ${left}\n${live}`,
        // A placeholder is no finding, and yet the mark was written for its line.
        `-- CREATE ROLE q PASSWORD 'changeme'; -- gitleaks:allow\n${live}`,
      ]) {
        assert.deepEqual(rules(text), ["CS101"], text);
      }
      assert.deepEqual(
        rules(
          `# password: k7Lp0q2vX9 # ${form} example\npassword: Zq8Rt5w1Yx\n`,
          "yaml",
        ),
        ["CY210"],
      );
      assert.deepEqual(
        rules(
          `# DB_PASSWORD=k7Lp0q2vX9 # ${form}\nDB_PASSWORD=Zq8Rt5w1Yx\n`,
          "env",
        ),
        ["CY210"],
      );
    }
    // It names what the next line has, not what its own has.
    assert.deepEqual(
      rules(`-- ${left} credlint:ignore CS101 a test\n${live}`),
      ["CS112"],
    );
  });

  it("within a script holds for its own line, not for the whole script or what is behind it", () => {
    const script = (...lines: string[]): string =>
      `on: push\njobs:\n  a:\n    steps:\n      - run: |\n${lines.map((each) => `          ${each}\n`).join("")}`;
    const one = "PGPASSWORD=k7Lp0q2vX9 psql";
    for (const form of ["credlint:ignore CY211 why", "gitleaks:allow"]) {
      assert.deepEqual(rules(script(one, "echo", `${one} # ${form}`), "yaml"), [
        "CY211",
      ]);
      assert.deepEqual(rules(script(one, "echo", `# ${form}`, one), "yaml"), [
        "CY211",
      ]);
      assert.deepEqual(rules(script(`# ${form}`, `# old`, one, one), "yaml"), [
        "CY211",
      ]);
    }
    assert.deepEqual(
      rules("a: |\n  x\n  # gitleaks:allow\npassword: k7Lp0q2\n", "yaml"),
      ["CY210"],
    );
  });

  it("before a statement of several lines is for the first of them", () => {
    const long = "CREATE ROLE a LOGIN\n  PASSWORD 'k7Lp0q2vX9'";
    assert.deepEqual(rules(`-- credlint:ignore CS101 a test\n${long};`), [
      "CX305",
      "CS101",
    ]);
    assert.deepEqual(
      rules(long.replace("\n", "\n  -- credlint:ignore CS101 a test\n")),
      [],
    );
    assert.deepEqual(
      rules(`-- credlint:ignore CS101\n--\nCREATE ROLE a PASSWORD 'k7Lp0q2'`),
      [],
    );
  });
});
