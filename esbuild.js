// Builds every program of src/ into dist/. `--watch` rebuilds on change, `--dev` keeps names and source maps.
"use strict";
const esbuild = require("esbuild");

const watch = process.argv.includes("--watch");
const dev = watch || process.argv.includes("--dev");

const shared = {
  bundle: true,
  minify: !dev,
  sourcemap: dev ? "linked" : false,
  logLevel: "warning",
  define: {
    VIADUCT_VERSION: JSON.stringify(require("./package.json").version),
  },
};

/** The DuckDB binding is native (its libduckdb lies beside it), and pg-native is an option of pg that we do not use. */
const nodeExternals = [
  "@duckdb/node-bindings",
  "@duckdb/node-bindings-*",
  "pg-native",
];

/** A program that runs in Node (target: the oldest Node that a supported VS Code or the CLI has). */
const node = (name, entry, external) => ({
  ...shared,
  entryPoints: [entry],
  outfile: `dist/${name}.js`,
  platform: "node",
  format: "cjs",
  target: "node20",
  mainFields: ["module", "main"],
  external,
});

/** The client of the language server is most of the extension's code: it is a file of its own, read when it starts. */
const languageClientApart = {
  name: "language-client-apart",
  setup(build) {
    build.onResolve({ filter: /\/languageClient$/ }, ({ kind }) =>
      kind === "dynamic-import"
        ? { path: "./languageClient.js", external: true }
        : undefined,
    );
  },
};

const programs = [
  // `vscode` is external in the extension's two bundles only, so that a slip elsewhere fails the build.
  {
    ...node("extension", "src/extension/extension.ts", ["vscode"]),
    plugins: [languageClientApart],
    // As a `require`: what it loads asks for `vscode`, which only the host's own `require` knows.
    supported: { "dynamic-import": false },
  },
  node("languageClient", "src/extension/lint/languageClient.ts", ["vscode"]),
  node("engine", "src/engine/main.ts", nodeExternals),
  node("server", "src/server/main.ts", []),
  {
    ...node("cli", "src/cli/main.ts", nodeExternals),
    banner: { js: "#!/usr/bin/env node" },
  },
  {
    ...shared,
    entryPoints: { results: "src/webview/results.ts" },
    outdir: "dist/webview",
    platform: "browser",
    format: "iife",
    target: "chrome128",
    loader: { ".css": "css" },
  },
];

async function main() {
  if (watch) {
    for (const program of programs) {
      await (await esbuild.context(program)).watch();
    }
    return;
  }
  await Promise.all(programs.map((program) => esbuild.build(program)));
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
