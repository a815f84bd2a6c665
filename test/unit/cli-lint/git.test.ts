import assert from "node:assert/strict";
import { join } from "node:path";
import { LintFolder } from "../../support/lintFolder";

const secret = "k7Lp0q2";
const role = `CREATE ROLE a PASSWORD '${secret}';\n`;

describe("viaduct lint in a repository", () => {
  let folder: LintFolder;

  beforeEach(() => {
    folder = new LintFolder();
    folder.git("init", "-q");
  });
  afterEach(() => {
    folder.remove();
  });

  it("reads the staged content of a fresh repository, not the files", async () => {
    folder.write("staged only.sql", role);
    folder.write("später/b.sql", "SELECT 1;\n");
    folder.write("note.txt", role);
    folder.git("add", ".");
    folder.write("staged only.sql", "SELECT 1;\n");
    folder.write("später/b.sql", role);
    folder.write("untracked.sql", role);
    assert.deepEqual(await folder.found(["--staged"]), [
      "staged only.sql CS101",
    ]);
    const { code } = await folder.lint(["--staged"]);
    assert.equal(code, 1);
  });

  it("says of a path that is nowhere that it does not exist", async () => {
    folder.write("a.sql", "SELECT 1;\n");
    folder.git("add", ".");
    assert.equal((await folder.lint(["--staged", "nosuch.sql"])).code, 2);
    assert.equal((await folder.lint(["--staged", "a.sql"])).code, 0);
  });

  it("reads what is staged from a folder below, renamed and changed, and not what is deleted", async () => {
    for (const name of ["a.sql", "b.sql", "c.sql"]) {
      folder.write(name, role);
    }
    folder.git("add", ".");
    folder.git("commit", "-qm", "a");
    folder.git("mv", "a.sql", "sub ä.sql");
    folder.git("rm", "-q", "b.sql");
    folder.write("sub/x\ny.sql", role);
    folder.git("add", ".");
    const above = join("..", "sub ä.sql");
    assert.deepEqual(await folder.found(["--staged"], { folder: "sub" }), [
      `${above} CS101`,
      "x\ny.sql CS101",
    ]);
    assert.deepEqual(await folder.found(["--staged", "sub"]), [
      `${join("sub", "x\ny.sql")} CS101`,
    ]);
    assert.deepEqual(
      await folder.found(["--staged", "--exclude", "sub/", "--exclude=*ä*"]),
      [],
    );
  });

  it("has the globs of settings in a folder below start from there, staged or not", async () => {
    folder.write("sub/viaduct-lint.json", '{"exclude": ["/fixtures/"]}');
    folder.write("sub/fixtures/a.sql", role);
    folder.write("sub/b.sql.j2", role);
    folder.git("add", ".");
    for (const args of [["--staged"], ["."]]) {
      assert.deepEqual(await folder.found(args, { folder: "sub" }), [
        "b.sql.j2 CS101",
      ]);
    }
  });

  it("says that it needs a repository, and reads no link's target", async () => {
    folder.write("real.sql", role);
    folder.git("add", ".");
    folder.git(
      "update-index",
      "--add",
      "--cacheinfo",
      `120000,${folder.git("hash-object", "-w", "real.sql").trim()},link.sql`,
    );
    assert.deepEqual(await folder.found(["--staged"]), ["real.sql CS101"]);
    const outside = new LintFolder();
    const { code, stderr } = await outside.lint(["--staged"]);
    outside.remove();
    assert.equal(code, 2);
    assert.match(stderr, /--staged needs git/);
  });

  it("leaves out what git ignores, unless it is named", async () => {
    folder.write(".gitignore", ".env\n/out/\n*.local.sql\n");
    folder.write("sub/.gitignore", "!keep.local.sql\n");
    folder.write(".git/info/exclude", "mine.sql\n");
    for (const name of [
      ".env",
      "out/a.sql",
      "mine.sql",
      "x.local.sql",
      "sub/keep.local.sql",
      "sub/x.local.sql",
      "sub/a.sql",
    ]) {
      folder.write(name, name === ".env" ? `DB_PASSWORD=${secret}\n` : role);
    }
    const inSub = [
      `${join("sub", "a.sql")} CS101`,
      `${join("sub", "keep.local.sql")} CS101`,
    ];
    assert.deepEqual(await folder.found(["."]), inSub);
    assert.deepEqual(await folder.found(["sub"]), inSub);
    assert.deepEqual(await folder.found(["."], { folder: "sub" }), [
      "a.sql CS101",
      "keep.local.sql CS101",
    ]);
    assert.deepEqual(await folder.found([".env", "mine.sql", "out"]), [
      ".env CY210",
      "mine.sql CS101",
      `${join("out", "a.sql")} CS101`,
    ]);
  });

  it("checks what git has although a rule ignores it", async () => {
    folder.write(".gitignore", ".env\nlocal/\n");
    folder.write(".env", `PGPASSWORD=${secret}\n`);
    folder.write("local/a.sql", role);
    folder.git("add", "-f", ".env", "local");
    folder.write("local/untracked.sql", role);
    const inLocal = `${join("local", "a.sql")} CS101`;
    assert.deepEqual(await folder.found(["."]), [".env CY210", inLocal]);
    assert.deepEqual(await folder.found(["**/*.sql"]), [inLocal]);
  });

  it("tells which files are tracked, and since when a value is in the history, by older names, too", async () => {
    folder.write("old name.sql", role);
    folder.git("add", ".");
    folder.git("commit", "-qm", "a");
    folder.git("mv", "old name.sql", "ä.sql");
    folder.git("commit", "-qm", "b");
    folder.write("ä.sql", `${role}CREATE ROLE b PASSWORD 'n3w-5ecret';\n`);
    folder.write("new.sql", role);
    const { stdout } = await folder.lint([
      "--git-history",
      "--format=json",
      ".",
    ]);
    const findings = JSON.parse(stdout) as { file: string; git: unknown }[];
    assert.deepEqual(
      findings.map(({ file, git }) => [file, git]),
      [
        ["new.sql", { isTracked: false, inHistorySince: null }],
        [
          "ä.sql",
          { isTracked: true, inHistorySince: "2024-03-05T10:00:00.000Z" },
        ],
        ["ä.sql", { isTracked: true, inHistorySince: null }],
      ],
    );
    const text = await folder.lint(["--git-history", "."]);
    assert.match(
      text.stdout,
      /Rotate it: it is in the history since 2024-03-05/,
    );
    assert.match(text.stdout, /not committed yet/);
    assert.match(text.stdout, /not tracked/);
    const outside = new LintFolder();
    outside.write("a.sql", role);
    assert.match(
      (await outside.lint(["--git-history", "."])).stdout,
      /a\.sql:1:25 error CS101 .*\(k7••••, 7 characters\)\n/,
    );
    outside.remove();
  });
});
