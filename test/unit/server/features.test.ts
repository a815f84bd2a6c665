import assert from "node:assert/strict";
import { TextDocument } from "vscode-languageserver-textdocument";
import { defaultLintOptions } from "../../../src/core/credentials/options";
import {
  addToBaselineCommand,
  allowValueCommand,
  fixAllCommand,
  fixAllKind,
  moveCredentialCommand,
  lintSource,
  makeAttachmentCommand,
  storeCredentialCommand,
} from "../../../src/protocol/server";
import { codeActionsFor } from "../../../src/server/codeActions";
import { diagnosticsFor } from "../../../src/server/diagnostics";
import { fixAllPlanFor, fixPlanFor } from "../../../src/server/fixPlan";
import { hoverFor } from "../../../src/server/hover";
import { lintLanguage } from "../../../src/server/lintedDocument";
import { openMarked } from "../../support/openMarked";

const secret = "k7Lp0q2";

describe("the server's features", () => {
  it("show each finding at its value, by its rule, and without the value", () => {
    const { document, content } = openMarked(
      `SELECT 1;\r\nCREATE ROLE a PASSWORD '${secret}';\n`,
    );
    const [diagnostic, ...rest] = diagnosticsFor(document);
    assert.equal(rest.length, 0);
    assert.equal(diagnostic?.code, "CS101");
    assert.equal(diagnostic.source, lintSource);
    assert.equal(diagnostic.severity, 1);
    assert.equal(
      decodeURIComponent(diagnostic.codeDescription?.href ?? ""),
      'command:viaduct.openRule?["CS101"]',
    );
    assert.equal(content.getText(diagnostic.range), secret);
    assert.ok(!JSON.stringify(diagnostic).includes(secret));
  });

  it("offer a fix and a suppression where a finding is, and name the value in neither", () => {
    const { document, range } = openMarked(
      `ATTACH 'postgres://u:k7L|p0q2@h/d' AS a (TYPE postgres);`,
    );
    const actions = codeActionsFor(document, range);
    assert.ok(!JSON.stringify(actions).includes(secret));
    const [move, store, attach, ignore, baseline, allow, ...rest] = actions;
    assert.deepEqual(rest, []);
    assert.equal(move?.command?.command, moveCredentialCommand);
    assert.equal(move.diagnostics?.length, 1);
    assert.equal(ignore?.title, "Ignore CS105 here, with a reason");
    assert.match(
      JSON.stringify(ignore.edit?.documentChanges),
      / -- credlint:ignore CS105 \$\{1:reason\}/,
    );
    assert.equal(store?.command?.command, storeCredentialCommand);
    assert.match(store.title, /works in Viaduct only/);
    assert.equal(attach?.command?.command, makeAttachmentCommand);
    assert.equal(baseline?.command?.command, addToBaselineCommand);
    assert.equal(allow?.command?.command, allowValueCommand);
    for (const { title } of actions) {
      assert.ok(title.length <= 60, title);
    }
  });

  it("offer the secret storage only where getenv() of DuckDB reads all of it", () => {
    const offers = (marked: string, languageId?: string): boolean => {
      const { document, range } = openMarked(marked, languageId);
      return codeActionsFor(document, range).some(
        ({ command }) => command?.command === storeCredentialCommand,
      );
    };
    for (const marked of [
      "CREATE SECRET s (TYPE postgres, PASSWORD 'k7L|p0q2');",
      "SET s3_secret_access_key = 'k7L|p0q2';",
      "ATTACH 'v.duckdb' AS v (ENCRYPTION_KEY 'k7L|p0q2');",
    ]) {
      assert.ok(offers(marked), marked);
    }
    assert.ok(!offers("CREATE ROLE a PASSWORD 'k7L|p0q2';"));
    assert.ok(!offers("-- CREATE ROLE a PASSWORD 'k7L|p0q2';"));
    assert.ok(!offers("password: k7L|p0q2", "yaml"));
  });

  it("offer one fix for all of a file, by its own kind and beside the others", () => {
    const { document, range } = openMarked(
      `CREATE ROLE a PASSWORD 'k7L|p0q2';\n-- CREATE ROLE b PASSWORD '${secret}';\nSET s3_session_token = '${secret}';`,
    );
    const kinds = (only?: string[]) =>
      codeActionsFor(document, range, only)
        .filter(({ command }) => command?.command === fixAllCommand)
        .map(({ kind }) => kind);
    assert.deepEqual(kinds(), ["quickfix"]);
    for (const only of ["source", "source.fixAll", fixAllKind]) {
      assert.deepEqual(kinds([only]), [fixAllKind]);
    }
    assert.deepEqual(kinds(["refactor"]), []);
    const plan = fixAllPlanFor(document, {
      uri: document.uri,
      intoStorage: false,
      takenNames: ["A_PASSWORD"],
      takenBeside: [],
    });
    assert.equal(plan?.fixed, 3);
    assert.deepEqual(plan.env, [
      { name: "A_PASSWORD_2", value: secret },
      { name: "S3_SESSION_TOKEN", value: secret },
    ]);
    document.update(
      [...plan.edits].map(({ newText, range: at }) => ({
        text: newText,
        range: at,
      })),
      4,
    );
    assert.deepEqual(diagnosticsFor(document), []);
    assert.ok(!document.getText().includes(secret));
    assert.equal(
      fixAllPlanFor(document, {
        uri: document.uri,
        intoStorage: false,
        takenNames: [],
        takenBeside: [],
      }),
      null,
    );
  });

  it("delete a comment with a credential at once, without the value in the action", () => {
    const { document, range } = openMarked(
      `SELECT 1;\n-- CREATE ROLE b PASSWORD '|${secret}';\n`,
    );
    const [remove] = codeActionsFor(document, range);
    assert.equal(remove?.command, undefined);
    assert.deepEqual(remove?.edit?.changes?.[document.uri], [
      {
        range: {
          start: { line: 1, character: 0 },
          end: { line: 2, character: 0 },
        },
        newText: "",
      },
    ]);
  });

  it("offer nothing elsewhere, and nothing in other languages", () => {
    const { document, range } = openMarked(
      `|SELECT 1;\nCREATE ROLE a PASSWORD '${secret}';`,
    );
    assert.deepEqual(codeActionsFor(document, range), []);
    assert.deepEqual(
      diagnosticsFor(openMarked(`password: ${secret}`, "markdown").document),
      [],
    );
  });

  it("carry a fix out on request: edits by place, the value for the env file", () => {
    const { document, content } = openMarked(
      `CREATE SECRET s (TYPE postgres, PASSWORD '${secret}');`,
    );
    const [diagnostic] = diagnosticsFor(document);
    assert.ok(diagnostic !== undefined);
    const params = {
      uri: document.uri,
      range: diagnostic.range,
      rule: "CS106",
      takenNames: ["S_PASSWORD"],
      takenBeside: [],
    };
    const plan = fixPlanFor(document, params);
    assert.equal(plan?.version, 3);
    assert.deepEqual(plan.env, [{ name: "S_PASSWORD_2", value: secret }]);
    const after = TextDocument.applyEdits(content, [...plan.edits]);
    assert.equal(
      after,
      "CREATE SECRET s (TYPE postgres, PASSWORD getenv('S_PASSWORD_2'));",
    );
    assert.equal(fixPlanFor(document, { ...params, rule: "CS101" }), null);
  });

  it("explain a finding on hover, and nothing else", () => {
    const { document, at } = openMarked(`CREATE ROLE a PASSWORD 'k7L|p0q2';`);
    const hover = hoverFor(document, at);
    assert.match(
      JSON.stringify(hover?.contents),
      /Hard-coded password of a role/,
    );
    assert.ok(!JSON.stringify(hover).includes(secret));
    assert.equal(hoverFor(document, { line: 0, character: 0 }), null);
  });

  it("read the findings of a document that is edited as those of a new one", () => {
    const { document, content } = openMarked(
      `CREATE ROLE a PASSWORD 'k7Lp0q2';\r\nSELECT 1;\r\n`,
    );
    assert.equal(diagnosticsFor(document).length, 1);
    const insert = (line: number, character: number, text: string) => ({
      range: {
        start: { line, character },
        end: { line, character },
      },
      text,
    });
    document.update(
      [
        insert(0, 0, "-- more\r\n"),
        insert(2, 0, "ATTACH 'postgres://u:m9Xw4@h/d' AS a;"),
      ],
      4,
    );
    assert.equal(document.version, 4);
    assert.deepEqual(
      diagnosticsFor(document).map(({ range }) => content.getText(range)),
      [secret, "m9Xw4"],
    );
    document.update([{ text: "SELECT 2;" }], 5);
    assert.deepEqual(diagnosticsFor(document), []);
    document.update([{ text: `CREATE ROLE a PASSWORD '${secret}';` }], 6);
    document.setOptions({ ...defaultLintOptions, rules: { CS101: "off" } });
    assert.deepEqual(diagnosticsFor(document), []);
  });

  it("know the languages", () => {
    assert.equal(lintLanguage("sql"), "sql");
    assert.equal(lintLanguage("dockercompose"), "yaml");
    assert.equal(lintLanguage("yaml"), "yaml");
    assert.equal(lintLanguage("python"), null);
  });
});
