import assert from "node:assert/strict";
import path from "node:path";
import { TestEngine } from "../support/engineHarness";
import { admin, writeEnvFile } from "../support/postgres";

describe("catalogs", () => {
  let engine: TestEngine;
  before(async () => {
    await admin(`
      CREATE SCHEMA "odd ""name";
      CREATE SCHEMA tree;
      CREATE TABLE tree.parent (id integer PRIMARY KEY, code varchar(7) NOT NULL);
      CREATE TABLE tree.child (a integer, b integer REFERENCES tree.parent (id), c numeric(10,2)[], PRIMARY KEY (a, b));
      CREATE VIEW tree.v AS SELECT * FROM tree.parent;
      CREATE MATERIALIZED VIEW tree.m AS SELECT id, 'x'::text AS t FROM tree.parent;
      CREATE TABLE tree.part (id integer, at date) PARTITION BY RANGE (at);
      CREATE TABLE tree.hidden (a integer);
      CREATE ROLE reader LOGIN PASSWORD 'reader-pw-1';
      GRANT USAGE ON SCHEMA tree, "odd ""name" TO reader;
      GRANT SELECT ON tree.parent, tree.child, tree.v, tree.m, tree.part TO reader`);
    engine = await TestEngine.start();
    const file = await writeEnvFile(path.join(engine.folder, "reader.env"), {
      USER: "reader",
      PASSWORD: "reader-pw-1",
    });
    await engine.attach("pg", { file });
    await engine.succeed(
      "CREATE OR REPLACE SECRET foreign_secret (TYPE postgres, HOST getenv('POSTGRES_HOST'), PORT getenv('POSTGRES_PORT'), DATABASE getenv('POSTGRES_DATABASE'), USER getenv('POSTGRES_USER'), PASSWORD getenv('POSTGRES_PASSWORD'))",
    );
    await engine.succeed(
      "ATTACH '' AS by_sql (TYPE postgres, SECRET foreign_secret)",
    );
  });
  after(async () => {
    await engine.close();
    await admin(
      `DROP SCHEMA tree CASCADE; DROP SCHEMA "odd ""name"; DROP ROLE reader`,
    );
  });

  for (const catalog of ["pg", "by_sql"]) {
    it(`reads PostgreSQL level by level, for a role that may only SELECT (${catalog})`, async () => {
      const schemas = await engine.handlers.listSchemas({ catalog });
      assert.deepEqual(schemas, [
        "public",
        'odd "name',
        "tree",
        "information_schema",
        "pg_catalog",
      ]);
      const relations = await engine.handlers.listRelations({
        catalog,
        schema: "tree",
      });
      assert.deepEqual(
        relations.filter(({ name }) => name !== "hidden"),
        [
          { name: "child", kind: "table" },
          { name: "m", kind: "materializedView" },
          { name: "parent", kind: "table" },
          { name: "part", kind: "partitioned" },
          { name: "v", kind: "view" },
        ],
      );
      assert.equal(
        relations.some(({ name }) => name === "hidden"),
        catalog === "by_sql",
        "the owner sees it, the reader does not",
      );
      const columns = await engine.handlers.listColumns({
        catalog,
        schema: "tree",
        relation: "child",
      });
      assert.deepEqual(columns, [
        {
          name: "a",
          type: "integer",
          nullable: false,
          primaryKey: true,
          references: null,
        },
        {
          name: "b",
          type: "integer",
          nullable: false,
          primaryKey: true,
          references: "tree.parent.id",
        },
        {
          name: "c",
          type: "numeric(10,2)[]",
          nullable: true,
          primaryKey: false,
          references: null,
        },
      ]);
      const [id, text] = await engine.handlers.listColumns({
        catalog,
        schema: "tree",
        relation: "m",
      });
      assert.equal(id?.type, "integer");
      assert.equal(text?.name, "t");
    });
  }

  it("reads DuckDB's own catalog, with keys", async () => {
    await engine.succeed(
      "CREATE TABLE parent (id INTEGER PRIMARY KEY, name VARCHAR NOT NULL)",
    );
    await engine.succeed(
      "CREATE TABLE child (a DECIMAL(10,2), b INTEGER REFERENCES parent (id))",
    );
    await engine.succeed("CREATE VIEW looks AS FROM parent");
    await engine.succeed("CREATE SCHEMA other");
    assert.deepEqual(await engine.handlers.listSchemas({ catalog: "memory" }), [
      "main",
      "other",
    ]);
    assert.deepEqual(
      await engine.handlers.listRelations({
        catalog: "memory",
        schema: "main",
      }),
      [
        { name: "child", kind: "table" },
        { name: "looks", kind: "view" },
        { name: "parent", kind: "table" },
      ],
    );
    assert.deepEqual(
      await engine.handlers.listColumns({
        catalog: "memory",
        schema: "main",
        relation: "child",
      }),
      [
        {
          name: "a",
          type: "DECIMAL(10,2)",
          nullable: true,
          primaryKey: false,
          references: null,
        },
        {
          name: "b",
          type: "INTEGER",
          nullable: true,
          primaryKey: false,
          references: "main.parent.id",
        },
      ],
    );
  });

  it("lists the workspace first, and what statements have attached", async () => {
    const catalogs = await engine.handlers.listCatalogs(null);
    assert.deepEqual(
      catalogs.map(({ name, kind, managed, readOnly }) => ({
        name,
        kind,
        managed,
        readOnly,
      })),
      [
        { name: "memory", kind: "duckdb", managed: false, readOnly: false },
        { name: "pg", kind: "postgres", managed: true, readOnly: true },
        { name: "by_sql", kind: "postgres", managed: false, readOnly: false },
      ],
    );
    const from = engine.events.length;
    await engine.succeed("DETACH pg");
    assert.ok(
      engine.events
        .slice(from)
        .some(({ event }) => event === "catalogsChanged"),
    );
    assert.ok(
      !(await engine.handlers.listCatalogs(null)).some(
        ({ name }) => name === "pg",
      ),
    );
    await engine.succeed("DETACH by_sql");
  });
});
