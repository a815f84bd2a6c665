import assert from "node:assert/strict";
import { uniqueNames } from "../../../src/core/results/uniqueNames";

describe("uniqueNames", () => {
  it("leaves names alone that are unique", () => {
    assert.deepEqual(uniqueNames(["a", "b", "__proto__"]), {
      names: ["a", "b", "__proto__"],
      note: null,
    });
  });

  it("gives empty and repeated names one of their own, and takes none that another column has", () => {
    assert.deepEqual(
      uniqueNames(["a", "A", "", "a_1", "column3", "a", ""]).names,
      ["a", "A_2", "column3_1", "a_1", "column3", "a_3", "column7"],
    );
  });

  it("says what was renamed, and not all of it when it is much", () => {
    const { note } = uniqueNames(new Array<string>(9).fill("x"));
    assert.match(note ?? "", /"x_1", "x_2", "x_3", "x_4", "x_5", …\.$/);
  });
});
