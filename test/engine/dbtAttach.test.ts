import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { TestEngine } from "../support/engineHarness";

const profiles = `p:
  outputs:
    dev:
      type: duckdb
      attach:
        - {path: mine.duckdb, alias: mine}
        - {path: data.sqlite, type: sqlite, alias: lite}
        - {path: "sqlite:other.sqlite", alias: prefixed}
        - {path: "s3://bucket/x.duckdb", alias: far}
        - {path: "ducklake:meta.ducklake", alias: lake}
        - {path: "md:cloud", alias: cloud}
        - {path: gone.duckdb, alias: gone, read_only: true}
        - {path: "host=h user=u passwd=s3cretQ9", type: mysql, alias: login}
        - {path: "ducklake:mysql:host=h passwd=s3cretQ9", alias: laked}
`;

describe("attach entries of a dbt target that are not PostgreSQL's", () => {
  it("are told one by one, with the reason, and leave the others alone", async () => {
    const engine = await TestEngine.create({
      settings: { http_proxy: "127.0.0.1:9" },
    });
    try {
      const file = path.join(engine.folder, "profiles.yml");
      await writeFile(file, profiles);
      const { dbtProblems } = await engine.handlers.initialize({
        ...engine.options,
        dbt: {
          file,
          projectFolder: engine.folder,
          profile: "p",
          target: "dev",
        },
      });
      const told = new Map(
        dbtProblems.map(({ entry, class: kind, message, file: place }) => {
          assert.ok(message.startsWith(`attach "${entry?.name ?? ""}" of`));
          return [entry?.name, { kind, message, line: place?.line }];
        }),
      );
      assert.deepEqual([...told.keys()].sort(), [
        ...["cloud", "far", "gone", "lake", "laked", "lite", "login"],
        "prefixed",
      ]);
      for (const [name, extension] of [
        ["lite", /sqlite/],
        ["prefixed", /sqlite/],
        ["far", /httpfs/],
        ["lake", /ducklake/],
      ] as const) {
        assert.equal(told.get(name)?.kind, "extensionMissing", name);
        assert.match(told.get(name)?.message ?? "", extension);
      }
      assert.match(told.get("cloud")?.message ?? "", /MotherDuck/);
      assert.equal(told.get("gone")?.kind, "databaseInvalid");
      assert.equal(told.get("gone")?.line, 11);
      for (const name of ["login", "laked"]) {
        // DuckDB would show it in its list of databases, and in every error.
        assert.match(told.get(name)?.message ?? "", /A path with a password/);
      }
      assert.doesNotMatch(JSON.stringify(dbtProblems), /s3cretQ9/);
      await engine.succeed("CREATE TABLE mine.t AS SELECT 1 AS a");
    } finally {
      await engine.close();
    }
  });
});
