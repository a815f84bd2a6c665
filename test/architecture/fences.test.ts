import assert from "node:assert/strict";
import { inRepository } from "../support/paths";
import { brokenByPlanted, brokenFences } from "./support/cruise";
import { fences } from "./support/fences";

/** For each fence, a tree that breaks it, and only it. */
const planted: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "core-imports-core": {
    "src/core/a.ts":
      'import type { B } from "../protocol/b"; export type A = B;',
    "src/protocol/b.ts": "export type B = 1;",
  },
  "protocol-imports-core": {
    "src/protocol/a.ts":
      'import type { B } from "../engine/b"; export type A = B;',
    "src/engine/b.ts": "export type B = 1;",
  },
  "engine-imports-downwards": across("engine", "server"),
  "files-imports-downwards": across("files", "engine"),
  "server-imports-downwards": across("server", "engine"),
  "extension-imports-downwards": across("extension", "webview"),
  "webview-imports-downwards": across("webview", "extension"),
  "cli-imports-downwards": across("cli", "extension"),
  "core-has-no-node": imports("core", "node:fs"),
  "protocol-has-no-node": imports("protocol", "node:path"),
  "webview-has-no-node": imports("webview", "node:events"),
  "core-has-no-package": imports("core", "pg"),
  "protocol-has-no-package": imports("protocol", "vscode-jsonrpc"),
  "webview-has-no-package": imports("webview", "axe-core"),
  "vscode-in-extension-only": imports("engine", "vscode"),
  "duckdb-in-its-files": imports("engine", "@duckdb/node-api"),
  "no-cycle": {
    "src/core/a.ts": 'import { b } from "./b"; export const a = () => b;',
    "src/core/b.ts": 'import { a } from "./a"; export const b = () => a;',
  },
  "src-imports-src": {
    "src/core/a.ts": 'import { b } from "../../test/b"; export const a = b;',
    "test/b.ts": "export const b = 1;",
  },
  resolves: imports("engine", "./nowhere"),
};

function across(from: string, to: string): Readonly<Record<string, string>> {
  return {
    [`src/${from}/a.ts`]: `import { b } from "../${to}/b"; export const a = b;`,
    [`src/${to}/b.ts`]: "export const b = 1;",
  };
}

function imports(
  layer: string,
  name: string,
): Readonly<Record<string, string>> {
  return {
    [`src/${layer}/a.ts`]: `import * as b from "${name}"; export const a = b;`,
  };
}

describe("import fences", () => {
  it("hold in src", async () => {
    const { violations, modules } = await brokenFences(inRepository());
    assert.deepEqual(violations, []);
    assert.ok(modules > 20, `only ${modules} modules were looked at`);
  });

  it("each have a planted violation", () => {
    assert.deepEqual(
      Object.keys(planted).sort(),
      fences.map(({ name }) => name ?? "").sort(),
    );
  });

  for (const [name, files] of Object.entries(planted)) {
    it(`${name} catches what it is for`, async () => {
      const broken = await brokenByPlanted(files);
      assert.ok(broken.includes(name), `caught only: ${broken.join(", ")}`);
    });
  }

  it("let through what is allowed", async () => {
    const broken = await brokenByPlanted({
      "src/core/a.ts": 'import { parse } from "yaml"; export const a = parse;',
      "src/extension/a.ts":
        'import * as vscode from "vscode"; import { a } from "../core/a"; export const b = [vscode, a];',
      "src/engine/duckdb.ts":
        'import * as api from "@duckdb/node-api"; import fs from "node:fs"; export const c = [api, fs];',
      "src/cli/a.ts":
        'import { c } from "../engine/duckdb"; export const d = c;',
    });
    assert.deepEqual(broken, []);
  });
});
