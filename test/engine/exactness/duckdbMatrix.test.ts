import assert from "node:assert/strict";
import { duckdbTypes, duckdbValues } from "../fixtures/duckdbValues";
import { TestEngine } from "../../support/engineHarness";
import { exportResult, textOf } from "../results/exports";
import { sameEverywhere } from "./outlets";

describe("every type of DuckDB's", () => {
  let engine: TestEngine;
  before(async () => {
    engine = await TestEngine.startAlone();
    for (const sql of duckdbTypes) {
      await engine.succeed(sql);
    }
  });
  after(() => engine.close());

  for (const zone of ["Asia/Kolkata", "America/New_York"]) {
    it(`is DuckDB's own text on a page, in the cell viewer, in a copy and in a CSV file, in ${zone}`, async () => {
      await engine.succeed(`SET TimeZone = '${zone}'`);
      const columns = duckdbValues.flatMap((value, index) => [
        `${value} AS v${index}`,
        `(${value})::VARCHAR AS t${index}`,
      ]);
      const cells = await sameEverywhere(
        engine,
        await engine.succeed(`SELECT ${columns.join(", ")}`),
      );
      for (const [index, value] of duckdbValues.entries()) {
        assert.equal(cells[2 * index], cells[2 * index + 1], value);
      }
    });
  }

  it("has the type's own word, also where the engine's library does not know the type", async () => {
    const { columns } = await engine.succeed(
      "SELECT get_type(1) AS a, [get_type(1)] AS b, 1 AS c, 's'::UNION(s VARCHAR) AS d",
    );
    assert.deepEqual(
      columns.map(({ type }) => type),
      ["TYPE", "TYPE[]", "INTEGER", 'UNION("s" VARCHAR)'],
    );
  });

  it("shows the rows beside a nested timestamp that DuckDB has no text for", async () => {
    const late = "make_timestamp(-9223372036854775806)";
    const good = "TIMESTAMP '2025-01-01'";
    assert.deepEqual(
      await engine.rows(
        `SELECT [t], {'a': t}, t::VARIANT, [NULL, t][1:1] FROM (VALUES (${late}), (${good}), (NULL)) v(t)`,
      ),
      [
        ["(out of range)", "(out of range)", "(out of range)", "[NULL]"],
        [
          "['2025-01-01 00:00:00']",
          "{'a': '2025-01-01 00:00:00'}",
          "2025-01-01 00:00:00",
          "[NULL]",
        ],
        ["[NULL]", "{'a': NULL}", null, "[NULL]"],
      ],
    );
  });

  it("keeps columns apart whose names repeat, or are those of something else", async () => {
    const names = [
      ..."a,a,a:1,A,__proto__,__proto__,constructor, ,c0,c1,pos,rowid,toString".split(
        ",",
      ),
      'q"uote',
      "new\nline",
      "‮",
      "😀",
      "n".repeat(100_000),
    ];
    const outcome = await engine.succeed(
      `SELECT ${names.map((name, index) => `${index} AS "${name.replaceAll('"', '""')}"`).join(", ")}`,
    );
    const values = names.map((_, index) => String(index));
    assert.deepEqual(
      outcome.columns.map(({ name }) => name),
      names,
    );
    assert.deepEqual(await sameEverywhere(engine, outcome), values);
    const { resultId, columns, rowCount } = outcome;
    assert.ok(resultId);
    const { file } = await exportResult(
      engine,
      { resultId, columns, rowCount },
      { format: "json" },
    );
    const [row] = JSON.parse(await textOf(file)) as [Record<string, number>];
    assert.deepEqual(Object.values(row).map(String), values);
    const { viewId } = await engine.handlers.openView({
      taskId: "names",
      resultId,
      sort: names.map((_, column) => ({ column, descending: true })),
      filters: [],
    });
    const page = await engine.handlers.page({
      resultId,
      viewId,
      offset: 0,
      limit: 1,
    });
    assert.deepEqual(page.rows, [values]);
  });
});

describe("a statement with a character that no database can be sent", () => {
  let engine: TestEngine;
  before(async () => {
    engine = await TestEngine.start();
    await engine.attach("pg", { readOnly: false });
    await engine.succeed("CREATE TABLE kept AS FROM range(3) t(i)");
  });
  after(() => engine.close());

  for (const on of [undefined, "pg"]) {
    it(`is refused before any part of it is run ${on === undefined ? "in DuckDB" : "on a server"}`, async () => {
      for (const sql of [
        "DELETE FROM kept \0 WHERE i = 1",
        "SELECT 1 \0+ 1",
        "SELECT 'a\0b'",
        "SELECT '\ud800'",
        "SELECT 1 -- \udc00",
      ]) {
        const { error } = await engine.fail(sql, on);
        assert.equal(error.class, "syntax", error.message);
        assert.match(error.message, /Nothing was run/);
        assert.equal(error.position, sql.search(/[\0\uD800-\uDFFF]/u));
      }
      assert.deepEqual(await engine.rows("SELECT '😀', 1", on), [["😀", "1"]]);
      assert.deepEqual(await engine.rows("SELECT count(*) FROM kept"), [["3"]]);
    });
  }
});
