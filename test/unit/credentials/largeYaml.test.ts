import assert from "node:assert/strict";
import { lint } from "../../../src/core/credentials/lint";

describe("lint of a YAML file that is too long to parse", () => {
  const filler = "key_a:\n  name: foo\n".repeat(20_000);

  it("finds keys, URLs and assignments line by line", () => {
    const text = `${filler}password: k7Lp0q2\ndsn: pg://u:m9Xw4@h\nenv:\n  - DB_PASSWORD=Zr8Tn5\nx: \${PW}\n`;
    const values = lint(text, "yaml").map(({ range }) =>
      text.slice(range.start, range.end),
    );
    assert.deepEqual(values, ["k7Lp0q2", "m9Xw4", "Zr8Tn5"]);
  });

  it("finds what is in flow collections, however many documents are broken", () => {
    const documents = ["{password: k7Lp0q2}}", "a:\n  [{token: m9Xw4Zr}]]"];
    const text = documents.join("\n---\n").concat("\n---\n").repeat(1000);
    assert.equal(lint(text, "yaml").length, 2000);
  });

  it("leaves references alone", () => {
    assert.deepEqual(
      lint(`${filler}password: \${PW}\ntoken: <token>\n`, "yaml"),
      [],
    );
  });
});
