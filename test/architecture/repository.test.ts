import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { inRepository } from "../support/paths";

/** Every file that git has or would add, that is text. */
function textFiles(): readonly (readonly [name: string, text: string])[] {
  const list = execFileSync(
    "git",
    ["ls-files", "--cached", "--others", "--exclude-standard", "-z"],
    { cwd: inRepository(), encoding: "utf8" },
  );
  return list
    .split("\0")
    .filter((name) => name !== "" && !/\.(png|vsix|duckdb|ttf)$/.test(name))
    .flatMap((name): [string, string][] => {
      try {
        return [[name, readFileSync(inRepository(name), "utf8")]];
      } catch {
        // Deleted, but not yet committed so.
        return [];
      }
    });
}

/** Written in pieces, so that this file is not its own finding. */
const machinePaths = new RegExp(
  ["/wo" + "rk/", "/ro" + "ot/"].map((part) => `(?<![\\w.])${part}`).join("|"),
);
const registryHosts = new RegExp(
  ["registry\\.npm" + "js\\.org", "files\\.pythonhosted" + "\\.org"].join("|"),
);

describe("the repository", () => {
  it("names no path of the machine it was written on", () => {
    const found = textFiles().filter(([, text]) => machinePaths.test(text));
    assert.deepEqual(
      found.map(([name]) => name),
      [],
    );
  });

  it("names no package registry's host", () => {
    const found = textFiles().filter(([, text]) => registryHosts.test(text));
    assert.deepEqual(
      found.map(([name]) => name),
      [],
    );
  });

  it("has only what belongs at the top level", () => {
    const top = new Set(textFiles().map(([name]) => name.split("/")[0] ?? ""));
    const allowed = new Set([
      ...["src", "media", "syntaxes", "test", "docs", "l10n"],
      ...["package.json", "package-lock.json", "package.nls.json"],
      ...["tsconfig.json", "tsconfig.base.json", "esbuild.js", "knip.json"],
      ...["eslint.config.mjs", "README.md", "CHANGELOG.md", "LICENSE"],
      ...["CONTRIBUTING.md", "SECURITY.md"],
    ]);
    const strays = [...top].filter(
      (name) => !name.startsWith(".") && !allowed.has(name),
    );
    assert.deepEqual(strays, []);
  });

  it("has no test that sleeps, or that is the only one to run", () => {
    const found = textFiles().filter(
      ([name, text]) =>
        name.endsWith(".test.ts") &&
        /\b(it|describe)\.only\(|waitForTimeout\(/.test(text) &&
        !name.endsWith("repository.test.ts"),
    );
    assert.deepEqual(
      found.map(([name]) => name),
      [],
    );
  });
});
