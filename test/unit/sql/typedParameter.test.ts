import assert from "node:assert/strict";
import { typesOfText } from "../../../src/core/sql/typedParameter";

describe("the type of a value that is typed", () => {
  const first = (
    text: string,
    expected: Parameters<typeof typesOfText>[1] = null,
  ): unknown => typesOfText(text, expected)[0];

  it("is what it looks like where nothing is expected", () => {
    const looks = {
      "42": "integer",
      "-1": "integer",
      "1.50": "decimal",
      True: "boolean",
      "2024-02-29": "date",
      "23:59": "time",
      "2024-02-29 12:30": "timestamp",
      "2024-02-29T12:30:00Z": "timestamptz",
      "2024-02-29 12:30:00+05:30": "timestamptz",
      "f47ac10b-58cc-4372-a567-0e02b2c3d479": "uuid",
    };
    for (const [text, type] of Object.entries(looks)) {
      assert.equal(first(text), type, text);
    }
  });

  it("is text where another type would change it, or does not have it", () => {
    for (const text of [
      "007",
      "+49 30 1234",
      "1,5",
      "2024-02-30",
      "t",
      "1e5",
    ]) {
      assert.equal(first(text), "text", text);
    }
  });

  it("is what is expected, if it is a value of that", () => {
    assert.equal(first("42", "text"), "text");
    assert.equal(first("42", "double"), "double");
    assert.equal(first("1", "boolean"), "boolean");
    assert.equal(first("x", "integer"), "text");
    assert.equal(first("1.5", "integer"), "decimal");
  });

  it("is none that has to be named, and no NULL", () => {
    const types = typesOfText("NULL", "null");
    assert.deepEqual(types, ["text", "auto"]);
    assert.deepEqual(typesOfText("\ud800", null), []);
  });
});
