import assert from "node:assert/strict";
import { profilesOf, targetOf } from "./profilesSupport";

describe("the path of a dbt-duckdb output", () => {
  it("opens no file for memory, MotherDuck and other places", () => {
    for (const [path, note] of [
      [":memory:", null],
      [":memory:name", null],
      ["md:my_db?motherduck_token=hunter2", /MotherDuck/],
      ["motherduck:x", /MotherDuck/],
      ["ducklake:x.ducklake", /no DuckDB file/],
      ["s3://x/y.duckdb", /no DuckDB file/],
    ] as const) {
      const target = targetOf(
        profilesOf(`p: {outputs: {d: {type: duckdb, path: '${path}'}}}`),
        "p",
        "d",
      );
      assert.equal(target.database, null, path);
      assert.match(target.notes.join(), note ?? /^$/);
      assert.ok(!target.notes.join().includes("hunter2"));
    }
    const windows = targetOf(
      profilesOf(
        String.raw`p: {outputs: {d: {type: duckdb, path: 'C:\data\x.duckdb'}}}`,
      ),
      "p",
      "d",
    );
    assert.equal(windows.database, String.raw`/project/C:\data\x.duckdb`);
  });
});
