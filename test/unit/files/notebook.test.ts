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
