import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { formOfName } from "../../src/core/files/lintableFile";
import { LintFolder } from "../support/lintFolder";
import { inRepository } from "../support/paths";

interface Hook {
  readonly id: string;
  readonly entry: string;
  readonly files: string;
}

describe("the hook for pre-commit", () => {
  const [hook] = parse(
    readFileSync(inRepository(".pre-commit-hooks.yaml"), "utf8"),
  ) as Hook[];
  assert.ok(hook);

  it("is for the files that a folder is searched for, and is the one that is documented", () => {
    const isMeant = new RegExp(hook.files.replace(/^\(\?i\)/, ""), "i");
    const names =
      `a.sql a.SQL a.ddl a.psql a.pgsql a.dml a.plsql a.plpgsql a.hql a.yml a.yaml compose.yaml .env .envrc
      .env.local .env-test prod.env a.ipynb a.sql.j2 a.yml.jinja a.yaml.jinja2 a.sql.tpl a.env.tmpl .env.j2 a.py a.md
      a.json a.sqlite environment my.envoy a.sql.bak a.yamllint sql yml a.tf Dockerfile`.split(
        /\s+/,
      );
    for (const name of names.flatMap((each) => [each, `sub/x.y/${each}`])) {
      assert.equal(isMeant.test(name), formOfName(name) !== null, name);
    }
    const docs = readFileSync(inRepository("docs/credential-lint.md"), "utf8");
    assert.ok(docs.includes(`- id: ${hook.id}\n`));
    assert.ok(docs.includes(hook.files), "the local hook has the same files");
  });

  it("checks what it is given, and leaves out what the settings exclude", async () => {
    const folder = new LintFolder();
    try {
      const role = "CREATE ROLE a PASSWORD 'k7Lp0q2';\n";
      for (const name of ["a.sql", "fixtures/b.sql", "sub/c.sql.j2"]) {
        folder.write(name, role);
      }
      folder.write("viaduct-lint.json", '{"exclude": ["fixtures/"]}');
      const [, command, ...options] = hook.entry.split(" ");
      assert.equal(command, "lint");
      const names = ["a.sql", "fixtures/b.sql", "sub/c.sql.j2"];
      assert.deepEqual(await folder.found([...options, ...names]), [
        "a.sql CS101",
        "sub/c.sql.j2 CS101",
      ]);
      const none = await folder.lint([...options, "fixtures/b.sql"]);
      assert.deepEqual([none.code, none.stderr], [0, ""]);
    } finally {
      folder.remove();
    }
  });

  it("runs a command that a package of the repository has, with little else", () => {
    const npm = process.platform === "win32" ? "npm.cmd" : "npm";
    const packed = execFileSync(
      npm,
      ["pack", "--dry-run", "--json", "--ignore-scripts"],
      {
        cwd: inRepository(),
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
        shell: process.platform === "win32",
      },
    );
    const all = JSON.parse(packed) as unknown;
    const [first] = Object.values(all as object) as {
      files: { path: string }[];
    }[];
    const files = first?.files.map(({ path }) => path) ?? [];
    for (const needed of ["dist/cli.js", "dist/cliEngine.js", "package.json"]) {
      assert.ok(files.includes(needed), needed);
    }
    assert.deepEqual(
      files.filter((file) => /^(?:src|test|docs|node_modules)\//.test(file)),
      [],
    );
  });
});
