import assert from "node:assert/strict";
import { written, type Column } from "./copied";

describe("SQL for copying", () => {
  it("writes INSERT statements with literals of the types", () => {
    const columns: Column[] = [
      ["id", "BIGINT"],
      ["Name", "VARCHAR"],
      ["select", "DATE"],
      ["ts", "TIMESTAMP WITH TIME ZONE"],
      ["blob", "BLOB"],
      ["bytea", "bytea", "VARCHAR"],
      ["d", "DOUBLE"],
      ["b", "boolean", "VARCHAR"],
    ];
    const row = [
      "9223372036854775807",
      "it's",
      "2024-01-02",
      "2024-01-02 03:04:05+01",
      "\\x00a",
      "\\x00",
      "0.30000000000000004",
      "t",
    ];
    assert.equal(
      written("insert", columns, [row, columns.map(() => null)], {
        table: 'my_schema."T x"',
      }).text,
      'INSERT INTO my_schema."T x" (id, "Name", "select", ts, blob, bytea, d, b) VALUES\n' +
        "  (9223372036854775807, 'it''s', DATE '2024-01-02', TIMESTAMPTZ '2024-01-02 03:04:05+01', '\\x00a'::BLOB, '\\x00'::bytea, 0.30000000000000004e0, TRUE),\n" +
        "  (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);\n",
    );
    assert.equal(
      written("insert", [["n", "numeric", "VARCHAR"]], [["NaN"], ["1.5"]], {
        headers: false,
        table: "Two words",
      }).text,
      "INSERT INTO \"Two words\" VALUES\n  (CAST('NaN' AS DOUBLE PRECISION)),\n  (1.5);\n",
    );
    const many = written(
      "insert",
      [["n", "BIGINT"]],
      Array.from({ length: 501 }, (_, index) => [String(index)]),
    ).text;
    assert.equal(many.match(/INSERT INTO t/g)?.length, 2);
    assert.equal(written("insert", columns, []).text, "");
  });

  it("writes an IN list of each value once, without NULL", () => {
    const n: Column = ["n", "INTEGER"];
    assert.equal(
      written("inList", [n], [["3"], ["1"], [null], ["3"]]).text,
      "(3, 1)",
    );
    assert.equal(written("inList", [n], [[null]]).text, "(NULL)");
    assert.equal(written("inList", [n], []).text, "(NULL)");
    assert.equal(
      written(
        "inList",
        [n, ["t", "VARCHAR"]],
        [
          ["1", "a"],
          ["2", null],
          ["1", "a"],
          ["2", "o'"],
        ],
      ).text,
      "((1, 'a'), (2, 'o'''))",
    );
  });
});
