import assert from "node:assert/strict";
import { answering, type Answer } from "./answers";
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
        { pick: /^Text/ },
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
