import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { LintFolder } from "../../support/lintFolder";

const role = "CREATE ROLE a PASSWORD 'k7Lp0q2';\n";

describe("viaduct lint: baselines and mistakes", () => {
  let folder: LintFolder;

  beforeEach(() => {
    folder = new LintFolder();
  });
  afterEach(() => {
    folder.remove();
  });

  it("leaves the baseline alone when nothing is staged", async () => {
    folder.git("init", "-q");
    folder.write("a.sql", role);
    const args = ["--staged", "--update-baseline"];
    const { code, stderr } = await folder.lint(args);
    assert.equal(code, 0);
    assert.match(stderr, /nothing is staged: the baseline stays as it is/);
    assert.deepEqual(readdirSync(folder.path).sort(), [".git", "a.sql"]);
  });

  it("takes a baseline's findings of standard input by the name that it is said to have", async () => {
    const without = await folder.lint(["--update-baseline", "-"], {
      input: role,
    });
    assert.equal(without.code, 2);
    assert.match(without.stderr, /--update-baseline needs --stdin-filename/);
    const named = ["-", "--stdin-filename", "a.sql"];
    const made = await folder.lint(["--update-baseline", ...named], {
      input: role,
    });
    assert.match(made.stderr, /has 1 findings now, and had 0/);
    assert.deepEqual(await folder.found(named, { input: role }), []);
  });

  it("knows the paths of a baseline with a backslash between their folders", async () => {
    folder.write("sub/b.sql", role);
    await folder.lint(["--update-baseline", "."]);
    const name = ".viaduct-lint-baseline.json";
    const written = folder.read(name);
    folder.write(name, written.replace("sub/b.sql", "sub\\\\b.sql"));
    assert.notEqual(folder.read(name), written);
    assert.deepEqual(await folder.found(["."]), []);
  });

  it("ends with 2 for what is given twice, and for a glob that means nothing", async () => {
    folder.write("a.sql", role);
    for (const [args, message] of [
      [["--format", "json", "--format=sarif"], /--format is given twice/],
      [["--exclude", "["], /"\[" is no glob/],
      [["--include=x\\"], /is no glob/],
    ] as const) {
      const { code, stderr } = await folder.lint([...args, "a.sql"]);
      assert.equal(code, 2, args.join(" "));
      assert.match(stderr, message);
    }
    const twice = ["--exclude", "b.sql", "--exclude", "[!b].sql", "."];
    assert.deepEqual(await folder.found(twice), []);
    folder.write("viaduct-lint.json", JSON.stringify({ exclude: ["["] }));
    const { code, stderr } = await folder.lint(["a.sql"]);
    assert.equal(code, 2);
    assert.match(stderr, /viaduct-lint\.json: "exclude": "\[" is no glob/);
  });
});
