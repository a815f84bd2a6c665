import assert from "node:assert/strict";
import { identifierText } from "../../../src/core/sql/identifierText";

describe("identifierText", () => {
  it("leaves plain names as they are", () => {
    assert.equal(identifierText("raw_memories"), "raw_memories");
    assert.equal(identifierText("_x1"), "_x1");
  });

  it("quotes what would be read as something else", () => {
    for (const [name, text] of [
      ["order", '"order"'],
      ["Raw", '"Raw"'],
      ["1st", '"1st"'],
      ["", '""'],
      ['a"b', '"a""b"'],
      ["mémoire", '"mémoire"'],
      ["user", '"user"'],
    ] as const) {
      assert.equal(identifierText(name), text);
    }
  });
});
