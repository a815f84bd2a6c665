import assert from "node:assert/strict";
import {
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runLint } from "../../../src/cli/lint";

const secret = "k7Lp0q2";

describe("viaduct lint", () => {
  let cwd: string;

  beforeEach(() => {
    cwd = mkdtempSync(join(tmpdir(), "viaduct-lint-"));
  });
  afterEach(() => {
    rmSync(cwd, { recursive: true });
  });

  function write(name: string, content: string | Uint8Array): void {
    mkdirSync(join(cwd, name, ".."), { recursive: true });
    writeFileSync(join(cwd, name), content);
  }

  async function run(args: readonly string[], input = "") {
    let stdout = "";
    let stderr = "";
    async function* stdin() {
      yield Buffer.from(input);
      await Promise.resolve();
    }
    const code = await runLint(args, {
      stdout: { write: (text) => (stdout += text) },
      stderr: { write: (text) => (stderr += text) },
      cwd,
      stdin: stdin(),
    });
    assert.ok(!(stdout + stderr).includes(secret), "no value in any output");
    return { code, stdout, stderr };
  }

  it("gives findings as JSON, places from 1 in UTF-16", async () => {
    write(
      "a.sql",
      `-- 😀\r\nSELECT '😀'; CREATE ROLE a PASSWORD '${secret}';\n`,
    );
    const { code, stdout } = await run(["--format", "json", "a.sql"]);
    assert.equal(code, 1);
    assert.deepEqual(JSON.parse(stdout), [
      {
        file: "a.sql",
        line: 2,
        column: 38,
        endLine: 2,
        endColumn: 45,
        rule: "CS101",
        severity: "error",
        message: 'Hard-coded password for role "a".',
      },
    ]);
  });

  it("ends with 0 when nothing is found, or information only", async () => {
    write("a.sql", "SELECT 1");
    write("b.sql", `-- CREATE ROLE a PASSWORD '${secret}'`);
    assert.deepEqual(await run(["a.sql", "--format=json"]), {
      code: 0,
      stdout: "[]\n",
      stderr: "",
    });
    const { code, stdout } = await run(["b.sql"]);
    assert.equal(code, 0);
    assert.match(stdout, /b\.sql:1:28 info CS112/);
  });

  it("searches folders in order, and leaves out what is not ours", async () => {
    for (const name of [
      "d/b.yml",
      "d/a.sql",
      "d/z/c.psql",
      "d/node_modules/x.sql",
      "d/.git/x.sql",
      "d/dist/x.sql",
      "d/x.txt",
    ]) {
      write(
        name,
        name.endsWith("yml")
          ? `password: ${secret}`
          : `CREATE ROLE a PASSWORD '${secret}'`,
      );
    }
    symlinkSync("..", join(cwd, "d/loop"));
    const { stdout } = await run(["--format", "json", "d", "d/a.sql"]);
    const files = (JSON.parse(stdout) as { file: string }[]).map(
      ({ file }) => file,
    );
    assert.deepEqual(
      files,
      ["d/a.sql", "d/b.yml", "d/z/c.psql"].map((file) => join(file)),
    );
  });

  it("reads a file by its content when its name says nothing, and standard input", async () => {
    write(
      "compose",
      `services:\n  db:\n    environment:\n      PG_PASSWORD: ${secret}\n`,
    );
    assert.match((await run(["compose"])).stdout, /compose:4:20 warning CY203/);
    assert.match(
      (await run(["-"], `CREATE ROLE a PASSWORD '${secret}'`)).stdout,
      /-:1:25 error CS101/,
    );
  });

  it("says in words why it could not run", async () => {
    for (const [args, message] of [
      [[], /no paths given/],
      [["nowhere"], /nowhere does not exist/],
      [["--fix", "."], /unknown option --fix/],
      [
        ["--format", "xml", "."],
        /--format takes text, json or sarif, not "xml"/,
      ],
      [["--format"], /not nothing/],
    ] as const) {
      const { code, stderr, stdout } = await run(args);
      assert.equal(code, 2);
      assert.equal(stdout, "");
      assert.match(stderr, message);
    }
    const help = await run(["--help"]);
    assert.equal(help.code, 0);
    assert.match(help.stdout, /Usage: viaduct lint/);
  });

  it("bears binary files, broken UTF-8, a byte order mark, UTF-16 and an empty file", async () => {
    const role = `CREATE ROLE a PASSWORD '${secret}'`;
    write("bin.sql", new Uint8Array([0, 1, 2, 0xff]));
    const binary = await run(["bin.sql"]);
    assert.equal(binary.code, 0);
    assert.match(binary.stderr, /binary/);
    write(
      "broken.sql",
      Buffer.concat([Buffer.from([0xc3, 0x28, 0xff, 10]), Buffer.from(role)]),
    );
    assert.match((await run(["broken.sql"])).stdout, /broken\.sql:2:25/);
    write("bom.sql", `\ufeff${role}`);
    assert.match((await run(["bom.sql"])).stdout, /bom\.sql:1:25/);
    write(
      "wide.sql",
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(role, "utf16le")]),
    );
    assert.match((await run(["wide.sql"])).stdout, /wide\.sql:1:25/);
    const unmarked = Buffer.from(role, "utf16le");
    write("le.sql", unmarked);
    assert.match((await run(["le.sql"])).stdout, /le\.sql:1:25/);
    write("be.sql", unmarked.swap16());
    assert.match((await run(["be.sql"])).stdout, /be\.sql:1:25/);
    write("empty.yml", "");
    assert.equal((await run(["empty.yml"])).code, 0);
  });

  it("gives SARIF 2.1.0 with every rule", async () => {
    write("a b.yml", `password: ${secret}\n`);
    const { code, stdout } = await run(["--format", "sarif", "a b.yml"]);
    assert.equal(code, 1);
    const log = JSON.parse(stdout) as {
      version: string;
      runs: {
        tool: { driver: { rules: { id: string }[] } };
        results: Record<string, unknown>[];
      }[];
    };
    assert.equal(log.version, "2.1.0");
    const [one] = log.runs;
    const [result] = one?.results ?? [];
    assert.equal(result?.["ruleId"], "CY210");
    assert.equal(
      one?.tool.driver.rules[result["ruleIndex"] as number]?.id,
      "CY210",
    );
    assert.match(JSON.stringify(result["locations"]), /"uri":"a%20b\.yml"/);
    assert.match(
      JSON.stringify(result["locations"]),
      /"startLine":1,"startColumn":11,"endLine":1,"endColumn":18/,
    );
  });
});
