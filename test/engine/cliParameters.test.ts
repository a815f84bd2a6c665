import assert from "node:assert/strict";
import { CliFolder } from "../support/cliFolder";

describe("viaduct run with parameters", () => {
  let cli: CliFolder;

  before(async () => {
    cli = await CliFolder.create();
  });
  after(() => cli.remove());

  const run = (sql: string, ...args: string[]) =>
    cli.run(["run", "-", ...args], sql);

  const rowsOf = async (sql: string, ...args: string[]) => {
    const { statements, code, err } = await cli.json(sql, ...args);
    assert.equal(code, 0, err);
    return statements.map(({ rows }) => rows);
  };

  it("binds values by name, number and order, in every statement that names them", async () => {
    assert.deepEqual(
      await rowsOf(
        "SELECT :who || '!', $n; SELECT 'a' x, $WHO, ?, ?;",
        ...["--param", "who=it's = me", "--param", "n:integer=5"],
        ...["--param", "?1=first", "--param", "?2"],
      ),
      [[["it's = me!", "5"]], [["a", "it's = me", "first", null]]],
    );
  });

  it("binds them in PostgreSQL, too", async () => {
    assert.deepEqual(
      await rowsOf(
        "SELECT datname FROM pg_database WHERE datname = :name AND oid > $1 AND '{\"a\":1}'::jsonb ? 'a'",
        ...["--on", "pg", "--param", "name=postgres", "--param", "1=0"],
      ),
      [[["postgres"]]],
    );
  });

  it("takes any type of DuckDB's, and refuses what is none of it", async () => {
    assert.deepEqual(
      await rowsOf(
        "SELECT list_sum(:ids), :day + 1",
        ...[
          "--param",
          "ids:INTEGER[]=[1, 2]",
          "--param",
          "day:date=2024-02-28",
        ],
      ),
      [[["3", "2024-02-29"]]],
    );
    const wrong = await run("SELECT :n", "--param", "n:integer=c4nary");
    assert.equal(wrong.code, 2);
    assert.match(wrong.err, /The value of n is not of the type integer/);
    assert.doesNotMatch(wrong.err + wrong.out, /c4nary/);
  });

  it("runs nothing while a value is missing, and says where", async () => {
    const { code, err, out } = await run(
      "SELECT 1;\nSELECT :a, ?;\n",
      ...["--param", "other=1"],
    );
    assert.equal(code, 2);
    assert.equal(out, "");
    assert.match(
      err,
      /:2:1: the parameter a has no value: give it with --param 'a=VALUE'/,
    );
    assert.match(err, /the parameter \?1 has no value/);
  });

  it("reads a value from the environment, and repeats no secret", async () => {
    const { code, err, out } = await run(
      "SELECT $password::INT",
      ...["--param-env", "password=PATH"],
    );
    assert.equal(code, 1);
    const value = process.env["PATH"] ?? "";
    assert.ok(value.length > 3 && !(err + out).includes(value));
    assert.match(err, /conversion/);
    const unset = await run("SELECT $x", "--param-env", "x=VIADUCT_NOT_SET");
    assert.equal(unset.code, 2);
    assert.match(unset.err, /VIADUCT_NOT_SET is not set/);
  });
});
