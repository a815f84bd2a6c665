import assert from "node:assert/strict";
import type { DifferencesView } from "../../../src/protocol/panel";
import { comparisonText } from "../../../src/webview/compare/comparisonTexts";

type Done = Extract<DifferencesView, { readonly state: "done" }>;

describe("the text of a comparison", () => {
  const nothing: Done = {
    state: "done",
    comparison: {
      compareId: "c",
      columns: [{ left: 0, right: 0, asText: false }],
      key: null,
      leftRows: 1_000,
      rightRows: 990,
      onlyLeft: 0,
      onlyRight: 0,
      different: 0,
      repeated: 0,
    },
    side: "left",
    isComplete: true,
    keys: [],
    columnsHere: [],
    columnsThere: [],
    ordinal: null,
  };
  const having = (changes: Partial<Done["comparison"]>): Done => ({
    ...nothing,
    comparison: { ...nothing.comparison, ...changes },
  });

  it("counts from the page's own side, and says how rows were paired", () => {
    assert.equal(
      comparisonText(nothing, "b.sql"),
      "No differences in 1,000 rows · paired by place",
    );
    const found = having({ different: 1, onlyLeft: 2, onlyRight: 1_234 });
    assert.equal(
      comparisonText({ ...found, keys: ["id", ""], ordinal: 3 }, "b.sql"),
      "3 of 1,237: 1 row differs, 2 rows only here, 1,234 rows only in b.sql · paired by id, (no name)",
    );
    assert.match(
      comparisonText({ ...found, side: "right" }, "a.sql"),
      /^1 row differs, 1,234 rows only here, 2 rows only in a\.sql/,
    );
  });

  it("says what the counts do not: missing rows, repeated keys, other columns, and texts", () => {
    const found = having({
      repeated: 2,
      columns: [{ left: 0, right: 0, asText: true }],
    });
    const view = {
      ...found,
      isComplete: false,
      columnsHere: ["a", "b", "c", "d", "e"],
      columnsThere: ["__proto__"],
    };
    assert.equal(
      comparisonText(view, "b.sql"),
      "Not all rows were there: No differences in 1,000 rows · paired by place" +
        " · 2 rows repeat a key and are paired in order · columns only here: a, b, c, 2 more" +
        " · column only in b.sql: __proto__ · 1 column compared as text",
    );
  });
});
