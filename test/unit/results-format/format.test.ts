import assert from "node:assert/strict";
import fc from "fast-check";
import { displayWidth, fitWidth } from "../../../src/core/results/displayWidth";
import { csvLine } from "../../../src/core/results/formatCsv";
import { TextTable } from "../../../src/core/results/formatTable";
import { visibleText } from "../../../src/core/results/formatText";
import { isNumericType } from "../../../src/core/results/formatType";

describe("result formats", () => {
  it("quotes CSV so that a reader of RFC 4180 gets every cell back", () => {
    const cell = fc.option(
      fc.string({ unit: fc.constantFrom("a", '"', ",", "\n", "\r", " ", "é") }),
    );
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 5 }), (cells) => {
        assert.deepEqual(readCsvLine(csvLine(cells)), cells);
      }),
    );
  });

  it("tells NULL from the empty text in CSV", () => {
    assert.equal(csvLine([null, "", "NULL"]), ',"",NULL');
  });

  it("makes control and bidi characters visible and leaves scripts and emoji alone", () => {
    assert.equal(
      visibleText("a\r\nb\tc\u0000\u001b[0m\u007f\u0085", 100),
      "a↵b⇥c␀␛[0m␡‹U+0085›",
    );
    assert.equal(visibleText("\u202eevil\u2066", 100), "‹U+202E›evil‹U+2066›");
    for (const text of ["naïve", "日本語", "עברית", "👩‍👧", "می‌خواهم"]) {
      assert.equal(visibleText(text, 100), text);
    }
  });

  it("never splits a surrogate pair when it cuts", () => {
    assert.equal(visibleText("ab😀c", 3), "ab…");
    assert.equal(visibleText("ab😀c", 4), "ab😀…");
  });

  it("never lets a control character through", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        assert.doesNotMatch(
          visibleText(text, 50),
          /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u,
        );
      }),
    );
  });

  it("measures what a terminal shows", () => {
    assert.equal(displayWidth("abc"), 3);
    assert.equal(displayWidth("日本"), 4);
    assert.equal(displayWidth("e\u0301"), 1);
    assert.equal(fitWidth("日本語", 5), "日本…");
    assert.equal(fitWidth("abcdef", 6), "abcdef");
    assert.equal(fitWidth("abcdefg", 6), "abcde…");
  });

  it("knows the numeric types of both engines, and nothing that only begins like one", () => {
    for (const type of [
      "BIGINT",
      "UHUGEINT",
      "DECIMAL(10,2)",
      "DOUBLE",
      "TINYINT",
      "integer",
      "numeric",
      "numeric(12,4)",
      "double precision",
      "smallint",
      "money",
    ]) {
      assert.ok(isNumericType(type), type);
    }
    for (const type of [
      "INTEGER[]",
      "interval",
      "DECIMAL(3,1)[]",
      "STRUCT(a INTEGER)",
      "point",
      "VARCHAR",
      "int4range",
    ]) {
      assert.ok(!isNumericType(type), type);
    }
  });

  it("lays a table out by its first rows and keeps later, wider cells whole", () => {
    const columns = [
      { name: "id", type: "BIGINT" },
      { name: "note", type: "VARCHAR" },
    ];
    const table = new TextTable(columns, [["1", "ab"]]);
    assert.equal(table.header(), " id | note\n----+------\n");
    assert.equal(table.row(["1", "ab"]), "  1 | ab\n");
    assert.equal(
      table.row(["9007199254740993", null]),
      " 9007199254740993 | NULL\n",
    );
    assert.equal(table.row(["2", "x\ny"]), "  2 | x\n    | y\n");
  });

  it("cuts a long cell with a sign", () => {
    const columns = [
      { name: "a", type: "VARCHAR" },
      { name: "b", type: "VARCHAR" },
    ];
    const row = new TextTable(columns, []).row(["x".repeat(500), "y"]);
    assert.match(row, /^ x{59}… \| y\n$/);
  });
});

/** A reader of one RFC 4180 record, written apart from the writer; unquoted and empty is NULL. */
function readCsvLine(line: string): (string | null)[] {
  const cells: (string | null)[] = [];
  let at = 0;
  do {
    if (line[at] === '"') {
      let text = "";
      at += 1;
      for (;;) {
        if (line[at] === '"' && line[at + 1] !== '"') break;
        if (line[at] === '"') at += 1;
        text += line[at] ?? "";
        at += 1;
      }
      at += 1;
      cells.push(text);
    } else {
      const comma = line.indexOf(",", at);
      const end = comma < 0 ? line.length : comma;
      cells.push(end === at ? null : line.slice(at, end));
      at = end;
    }
    at += 1;
  } while (at <= line.length);
  return cells;
}
