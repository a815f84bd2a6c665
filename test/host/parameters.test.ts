import assert from "node:assert/strict";
import type { Answer } from "./answer";
import { answering } from "./answers";
import { envSource, openSql, run } from "./support";

const alias = "source_memories";

describe("parameters in a real extension host", () => {
  before("attach the demo database", async () => {
    await run("viaduct.attachFromEnvFile", {
      alias,
      source: envSource(),
      readOnly: true,
    });
  });

  const runs = async (
    name: string,
    sql: string,
    answers: readonly Answer[],
    on?: string,
  ) => {
    await openSql(name, sql);
    return answering(answers, () =>
      on === undefined ? run("viaduct.runFile") : run("viaduct.runOn", on),
    );
  };

  it("are asked for once by name, checked, and given to every statement", async () => {
    const { result, asked } = await runs(
      "host-parameters.sql",
      "SELECT :host_id AS a, 'n' || :host_name AS b;\nSELECT $host_id + 1 AS c;\n",
      [
        { pick: /^Integer/ },
        { type: "41", refused: ["x", ""] },
        { pick: /^Text/ },
        { type: "it's" },
      ],
    );
    assert.equal(result?.state, "succeeded", JSON.stringify(result));
    assert.equal(asked.questions.length, 4);
    assert.match(asked.questions[0] ?? "", /host_id \(1 of 2\)/);
    assert.deepEqual(
      result.statements.map(({ outcome }) => outcome?.columns[0]?.type),
      ["INTEGER", "INTEGER"],
    );
  });

  it("are offered again, and asked for anew when others are meant", async () => {
    const sql = "SELECT :host_id AS a, :host_name AS b;\n";
    const same = await runs("host-parameters-again.sql", sql, [
      { pick: /^Run with the values/ },
    ]);
    assert.equal(same.result?.state, "succeeded");
    assert.match(same.asked.shown.join(), /host_id = 41, host_name = it's/);
    const others = await runs("host-parameters-again.sql", sql, [
      { pick: /^Enter values/ },
      { pick: /^NULL/ },
      { pick: /^Text/ },
      { type: "x" },
    ]);
    assert.equal(others.result?.state, "succeeded");
  });

  it("have the type that the server expects, first", async () => {
    const { result, asked } = await runs(
      "host-parameters-native.sql",
      "SELECT count(*) FROM pg_class WHERE relname = :host_rel AND relpages > :host_pages;\n",
      [
        { pick: /./ },
        { type: "pg_class" },
        { pick: /./ },
        { type: "-2", refused: ["many"] },
      ],
      alias,
    );
    assert.equal(result?.state, "succeeded", JSON.stringify(result));
    assert.match(asked.shown.join(), /The engine expects integer/);
  });

  it("are typed at once: as what is expected, as what they look like, or as text", async () => {
    const { result } = await runs(
      "host-parameters-typed.sql",
      "SELECT :host_typed_day::DATE AS a, :host_typed_any AS b, :host_typed_code AS c, :host_typed_none AS d;\n",
      [
        { typed: "2024-02-29", pick: /^2024-02-29 Date$/ },
        { typed: "17", pick: /./ },
        { typed: "007", pick: /./ },
        { typed: "null", pick: /./ },
      ],
    );
    assert.equal(result?.state, "succeeded", JSON.stringify(result));
    const columns = result.statements[0]?.outcome?.columns;
    assert.deepEqual(
      columns?.slice(0, 3).map(({ type }) => type),
      ["DATE", "INTEGER", "VARCHAR"],
    );
  });

  it("go back to the one before, which has what was entered", async () => {
    const { result, asked } = await runs(
      "host-parameters-back.sql",
      "SELECT :host_first AS a, :host_second AS b;\n",
      [
        { pick: /^Integer/ },
        { back: true },
        { pick: /^Integer/ },
        { type: "1" },
        { back: true },
        { pick: /^Integer/ },
        { type: "2" },
        { pick: /^Another type/ },
        { type: "INTEGER[]", refused: [" "] },
        { back: true },
        { type: "DATE[]" },
        { type: "[2024-02-29]" },
      ],
    );
    assert.equal(result?.state, "succeeded", JSON.stringify(result));
    assert.deepEqual(
      result.statements[0]?.outcome?.columns.map(({ type }) => type),
      ["INTEGER", "DATE[]"],
    );
    assert.match(asked.shown[6] ?? "", /"value":"1"/);
    const said = asked.questions.map((title) => /\d of \d/.exec(title)?.[0]);
    assert.deepEqual(said.slice(0, 6), [
      ...Array<string>(4).fill("1 of 2"),
      "2 of 2",
      "1 of 2",
    ]);
  });

  it("of truth are chosen, and can be NULL", async () => {
    const sql = "SELECT :host_flag AS a, :host_none AS b;\n";
    const { result } = await runs("host-parameters-flag.sql", sql, [
      { pick: /^Boolean/ },
      { pick: /^FALSE/ },
      { pick: /^Boolean/ },
      { pick: /^NULL/ },
    ]);
    assert.equal(result?.state, "succeeded", JSON.stringify(result));
    const again = await runs("host-parameters-flag.sql", sql, [
      { pick: /^Run with the values/ },
    ]);
    assert.match(
      again.asked.shown.join(),
      /host_flag = false, host_none = NULL/,
    );
  });

  it("without a name are remembered for their file alone", async () => {
    const sql = "SELECT ? + 1 AS a;\n";
    const entered = [{ pick: /^Integer/ }, { type: "5" }];
    await runs("host-parameters-one.sql", sql, entered);
    const other = await runs("host-parameters-two.sql", sql, entered);
    assert.equal(other.result?.state, "succeeded");
    const again = await runs("host-parameters-one.sql", sql, [
      { pick: /^Run with the values/ },
    ]);
    assert.equal(again.result?.state, "succeeded");
  });

  it("whose value is a credential are not offered again, whatever their name", async () => {
    const sql = "SELECT length(:host_address) AS n;\n";
    for (let turn = 0; turn < 2; turn++) {
      const { result, asked } = await runs("host-parameters-uri.sql", sql, [
        { pick: /^Text/ },
        { type: "postgresql://ann:c4nary-host-uri@db.example/shop" },
      ]);
      assert.equal(result?.state, "succeeded");
      assert.doesNotMatch(
        asked.shown.join() + JSON.stringify(result),
        /c4nary-host-uri/,
      );
    }
  });

  it("run nothing when the user gives up", async () => {
    const { result } = await runs(
      "host-parameters-none.sql",
      "SELECT :host_other;\n",
      [{ pick: /^Text/ }, { dismiss: true }],
    );
    assert.equal(result, undefined);
  });

  it("that are secrets are typed hidden, and never offered again", async () => {
    const sql = "SELECT length(:host_password) AS n;\n";
    for (let turn = 0; turn < 2; turn++) {
      const { result, asked } = await runs("host-parameters-secret.sql", sql, [
        { type: "c4nary-host-parameter" },
      ]);
      assert.equal(result?.state, "succeeded");
      assert.match(asked.shown.join(), /"password":true/);
      assert.doesNotMatch(
        asked.shown.join() + JSON.stringify(result),
        /c4nary-host-parameter/,
      );
    }
  });
});
