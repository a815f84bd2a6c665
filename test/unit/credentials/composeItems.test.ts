import assert from "node:assert/strict";
import { fixAll } from "../../../src/core/credentials/fix/fixAll";
import { lint } from "../../../src/core/credentials/lint";

const fileName = "compose.yaml";

function compose(...items: readonly string[]): string {
  return `services:\n  api:\n    image: x\n    environment:\n${items.map((item) => `      - ${item}\n`).join("")}`;
}

/** Rule and text of each finding. */
function found(text: string): readonly string[] {
  return lint(text, "yaml", fileName).map(
    ({ range, rule }) => `${rule} ${text.slice(range.start, range.end)}`,
  );
}

describe("items of Compose's environment", () => {
  for (const item of [
    '"PGPASSWORD=k7L p0q2"',
    "DB_PASSWORD=k7L p0q2",
    "'DB_PASSWORD=k7L p0q2 --x #9'",
    "DB_PASSWORD=k7L p0q2 # why",
  ]) {
    it(`have all behind the sign for their value: ${item}`, () => {
      const value = /=(.*?)(?:["']$| # why|$)/.exec(item)?.[1] ?? "";
      const text = compose("A=b", item, "C=d e");
      assert.deepEqual(found(text), [`CY203 ${value}`]);
      const plan = fixAll({
        text,
        language: "yaml",
        fileName,
        takenNames: [],
      });
      const name = item.includes("PG") ? "PGPASSWORD" : "DB_PASSWORD";
      assert.deepEqual(plan.envBeside, [{ name, value }]);
      assert.equal(plan.text, text.replace(value, `\${${name}:?}`));
    });
  }

  it("are read as commands where their names are no credential's", () => {
    assert.deepEqual(
      found(compose("OPTS=--x --password=k7Lp0q2vX9 --y", "X=a b")),
      ["CY211 k7Lp0q2vX9"],
    );
  });

  it("are none in a script, where a command follows the variable", () => {
    assert.deepEqual(
      found("a:\n  script:\n    - PGPASSWORD=k7Lp0q2vX9 psql -h db\n"),
      ["CY211 k7Lp0q2vX9"],
    );
  });

  it("are left alone where the value is a reference or says that it is none", () => {
    assert.deepEqual(
      found(
        compose(
          "DB_PASSWORD=${DB_PASSWORD} ",
          '"DB_PASSWORD=${DB_PASSWORD:?set it in the .env file}"',
          '"DB_PASSWORD=<your password here>"',
          '"DB_PASSWORD=${A}${B} "',
        ),
      ),
      [],
    );
  });
});
