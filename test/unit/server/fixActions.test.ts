import assert from "node:assert/strict";
import {
  fixAllCommand,
  makeAttachmentCommand,
  openRuleCommand,
  type MoveCredential,
} from "../../../src/protocol/server";
import { codeActionsFor } from "../../../src/server/codeActions";
import { attachmentPlanFor, fixAllPlanFor } from "../../../src/server/fixPlan";
import { openMarked } from "../../support/openMarked";

const secret = "k7Lp0q2";

describe("the server's fixes", () => {
  it("offer to fix all with the secret storage, for what Viaduct's getenv() reads", () => {
    const { document, range } = openMarked(
      `CREATE SECRET s (TYPE postgres, PASSWORD 'k7L|p0q2');\nSET motherduck_token = '${secret}';\nPRAGMA add_parquet_key('n', '${secret}');`,
    );
    const [, stored] = codeActionsFor(document, range).filter(
      ({ command }) => command?.command === fixAllCommand,
    );
    assert.deepEqual(stored?.command?.arguments, [
      document.uri,
      "secretStorage",
    ]);
    const plan = fixAllPlanFor(document, {
      uri: document.uri,
      intoStorage: true,
      takenNames: [],
      takenBeside: [],
    });
    assert.deepEqual(
      [plan?.stored, plan?.env].map((each) => each?.map(({ name }) => name)),
      [["S_PASSWORD", "N_PARQUET_KEY"], ["MOTHERDUCK_TOKEN"]],
    );
    assert.equal(plan?.fixed, 3);
  });

  it("offer an attachment for an ATTACH of PostgreSQL, as it is without the password", () => {
    const planOf = (marked: string) => {
      const { document, range } = openMarked(marked);
      const action = codeActionsFor(document, range).find(
        ({ command }) => command?.command === makeAttachmentCommand,
      );
      const [reference] = (action?.command?.arguments ?? []) as [
        MoveCredential?,
      ];
      const plan =
        reference === undefined ? null : attachmentPlanFor(document, reference);
      if (plan !== null) {
        document.update(
          [...plan.edits].map(({ newText, range: at }) => ({
            text: newText,
            range: at,
          })),
          4,
        );
      }
      return plan === null ? null : { ...plan, text: document.getText() };
    };
    const url = planOf(
      "-- é\r\nATTACH 'postgres://u:k7L|p0q2@h:1/d%27s?sslmode=require'\r\n  AS a (TYPE postgres, READ_ONLY, SCHEMA 'Films');\r\nSELECT 1;\r\n",
    );
    assert.equal(
      url?.connection,
      "host=h port=1 dbname='d\\'s' user=u sslmode=require",
    );
    assert.deepEqual(
      [url.alias, url.password, url.readOnly, url.schemas],
      ["a", secret, true, ["Films"]],
    );
    assert.equal(
      url.text,
      "-- é\r\n-- a is attached by Viaduct\r\nSELECT 1;\r\n",
    );
    const beside = planOf(
      "ATTACH 'postgres:host=h password=k7L|p0q2 dbname=d'; SELECT 1;",
    );
    assert.equal(beside?.text, "/* d is attached by Viaduct */ SELECT 1;");
    assert.equal(beside.readOnly, false);
    for (const marked of [
      "ATTACH 'mysql:host=h password=k7L|p0q2' AS m;",
      "ATTACH 'ducklake:postgres:host=h password=k7L|p0q2' AS l;",
      "ATTACH 'postgres:host=h password=k7L|p0q2' AS a (ODD 1);",
      "CREATE ROLE a PASSWORD 'k7L|p0q2';",
    ]) {
      assert.equal(planOf(marked), null, marked);
    }
  });

  it("offer the rule's page where there is no fix", () => {
    const offers = (marked: string, language: string) => {
      const { document, range } = openMarked(marked, language);
      return codeActionsFor(document, range)
        .filter(({ command }) => command?.command === openRuleCommand)
        .map(({ title, command }) => [title, command?.arguments]);
    };
    assert.deepEqual(
      offers(
        "apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\nstringData:\n  password: k7L|p0q2\n",
        "yaml",
      ),
      [["Read what to do about CY205", ["CY205"]]],
    );
    assert.deepEqual(offers("a: 1\npassword: k7L|p0q2\n", "yaml"), []);
  });
});
