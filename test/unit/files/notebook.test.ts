import assert from "node:assert/strict";
import { defaultLintOptions } from "../../../src/core/credentials/options";
import { lintFileText } from "../../../src/core/files/lintFileText";

const secret = "k7Lp0q2";
const role = `CREATE ROLE "ä\u{1F600}" PASSWORD '${secret}';`;

function notebook(
  cells: readonly object[],
  metadata: object = { language_info: { name: "python" } },
): string {
  return JSON.stringify({ cells, metadata, nbformat: 4 }, null, 1);
}

function code(source: string | readonly string[], metadata: object = {}) {
  return {
    cell_type: "code",
    metadata,
    source,
    outputs: [{ data: [1e3, true, null, {}, []] }],
  };
}

function findings(text: string): [string, unknown, unknown][] {
  return lintFileText("n.ipynb", text, defaultLintOptions).findings.map(
    ({ finding: { rule, range }, cell }) => [
      rule,
      JSON.parse(`"${text.slice(range.start, range.end)}"`),
      cell,
    ],
  );
}

describe("a notebook", () => {
  it("has its SQL cells and lines checked, at their places", () => {
    const text = notebook([
      { cell_type: "markdown", source: [`${role}\n`] },
      code(["import duckdb\n", `x = "\\"${role}"\n`]),
      code(["%%sql\n", "SELECT '\"\\\\';\n", `\t${role}`]),
      code([`r = %sql ${role}\n`, "r"]),
      code(`-- a\n${role}`, { vscode: { languageId: "sql" } }),
    ]);
    assert.deepEqual(findings(text), [
      ["CS101", secret, { cell: 3, line: 3, column: 30 }],
      ["CS101", secret, { cell: 4, line: 1, column: 38 }],
      ["CS101", secret, { cell: 5, line: 2, column: 29 }],
    ]);
  });

  it("of a SQL kernel is all SQL, and a comment in a cell suppresses there", () => {
    const sql = { kernelspec: { language: "sql" } };
    assert.equal(findings(notebook([code(role)], sql)).length, 1);
    const { suppressed } = lintFileText(
      "n.ipynb",
      notebook([code(`${role} -- credlint:ignore CS101 a test`)], sql),
      defaultLintOptions,
    );
    assert.deepEqual(
      suppressed.map(({ reason, cell }) => [reason, cell?.cell]),
      [["a test", 1]],
    );
  });

  it("has the connection of its magic checked", () => {
    const text = notebook([
      code(`%%sql postgresql://u:${secret}@h/d\nSELECT 1`),
    ]);
    assert.deepEqual(
      findings(text).map(([, value]) => value),
      [secret],
    );
  });

  it("of many thousand magics and findings is read in one pass, each at its place", () => {
    const count = 30_000;
    const lines = Array.from({ length: count }, () => "%sql SELECT 1\n");
    assert.deepEqual(findings(notebook([code(lines.join(""))])), []);
    const line = `-- \u0001 "\u00e4"\n${role}\n`;
    const few = Array.from({ length: count / 10 }, () => line);
    for (const source of [few, few.join("")]) {
      const text = notebook([code(source)], { language_info: { name: "sql" } });
      const found = findings(text);
      assert.equal(found.length, few.length);
      for (const [index, [, value, cell]] of found.entries()) {
        assert.equal(value, secret);
        assert.deepEqual(cell, { cell: 1, line: 2 * index + 2, column: 29 });
      }
    }
  });

  it("that is broken, empty or nested without end is none", () => {
    for (const text of [
      "",
      "{",
      '{"cells": 1}',
      '{"cells": [1, {"cell_type": "code"}]}',
      "[".repeat(100_000),
      '{"cells": [{"cell_type": "code", "source": "%%sql\\',
    ]) {
      assert.deepEqual(findings(text), []);
    }
  });
});
