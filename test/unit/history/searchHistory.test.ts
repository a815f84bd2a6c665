import assert from "node:assert/strict";
import fc from "fast-check";
import {
  entryText,
  isSameRun,
  readEntry,
  type HistoryEntry,
} from "../../../src/core/history/historyEntry";
import {
  oneLine,
  searchHistory,
} from "../../../src/core/history/searchHistory";

function entry(id: string, change: Partial<HistoryEntry> = {}): HistoryEntry {
  return {
    id,
    text: "SELECT 1",
    isRedacted: false,
    target: { engine: "duckdb" },
    startedAt: 0,
    elapsedMs: 1,
    rowCount: 1,
    status: "succeeded",
    errorClass: null,
    source: "a.sql",
    uri: null,
    ...change,
  };
}

const orders = entry("1", { text: "SELECT *\nFROM orders WHERE id = 1" });
const native = entry("2", {
  text: "DELETE FROM customers",
  target: { engine: "postgres", alias: "shop", server: "" },
});
const report = entry("3", { source: "reports/monthly.sql" });
const all = [native, report, orders];

describe("searching the history", () => {
  const found = (search: string) =>
    searchHistory(all, search).map(({ id }) => id);

  it("gives everything without a search, the newest first", () => {
    assert.deepEqual(found(""), ["3", "2", "1"]);
    assert.deepEqual(found("  "), ["3", "2", "1"]);
  });

  it("finds words of the statement, the target and the file, in any order and case", () => {
    assert.deepEqual(found("ORDERS"), ["1"]);
    assert.deepEqual(found("shop delete"), ["2"]);
    assert.deepEqual(found("monthly"), ["3"]);
    assert.deepEqual(found("duckdb select"), ["3", "1"]);
    assert.deepEqual(found("orders monthly"), []);
  });

  it("finds words with letters left out, behind those that are there as they are", () => {
    assert.deepEqual(found("cstmrs"), ["2"]);
    assert.deepEqual(found("zzz"), []);
    const exact = entry("0", { text: "SELECT cust" });
    assert.deepEqual(
      searchHistory([native, exact], "cust").map(({ id }) => id),
      ["2", "0"],
    );
    const fuzzy = entry("9", { text: "c-u-s-t" });
    assert.deepEqual(
      searchHistory([fuzzy, exact], "cust").map(({ id }) => id),
      ["0", "9"],
    );
  });

  it("finds what is far down in a long statement", () => {
    const long = entry("7", {
      text: `${"SELECT 1 -- x\n".repeat(5_000)}needle`,
    });
    assert.deepEqual(searchHistory([long], "needle"), [long]);
  });

  it("takes any text", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }),
        fc.string(),
        (text, search) => {
          const one = entry("1", { text });
          assert.ok(searchHistory([one], search).length <= 1);
          assert.equal(
            searchHistory([one], text.slice(0, 20).trim()).length,
            1,
          );
        },
      ),
    );
  });
});

describe("an entry of the history", () => {
  it("is the same run when text, file and target are the same", () => {
    assert.equal(isSameRun(orders, { ...orders, id: "9", rowCount: 7 }), true);
    assert.equal(isSameRun(orders, { ...orders, source: "b.sql" }), false);
    assert.equal(
      isSameRun(native, {
        ...native,
        target: { engine: "postgres", alias: "other", server: "" },
      }),
      false,
    );
  });

  it("comes back from its text as it was", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const one = entry("1", { text, ...{ target: native.target } });
        assert.deepEqual(readEntry(entryText(one)), one);
      }),
    );
  });

  it("is none from half of a text, or from another one", () => {
    const text = entryText(native);
    for (let end = 0; end < text.length; end++) {
      assert.equal(readEntry(text.slice(0, end)), null);
    }
    for (const other of ["null", "[]", "{}", '{"id":1}', '"x"']) {
      assert.equal(readEntry(other), null);
    }
  });

  it("is shown on one line", () => {
    assert.equal(oneLine("SELECT\r\n\t1", 20), "SELECT 1");
    assert.equal(oneLine("x".repeat(30), 20), `${"x".repeat(20)}…`);
    assert.equal(oneLine(" ".repeat(1_000) + "x", 20).endsWith("…"), true);
  });
});
