import assert from "node:assert/strict";
import path from "node:path";
import ts from "typescript";
import { inRepository } from "../support/paths";

/** What TypeScript says about a file with this text, were it in that layer: the layer's own tsconfig decides. */
function complaints(layer: string, text: string): readonly string[] {
  const folder = inRepository("src", layer);
  const config = ts.readConfigFile(path.join(folder, "tsconfig.json"), (file) =>
    ts.sys.readFile(file),
  );
  const { options } = ts.parseJsonConfigFileContent(
    config.config,
    ts.sys,
    folder,
  );
  const planted = path.join(folder, "planted.ts");
  const host = ts.createCompilerHost(options);
  const program = ts.createProgram({
    rootNames: [planted],
    options: { ...options, noEmit: true, composite: false, incremental: false },
    host: {
      ...host,
      fileExists: (file) => file === planted || host.fileExists(file),
      readFile: (file) => (file === planted ? text : host.readFile(file)),
      getSourceFile: (file, ...rest) =>
        file === planted
          ? ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true)
          : host.getSourceFile(file, ...rest),
    },
  });
  return ts
    .getPreEmitDiagnostics(program, program.getSourceFile(planted))
    .map(({ messageText }) =>
      ts.flattenDiagnosticMessageText(messageText, " "),
    );
}

/** What a layer must not know, and what it may. */
const cases: readonly (readonly [
  layer: string,
  forbidden: readonly string[],
  allowed: string,
])[] = [
  [
    "core",
    [
      "document.title",
      "process.cwd()",
      "setTimeout(() => undefined, 1)",
      "fetch('x')",
    ],
    "new Map<string, number>().size",
  ],
  ["protocol", ["document.title", "process.cwd()"], "[1].at(-1)"],
  ["engine", ["document.title", "window.name"], "process.pid"],
  ["server", ["document.title"], "process.pid"],
  ["cli", ["document.title"], "process.argv"],
  ["extension", ["document.title"], "process.pid"],
  ["webview", ["process.cwd()", "require('fs')"], "document.title"],
];

describe("a layer's tsconfig", () => {
  for (const [layer, forbidden, allowed] of cases) {
    it(`gives ${layer} only its own world`, () => {
      assert.deepEqual(complaints(layer, `export const ok = ${allowed};`), []);
      for (const expression of forbidden) {
        assert.match(
          complaints(layer, `export const bad = ${expression};`).join("\n"),
          /Cannot find name/,
          expression,
        );
      }
    });
  }

  it("is strict: an unchecked index and an implicit any do not compile", () => {
    assert.notDeepEqual(
      complaints("core", "export const n: number = [1, 2][0];"),
      [],
    );
    assert.notDeepEqual(complaints("core", "export const f = (a) => a;"), []);
  });
});
