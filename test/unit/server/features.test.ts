import assert from "node:assert/strict";
import { TextDocument } from "vscode-languageserver-textdocument";
import {
  moveCredentialCommand,
  lintSource,
} from "../../../src/protocol/server";
import { codeActionsFor } from "../../../src/server/codeActions";
import { diagnosticsFor } from "../../../src/server/diagnostics";
import { fixPlanFor } from "../../../src/server/fixPlan";
import { hoverFor } from "../../../src/server/hover";
import { lintLanguage } from "../../../src/server/lintedDocument";

const secret = "k7Lp0q2";

/** A document, and the place of its `|`. */
function open(marked: string, languageId = "sql") {
  const offset = marked.indexOf("|");
  const document = TextDocument.create(
    "file:///x",
    languageId,
    3,
    marked.replace("|", ""),
  );
  const at = document.positionAt(Math.max(offset, 0));
  return { document, at, range: { start: at, end: at } };
}

describe("the server's features", () => {
  it("show each finding at its value, by its rule, and without the value", () => {
    const { document } = open(
      `SELECT 1;\r\nCREATE ROLE a PASSWORD '${secret}';\n`,
    );
    const [diagnostic, ...rest] = diagnosticsFor(document);
    assert.equal(rest.length, 0);
    assert.equal(diagnostic?.code, "CS101");
    assert.equal(diagnostic.source, lintSource);
    assert.equal(diagnostic.severity, 1);
    assert.match(
      diagnostic.codeDescription?.href ?? "",
      /docs\/rules\/CS101\.md$/,
    );
    assert.equal(document.getText(diagnostic.range), secret);
    assert.ok(!JSON.stringify(diagnostic).includes(secret));
  });

  it("offer a fix and a suppression where a finding is, and name the value in neither", () => {
    const { document, range } = open(
      `ATTACH 'postgres://u:k7L|p0q2@h/d' AS a (TYPE postgres);`,
    );
    const actions = codeActionsFor(document, range);
    assert.equal(actions.length, 2);
    assert.ok(!JSON.stringify(actions).includes(secret));
    assert.equal(actions[0]?.command?.command, moveCredentialCommand);
    assert.equal(actions[0].diagnostics?.length, 1);
    assert.match(actions[1]?.title ?? "", /Ignore CS105 here/);
    const edit = actions[1]?.edit?.changes?.[document.uri]?.[0];
    assert.equal(edit?.newText, " -- credlint:ignore CS105");
  });

  it("offer nothing elsewhere, and nothing in other languages", () => {
    const { document, range } = open(
      `|SELECT 1;\nCREATE ROLE a PASSWORD '${secret}';`,
    );
    assert.deepEqual(codeActionsFor(document, range), []);
    assert.deepEqual(
      diagnosticsFor(open(`password: ${secret}`, "markdown").document),
      [],
    );
  });

  it("carry a fix out on request: edits by place, the value for the env file", () => {
    const { document } = open(
      `CREATE SECRET s (TYPE postgres, PASSWORD '${secret}');`,
    );
    const [diagnostic] = diagnosticsFor(document);
    assert.ok(diagnostic !== undefined);
    const params = {
      uri: document.uri,
      range: diagnostic.range,
      rule: "CS106",
      takenNames: ["S_PASSWORD"],
    };
    const plan = fixPlanFor(document, params);
    assert.equal(plan?.version, 3);
    assert.deepEqual(plan.env, [{ name: "S_PASSWORD_2", value: secret }]);
    const after = TextDocument.applyEdits(document, [...plan.edits]);
    assert.equal(
      after,
      "CREATE SECRET s (TYPE postgres, PASSWORD getenv('S_PASSWORD_2'));",
    );
    assert.equal(fixPlanFor(document, { ...params, rule: "CS101" }), null);
  });

  it("explain a finding on hover, and nothing else", () => {
    const { document, at } = open(`CREATE ROLE a PASSWORD 'k7L|p0q2';`);
    const hover = hoverFor(document, at);
    assert.match(
      JSON.stringify(hover?.contents),
      /Hard-coded password of a role/,
    );
    assert.ok(!JSON.stringify(hover).includes(secret));
    assert.equal(hoverFor(document, { line: 0, character: 0 }), null);
  });

  it("know the languages", () => {
    assert.equal(lintLanguage("sql"), "sql");
    assert.equal(lintLanguage("dockercompose"), "yaml");
    assert.equal(lintLanguage("yaml"), "yaml");
    assert.equal(lintLanguage("python"), null);
  });
});
