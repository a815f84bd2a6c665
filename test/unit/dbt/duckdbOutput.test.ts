import assert from "node:assert/strict";
import { duckdbOutput } from "../../../src/core/dbt/duckdbOutput";
import {
  dbtAttachStatement,
  dbtSecretStatement,
} from "../../../src/core/dbt/duckdbSql";
import { outputTexts } from "../../../src/core/dbt/outputSecrets";
import { documented } from "./documentedOutput";
import {
  connectionOf,
  file,
  profilesOf,
  targetOf,
  thrown,
} from "./profilesSupport";

const environment = {
  S3_ACCESS_KEY_ID: "AKIA0",
  S3_SECRET_ACCESS_KEY: "aws-secret",
  PGPW: "p:w",
};

describe("a dbt-duckdb output", () => {
  const profiles = profilesOf(documented, environment);
  const { map, place } = profiles.output("default", null);
  const output = duckdbOutput(map, place);

  it("has everything that dbt-duckdb documents", () => {
    assert.deepEqual(output.problems, []);
    assert.equal(output.path, "dev/dbt.duckdb");
    assert.deepEqual(
      output.extensions.map(({ name, repository }) => [name, repository]),
      [
        ["httpfs", null],
        ["parquet", null],
        ["h3", "community"],
        ["uc_catalog", "core_nightly"],
      ],
    );
    assert.deepEqual(
      output.settings.map(({ name, value }) => [name, value]),
      [
        ["allow_unsigned_extensions", "true"],
        ["s3_region", "my-aws-region"],
        ["s3_access_key_id", "AKIA0"],
        ["enable_object_cache", "true"],
        ["memory_limit", "4GB"],
        ["threads", "4"],
      ],
    );
    const target = targetOf(profiles, "default", "dev");
    assert.equal(target.database, "/project/dev/dbt.duckdb");
    assert.deepEqual(target.problems, []);
  });

  it("says in one sentence each what it does not use", () => {
    const { notes } = targetOf(profiles, "default", "dev");
    for (const key of [
      "filesystems",
      "plugins",
      "remote",
      "module_paths",
      "retries",
      "disable_transactions",
      "keep_open",
      "persistent secrets",
      "read_only: false",
    ]) {
      assert.equal(notes.filter((note) => note.startsWith(key)).length, 1, key);
    }
    assert.equal(notes.length, 9);
  });

  it("offers the PostgreSQL databases of attach as references without a value", () => {
    const { attachments } = targetOf(profiles, "default", "dev");
    assert.deepEqual(
      attachments.map(({ alias, source, readOnly, options }) => [
        alias,
        source.kind === "dbt" && source.entry,
        readOnly,
        options,
      ]),
      [
        ["uri", "attach:uri", true, undefined],
        ["dsn", "attach:dsn", true, undefined],
        ["prefixed", "attach:prefixed", true, undefined],
        ["by_secret", "attach:by_secret", true, { schemas: ["sales"] }],
        ["by_both", "attach:by_both", true, undefined],
      ],
    );
    assert.ok(!JSON.stringify(profiles.list()).includes("p:w"));
  });

  it("reads their values from the path, and from the secret that they name", () => {
    const read = (alias: string) =>
      connectionOf(profiles, "default", "dev", `attach:${alias}`);
    assert.deepEqual(read("dsn"), {
      dbname: "shop",
      host: "h",
      user: "u",
      password: "p:w",
    });
    assert.deepEqual(read("prefixed"), { dbname: "shop" });
    assert.deepEqual(read("by_secret"), {
      host: "db.example",
      dbname: "shop",
      user: "reader",
      password: "pw",
    });
    assert.deepEqual(read("by_both"), {
      host: "db.example",
      dbname: "other",
      user: "reader",
      password: "pw",
    });
    const { sslmode, password, port } = read("uri");
    assert.deepEqual([sslmode, password, port], ["require", "p:w", "5433"]);
  });

  it("makes secrets of which every value is a bound parameter", () => {
    assert.deepEqual(output.secrets.map(dbtSecretStatement), [
      {
        sql: 'CREATE OR REPLACE TEMPORARY SECRET "_dbt_secret_1" (TYPE "s3", REGION $p0, KEY_ID $p1, SECRET $p2)',
        values: { p0: "my-aws-region", p1: "AKIA0", p2: "aws-secret" },
      },
      {
        sql: 'CREATE OR REPLACE TEMPORARY SECRET "chain" (TYPE "s3", PROVIDER "credential_chain", SCOPE [$p0, $p1])',
        values: { p0: "s3://one", p1: "s3://t'wo" },
      },
      {
        sql: 'CREATE OR REPLACE TEMPORARY SECRET "_dbt_secret_3" (TYPE "http", EXTRA_HTTP_HEADERS MAP {$p0: $p1})',
        values: { p0: "Authorization", p1: "Bearer x" },
      },
      {
        sql: 'CREATE OR REPLACE TEMPORARY SECRET "pg_secret" (TYPE "postgres", HOST $p0, DATABASE $p1, USER $p2, PASSWORD $p3)',
        values: { p0: "db.example", p1: "shop", p2: "reader", p3: "pw" },
      },
      {
        sql: 'CREATE OR REPLACE TEMPORARY SECRET "_dbt_secret_5" (TYPE "s3", PROVIDER "credential_chain")',
        values: {},
      },
    ]);
  });

  it("attaches the others as dbt-duckdb does", () => {
    assert.deepEqual(
      output.attach
        .filter(({ kind }) => kind === "duckdb")
        .map((entry) => dbtAttachStatement(entry, entry.path)),
      [
        "ATTACH IF NOT EXISTS '/tmp/other.duckdb'",
        "ATTACH IF NOT EXISTS './yet/another.duckdb' AS \"yet_another\"",
        "ATTACH IF NOT EXISTS 's3://yep/even/this/works.duckdb' (READ_ONLY)",
        "ATTACH IF NOT EXISTS 'sqlite.db' (TYPE \"sqlite\")",
        "ATTACH IF NOT EXISTS 'ducklake:my.ducklake' AS \"lake\" (DATA_PATH 'files/', OVERRIDE_DATA_PATH, SNAPSHOT_VERSION '3')",
      ],
    );
  });

  it("knows which of its texts are secrets", () => {
    const { secret, plain } = outputTexts(map);
    assert.deepEqual(
      [...new Set(secret)].sort(),
      ["AKIA0", "aws-secret", "pw"].sort(),
    );
    assert.ok(plain.includes("reader") && plain.includes("db.example"));
  });

  it("reads secrets that are written as a mapping by name", () => {
    const { secrets } = read(
      `secrets: {mine: {type: gcs, key_id: a}, other: {type: gcs, name: given}}`,
    );
    assert.deepEqual(
      secrets.map(({ name, type }) => [name, type]),
      [
        ["mine", "gcs"],
        ["given", "gcs"],
      ],
    );
  });

  it("counts every wrong entry as a problem at its place, and the others count", () => {
    const wrong = read(
      `extensions: [ok, 'no good', {repo: x}, 5, [a]]
settings: [a]
config_options: x
secrets: [{key_id: hunter2}, hunter2, {type: "x y"}, {type: s3, "a b": hunter2}]
use_credential_provider: gcp
attach: [5, {alias: x}, {path: a.db, alias: main}, {path: a, alias: same}, {path: b, alias: SAME}]`,
    );
    assert.deepEqual(
      wrong.extensions.map(({ name }) => name),
      ["ok", "5"],
    );
    assert.deepEqual(
      wrong.attach.map(({ alias }) => alias),
      ["same"],
    );
    const lines = wrong.problems.map(({ file: at, message }) => [
      at?.line,
      message,
    ]);
    assert.equal(lines.length, 14, JSON.stringify(lines, null, 1));
    assert.ok(wrong.problems.every(({ file: at }) => at?.path === file));
    assert.ok(!JSON.stringify(wrong.problems).includes("hunter2"));
  });

  it("takes nothing for an entry where nothing is written", () => {
    const nothing = read(`extensions:\nsettings:\nsecrets:\nattach:\npath:`);
    assert.deepEqual(
      [
        nothing.extensions,
        nothing.settings,
        nothing.secrets,
        nothing.attach,
        nothing.problems,
        nothing.path,
      ],
      [[], [], [], [], [], null],
    );
  });

  it("says which variable a path lacks when the attachment is used", () => {
    const lacking = profilesOf(documented, {
      S3_ACCESS_KEY_ID: "x",
      S3_SECRET_ACCESS_KEY: "y",
    });
    const error = thrown(() =>
      connectionOf(lacking, "default", "dev", "attach:dsn"),
    );
    assert.equal(error.class, "variableMissing");
    assert.match(error.message, /'PGPW'/);
    const other = thrown(() =>
      connectionOf(lacking, "default", "dev", "attach:nope"),
    );
    assert.equal(other.class, "variableMissing");
  });
});

function read(text: string) {
  const indented = text
    .split("\n")
    .map((line) => `      ${line}`)
    .join("\n");
  const { map, place } = profilesOf(
    `p:\n  outputs:\n    d:\n      type: duckdb\n${indented}\n`,
  ).output("p", "d");
  return duckdbOutput(map, place);
}
