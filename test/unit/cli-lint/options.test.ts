import assert from "node:assert/strict";
import { chmodSync, chownSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { LintFolder } from "../../support/lintFolder";

const secret = "k7Lp0q2";
const role = `CREATE ROLE a PASSWORD '${secret}';\n`;

const nobody = 65_534;

/** Nothing is closed to root: a test of it that runs as root is somebody else meanwhile, who owns the folder. */
async function asOrdinaryUser(
  folder: string,
  task: () => Promise<void>,
): Promise<void> {
  if (process.geteuid?.() !== 0 || process.seteuid === undefined) {
    return task();
  }
  for (const name of ["", ...readdirSync(folder)]) {
    chownSync(join(folder, name), nobody, nobody);
  }
  process.seteuid(nobody);
  try {
    await task();
  } finally {
    process.seteuid(0);
  }
}

describe("viaduct lint: options", () => {
  let folder: LintFolder;

  beforeEach(() => {
    folder = new LintFolder();
  });
  afterEach(() => {
    folder.remove();
  });

  it("knows the findings of a baseline, moved lines too, and drops entries on request", async () => {
    folder.git("init", "-q");
    folder.write("a.sql", role);
    folder.write("sub/b.sql", role);
    const made = await folder.lint(["--update-baseline", "."]);
    assert.equal(made.code, 0);
    assert.match(made.stderr, /has 2 findings now, and had 0/);
    assert.match(
      made.stdout,
      /^0 findings in 2 files\.\nLeft out: 2 in the baseline\.\n$/,
    );
    const baseline = folder.read(".viaduct-lint-baseline.json");
    assert.ok(!baseline.includes(secret));

    folder.write(
      "a.sql",
      `\n\n-- moved\n${role}${role.replace(secret, "0ther-one")}`,
    );
    assert.deepEqual(await folder.found(["."]), ["a.sql CS101"]);
    assert.deepEqual(await folder.found(["b.sql"], { folder: "sub" }), []);
    assert.deepEqual(
      await folder.found(
        ["--baseline", join("..", ".viaduct-lint-baseline.json"), "."],
        { folder: "sub" },
      ),
      [],
    );

    folder.write("sub/b.sql", "SELECT 1;\n");
    const stale = await folder.lint(["."]);
    assert.match(stale.stdout, /1 entry of the baseline matches nothing/);
    // A run that does not look at the file cannot judge its entry.
    const other = await folder.lint(["--update-baseline", "a.sql"]);
    assert.match(other.stderr, /has 3 findings now, and had 2/);
    const all = await folder.lint(["--update-baseline", "."]);
    assert.match(all.stderr, /has 2 findings now, and had 3/);
    assert.equal(all.code, 0);
  });

  it("ends with 2, in words, where a baseline cannot be written", async () => {
    folder.write("a.sql", role);
    const file = join("no such folder", "baseline.json");
    const args = ["--update-baseline", "--baseline", file, "."];
    const { code, stderr } = await folder.lint(args);
    assert.equal(code, 2);
    assert.match(stderr, /^viaduct lint: the baseline could not be written/);
  });

  it("ends with 2 where a folder may not be read, and checks what is beside it", async () => {
    folder.write("a.sql", "SELECT 1;\n");
    folder.write("closed/b.sql", role);
    await folder.lint(["."]);
    const closed = join(folder.path, "closed");
    await asOrdinaryUser(folder.path, async () => {
      chmodSync(closed, 0);
      try {
        for (const args of [["."], ["closed"], [join("**", "*.sql")]]) {
          const { code, stderr } = await folder.lint(args);
          assert.equal(code, 2, args[0]);
          assert.match(stderr, /closed may not be read: permission denied/);
        }
        const { stdout } = await folder.lint(["--format", "sarif", "."]);
        assert.match(stdout, /"executionSuccessful": ?false/);
        assert.match(stdout, /closed may not be read/);
      } finally {
        chmodSync(closed, 0o755);
      }
    });
  });

  it("ends with 2 for a baseline or settings that cannot be read", async () => {
    folder.write("a.sql", "SELECT 1");
    for (const [file, text, args, message] of [
      ["b.json", "{", ["--baseline", "b.json"], /b\.json: it is not JSON/],
      ["x", "", ["--baseline", "none.json"], /none\.json does not exist/],
      ["c.json", "[]", ["--config=c.json"], /c\.json: it is not a JSON object/],
      ["x", "", ["--config", "no.json"], /no\.json does not exist/],
      [
        "viaduct-lint.json",
        JSON.stringify({
          rules: { CS999: "off", CS101: "loud" },
          allowedValues: [secret],
          extra: 1,
          include: "x",
        }),
        [],
        /"extra" is no setting .* "include" has to be .*/,
      ],
    ] as const) {
      folder.write(file, text);
      const { code, stderr, stdout } = await folder.lint([...args, "a.sql"]);
      assert.equal(code, 2, message.source);
      assert.match(stderr, message);
      assert.equal(stdout, "");
      assert.ok(!stderr.includes(secret));
    }
  });

  it("takes severities, and fails as it is told", async () => {
    folder.write("a.sql", role);
    const code = async (...args: string[]) =>
      (await folder.lint([...args, "a.sql"])).code;
    assert.equal(await code(), 1);
    assert.equal(await code("--severity", "CS101=info"), 0);
    assert.equal(await code("--severity=cs101=off"), 0);
    assert.equal(await code("--severity=CS101=info", "--fail-on", "info"), 1);
    assert.equal(await code("--severity=CS101=warning", "--fail-on=error"), 0);
    assert.equal(await code("--fail-on=never"), 0);
    assert.equal(await code("--severity", "CS999=off"), 2);
    assert.equal(await code("--severity", "CS101"), 2);
    assert.equal(await code("--fail-on", "sometimes"), 2);
  });

  it("reads its settings from the nearest file, and globs from there", async () => {
    folder.write(
      "viaduct-lint.json",
      JSON.stringify({
        rules: { CS101: "warning" },
        extraKeys: ["door code"],
        exclude: ["sub/fixtures/"],
        include: ["*.tpl"],
      }),
    );
    folder.git("init", "-q");
    folder.write("sub/a.sql", role);
    folder.write("sub/b.tpl", "SET door_code = '4711x';\n");
    folder.write("sub/fixtures/a.sql", role);
    const expected = ["a.sql CS101", "b.tpl CS110"];
    assert.deepEqual(await folder.found(["."], { folder: "sub" }), expected);
    assert.match(
      (await folder.lint(["a.sql"], { folder: "sub" })).stdout,
      /warning CS101/,
    );
    assert.deepEqual(
      await folder.found(["--exclude", "*.tpl", "."], { folder: "sub" }),
      ["a.sql CS101"],
    );
  });

  it("makes the hash of an allowed value from standard input, and honours it", async () => {
    const made = await folder.lint(["--hash"], { input: `${secret}\r\n` });
    assert.equal(made.code, 0);
    const entry = made.stdout.trim();
    folder.write(
      "viaduct-lint.json",
      JSON.stringify({ allowedValues: [entry] }),
    );
    folder.write("a.sql", role);
    assert.deepEqual(await folder.found(["."]), []);
    const more = await folder.lint(["--hash"], { input: "0ther-one" });
    assert.equal(more.stdout.split(":")[2], entry.split(":")[2], "one salt");
    assert.equal((await folder.lint(["--hash"], { input: "\n" })).code, 2);
  });

  it("reads globs that the shell left, env files, notebooks, and standard input by a name", async () => {
    folder.write("a/b/x.sql", role);
    folder.write("a/y.sql", role);
    folder.write("z.sql", role);
    assert.deepEqual(await folder.found([join("a", "**", "*.sql")]), [
      `${join("a", "b", "x.sql")} CS101`,
      `${join("a", "y.sql")} CS101`,
    ]);
    assert.deepEqual(await folder.found(["*.sql"]), ["z.sql CS101"]);
    assert.equal((await folder.lint(["*.ddl"])).code, 2);
    const input = `DB_PASSWORD=${secret}\n`;
    assert.deepEqual(
      await folder.found(["-", "--stdin-filename", ".env"], { input }),
      [".env CY210"],
    );
    folder.write(
      "n.ipynb",
      JSON.stringify({
        cells: [{ cell_type: "code", source: `%%sql\n${role}` }],
      }),
    );
    const { stdout } = await folder.lint(["n.ipynb"]);
    assert.match(stdout, /n\.ipynb:cell 1:2:25 error CS101/);
  });

  it("colours a terminal only, and lets no name of a file steer it", async () => {
    folder.write("a\u001b[31m.sql", `${role}password`);
    const plain = await folder.lint(["."]);
    assert.ok(!plain.stdout.includes("\u001b"));
    assert.match(plain.stdout, /\(k7••••, 7 characters\)/);
    const { stdout } = await folder.lint(["."], { isTerminal: true });
    assert.ok(stdout.includes("\u001b[31merror\u001b[0m"));
    assert.ok(!stdout.includes("a\u001b"));
  });
});
