import assert from "node:assert/strict";
import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { TestEngine } from "../support/engineHarness";

describe("getenv() in a CREATE SECRET", () => {
  let engine: TestEngine;
  let missing = "";
  let other = "";
  before(async () => {
    const created = await TestEngine.create();
    await created.initialize();
    missing = path.join(created.folder, "missing.env");
    other = path.join(created.folder, "other.env");
    await created.close();
    engine = await TestEngine.start({ envFiles: [other, missing] });
  });
  after(async () => {
    delete process.env["VIADUCT_TEST_HOST"];
    await rm(path.dirname(other), { recursive: true, force: true });
    await engine.close();
  });

  const secretWith = (variable: string): string =>
    `CREATE OR REPLACE SECRET s (TYPE postgres, HOST getenv('${variable}'))`;
  const host = async (): Promise<string> => {
    const rows = await engine.rows(
      "SELECT secret_string FROM duckdb_secrets() WHERE name = 's'",
    );
    return /host=([^;]*)/.exec(rows[0]?.[0] ?? "")?.[1] ?? "";
  };

  it("reads the environment where there is no env file", async () => {
    process.env["VIADUCT_TEST_HOST"] = "from-the-environment";
    await engine.succeed(secretWith("VIADUCT_TEST_HOST"));
    assert.equal(await host(), "from-the-environment");
  });

  it("says where it has looked", async () => {
    const { error } = await engine.fail(secretWith("NO_SUCH_VARIABLE"));
    assert.equal(error.class, "variableMissing");
    for (const named of ["NO_SUCH_VARIABLE", missing, other, "environment"]) {
      assert.ok(error.message.includes(named), error.message);
    }
    assert.match(error.message, /does not exist/);
  });

  it("reads the files that there are, before the environment", async () => {
    await import("node:fs/promises").then(({ mkdir }) =>
      mkdir(path.dirname(other), { recursive: true }),
    );
    await writeFile(other, "VIADUCT_TEST_HOST=from-the-file\n");
    await engine.succeed(secretWith("VIADUCT_TEST_HOST"));
    assert.equal(await host(), "from-the-file");
    await writeFile(other, "this is no env file\n");
    const { error } = await engine.fail(secretWith("VIADUCT_TEST_HOST"));
    assert.equal(error.class, "envFileInvalid");
  });
});
