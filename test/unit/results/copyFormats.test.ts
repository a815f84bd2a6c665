import assert from "node:assert/strict";
import fc from "fast-check";
import "../../support/properties";
import { written, type Column } from "./copied";

/** Fields of delimited text as a spreadsheet reads them. */
function parsed(text: string, delimiter: string): string[][] {
  const lines: string[][] = [[""]];
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    const line = lines[lines.length - 1] ?? [];
    if (character === '"' && isQuoted && text[at + 1] === '"') {
      line.push(`${line.pop() ?? ""}"`);
      at += 1;
    } else if (character === '"') {
      isQuoted = !isQuoted;
    } else if (!isQuoted && character === delimiter) {
      line.push("");
    } else if (!isQuoted && character === "\n") {
      lines.push([""]);
    } else if (isQuoted || character !== "\r") {
      line.push(`${line.pop() ?? ""}${character}`);
    }
  }
  return lines;
}

const awkward = fc.oneof(
  fc.string({ unit: "binary" }),
  fc
    .array(
      fc.constantFrom('"', "'", ",", "\t", "\n", "\r\n", "\\", "|", "\0", "ä"),
    )
    .map((parts) => parts.join("")),
);
const table = fc.integer({ min: 1, max: 5 }).chain((width) =>
  fc.array(fc.array(awkward, { minLength: width, maxLength: width }), {
    minLength: 1,
  }),
);

describe("texts for copying", () => {
  const text = (count: number): Column[] =>
    Array.from({ length: count }, (_, index) => [`c${index}`, "VARCHAR"]);

  for (const [format, delimiter] of [
    ["csv", ","],
    ["tsv", "\t"],
  ] as const) {
    it(`writes ${format} that is read back as the same texts`, () => {
      fc.assert(
        fc.property(table, (rows) => {
          const copied = written(format, text(rows[0]?.length ?? 0), rows, {
            headers: false,
          });
          assert.deepEqual(parsed(copied.text, delimiter), rows);
          assert.equal(copied.rows, rows.length);
        }),
      );
    });
  }

  it("ends lines of CSV as RFC 4180 has them, and tells NULL from an empty text", () => {
    assert.equal(
      written("csv", text(2), [
        [null, ""],
        ["a,b", 'say "x"'],
      ]).text,
      'c0,c1\r\n,""\r\n"a,b","say ""x"""',
    );
    assert.equal(written("csv", text(2), []).text, "c0,c1");
    assert.equal(written("csv", text(2), [], { headers: false }).text, "");
  });

  it("writes JSON that is read back as the same texts, under any names", () => {
    fc.assert(
      fc.property(table, fc.array(awkward), (rows, names) => {
        const width = rows[0]?.length ?? 0;
        const columns = text(width).map(([name, type], index): Column => [
          names[index] ?? name,
          type,
        ]);
        const copied = JSON.parse(
          written("json", columns, rows).text,
          (_, value: unknown) =>
            value !== null && typeof value === "object" && !Array.isArray(value)
              ? Object.values(value)
              : value,
        ) as unknown;
        // Names that are whole numbers come first in an object.
        const order = columns.every(([name]) => !/^\d+$/.test(name));
        fc.pre(order && !columns.some(([name]) => name === "__proto__"));
        assert.deepEqual(copied, rows);
      }),
    );
  });

  it("keeps every digit of a number in JSON, and what is none as text", () => {
    const { text: json } = written(
      "json",
      [
        ["n", "DECIMAL(38,2)"],
        ["", "UHUGEINT"],
        ["n", "DOUBLE"],
        ["__proto__", "BOOLEAN"],
        ["j", "JSON"],
        ["s", "STRUCT(a INTEGER)"],
        ["p", "numeric", "VARCHAR"],
        ["b", "boolean", "VARCHAR"],
        ["e", "ENUM('[1]')"],
      ],
      [
        [
          "999999999999999999999999999999999999.10",
          "340282366920938463463374607431768211455",
          "1e+300",
          "true",
          '{"a":\n 1.0}',
          '{"a":1}',
          "1.50",
          "t",
          "[1]",
        ],
        [".05", "-0", "nan", null, "not json", null, "NaN", "f", null],
      ],
    );
    assert.equal(
      json,
      "[\n" +
        '  {"n": 999999999999999999999999999999999999.10, "column2": 340282366920938463463374607431768211455, "n_1": 1e+300, ' +
        '"__proto__": true, "j": {"a":  1.0}, "s": {"a":1}, "p": 1.50, "b": true, "e": "[1]"},\n' +
        '  {"n": 0.05, "column2": -0, "n_1": "nan", "__proto__": null, "j": "not json", "s": null, "p": "NaN", "b": false, "e": null}\n]',
    );
    assert.equal(written("json", text(1), []).text, "[]");
    assert.equal(
      written("json", text(2), [["a", null]], { headers: false }).text,
      '[\n  ["a", null]\n]',
    );
  });

  it("writes Markdown in which no cell breaks its row", () => {
    assert.equal(
      written(
        "markdown",
        [
          ["a|b", "VARCHAR"],
          ["n", "BIGINT"],
        ],
        [
          ["x|y\\|\nz", "1"],
          ["<b>*&amp;` snake_case _it_", null],
        ],
      ).text,
      "| a\\|b | n |\n| --- | --: |\n| x\\|y\\\\\\|<br>z | 1 |\n| \\<b>\\*\\&amp;\\` snake_case \\_it\\_ | NULL |",
    );
    fc.assert(
      fc.property(table, (rows) => {
        const lines = written(
          "markdown",
          text(rows[0]?.length ?? 0),
          rows,
        ).text.split("\n");
        assert.equal(lines.length, rows.length + 2);
        for (const line of lines) {
          const bars = line.replace(/\\[\s\S]/g, "").split("|").length;
          assert.equal(bars, (rows[0]?.length ?? 0) + 2);
        }
      }),
    );
  });

  it("takes whole rows only as long as there is place, and says how many", () => {
    const rows = [["aaaa"], ["bbbb"], ["c"]];
    assert.deepEqual(written("csv", text(1), rows, { limit: 8 }), {
      text: "c0\r\naaaa",
      rows: 1,
    });
    assert.deepEqual(written("json", text(1), rows, { limit: 20 }), {
      text: '[\n  {"c0": "aaaa"}\n]',
      rows: 1,
    });
  });
});
