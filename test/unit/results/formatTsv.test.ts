import assert from "node:assert/strict";
import { formatTsv } from "../../../src/core/results/formatTsv";

describe("formatTsv", () => {
  it("quotes only what would break a row, and leaves NULL empty", () => {
    const rows = [
      ["1", "a b", null],
      ["2", 'say "x"', "two\nlines"],
      ["3", "tab\there", ""],
    ];
    assert.equal(
      formatTsv(["id", "text", ""], rows),
      'id\ttext\t\n1\ta b\t\n2\t"say ""x"""\t"two\nlines"\n3\t"tab\there"\t',
    );
    assert.equal(formatTsv(null, [["x"]]), "x");
  });
});
