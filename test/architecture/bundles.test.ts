import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { isBuiltin } from "node:module";
import { inRepository } from "../support/paths";

/** What a bundle still requires when it runs. */
function required(file: string): readonly string[] {
  const text = readFileSync(inRepository("dist", file), "utf8");
  const names = [...text.matchAll(/\brequire\(["'`]([^"'`]+)["'`]\)/g)].map(
    ([, name]) => name ?? "",
  );
  return [...new Set(names)].filter((name) => !isBuiltin(name)).sort();
}

describe("the bundles", () => {
  it("dist/extension.js is small, and requires nothing but vscode and, later, the language client", () => {
    const { size } = statSync(inRepository("dist/extension.js"));
    assert.ok(size < 500_000, `it has ${size} bytes`);
    assert.deepEqual(required("extension.js"), [
      "./languageClient.js",
      "vscode",
    ]);
    assert.deepEqual(required("languageClient.js"), ["vscode"]);
  });

  it("dist/server.js requires nothing", () => {
    assert.deepEqual(required("server.js"), []);
  });

  it("dist/cli.js is small, and imports the engine only for the commands that need it", () => {
    const text = readFileSync(inRepository("dist/cli.js"), "utf8");
    assert.ok(text.length < 500_000, `it has ${text.length} characters`);
    assert.deepEqual(required("cli.js"), ["./cliEngine.js"]);
    const later =
      /Promise\.resolve\(\)\.then\(\(\)=>\w+\(require\("\.\/cliEngine\.js"\)\)\)/g;
    assert.doesNotMatch(text.replace(later, ""), /cliEngine/);
    assert.doesNotMatch(text, /@duckdb\/|vscode-(?:languageserver|jsonrpc)/);
  });

  for (const file of ["engine.js", "cliEngine.js"]) {
    it(`dist/${file} requires DuckDB's binding only`, () => {
      // pg asks for its native variant, and does without.
      const others = required(file).filter((name) => name !== "pg-native");
      assert.ok(others.length > 0, "the binding was bundled");
      for (const name of others) assert.match(name, /^@duckdb\/node-bindings/);
      // Where there is none, pg goes on to ask for `Response`, and Node loads all of `fetch`.
      const text = readFileSync(inRepository(`dist/${file}`), "utf8");
      assert.doesNotMatch(text, /typeof navigator\b/);
    });
  }

  it("the webview's page requires nothing, and imports the charts when one is opened", () => {
    const text = readFileSync(inRepository("dist/webview/results.js"), "utf8");
    assert.doesNotMatch(text, /\brequire\(|\bimport\s+["'{*]/);
    assert.deepEqual(text.match(/\bimport\s*\([^)]*\)/g), [
      'import("./chart.js")',
    ]);
    const charts = readFileSync(inRepository("dist/webview/chart.js"), "utf8");
    assert.doesNotMatch(charts, /\brequire\(|\bimport\s*\(|\bfrom\s*["']/);
  });
});
