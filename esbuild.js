// Builds every program of src/ into dist/. `--watch` rebuilds on change, `--dev` keeps names and source maps.
"use strict";
const { readdirSync, readFileSync, writeFileSync } = require("node:fs");
const esbuild = require("esbuild");

process.chdir(__dirname);

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

/** pg asks for it before it makes a `Response` to tell where it runs: in Node 20 that would load all of `fetch`. */
const withPg = {
  define: {
    ...shared.define,
    navigator: JSON.stringify({ userAgent: "Node.js" }),
  },
};

/** Leaves what is imported when it is needed to a file of its own beside the importing one. */
const apart = (filter, file) => ({
  name: `${file} apart`,
  setup(build) {
    build.onResolve({ filter }, ({ kind }) =>
      kind === "dynamic-import" ? { path: file, external: true } : undefined,
    );
  },
});

/** The client of the language server is most of the extension's code: it is read when it starts. */
const languageClientApart = apart(/\/languageClient$/, "./languageClient.js");

/** The engine is most of the command line's code: `viaduct lint` never reads it. */
const engineApart = apart(/^\.\/(?:run|doctor)$/, "./cliEngine.js");

/** ECharts is larger than the rest of the page: it is read with the first chart. */
const chartApart = apart(/\/chartDrawing$/, "./chart.js");

/** A script of a page. */
const page = (entryPoints, format, plugins = []) => ({
  ...shared,
  entryPoints,
  outdir: "dist/webview",
  platform: "browser",
  format,
  target: "chrome128",
  loader: { ".css": "css" },
  plugins,
});

const programs = [
  // `vscode` is external in the extension's two bundles only, so that a slip elsewhere fails the build.
  {
    ...node("extension", "src/extension/extension.ts", ["vscode"]),
    plugins: [languageClientApart],
    // As a `require`: what it loads asks for `vscode`, which only the host's own `require` knows.
    supported: { "dynamic-import": false },
  },
  node("languageClient", "src/extension/lint/languageClient.ts", ["vscode"]),
  { ...node("engine", "src/engine/main.ts", nodeExternals), ...withPg },
  node("server", "src/server/main.ts", []),
  {
    ...node("cli", "src/cli/main.ts", nodeExternals),
    plugins: [engineApart],
    // As a `require`: Node reads a file that is imported three times over, for its format and the names it exports.
    supported: { "dynamic-import": false },
    banner: { js: "#!/usr/bin/env node" },
  },
  {
    ...node("cliEngine", "", nodeExternals),
    ...withPg,
    entryPoints: undefined,
    stdin: {
      contents:
        'export { runRun } from "./run"; export { runDoctor } from "./doctor";',
      resolveDir: "src/cli",
      loader: "ts",
    },
  },
  page(
    {
      results: "src/webview/results.ts",
      doctor: "src/webview/doctor/doctor.ts",
      lint: "src/webview/lint/lint.ts",
    },
    "iife",
    [chartApart],
  ),
  page({ chart: "src/webview/chart/chartDrawing.ts" }, "esm"),
];

async function main() {
  if (watch) {
    for (const program of programs) {
      await (await esbuild.context(program)).watch();
    }
    return;
  }
  const results = await Promise.all(
    programs.map((program) => esbuild.build({ ...program, metafile: true })),
  );
  writeNotices(results.flatMap(({ metafile }) => Object.keys(metafile.inputs)));
}

/** The licences of every package whose code is in a bundle: they ask to be told. */
function writeNotices(inputs) {
  const folders = new Set(
    inputs
      .map(
        (input) =>
          /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0],
      )
      .filter((folder) => folder !== undefined),
  );
  const notices = [...folders].sort().map((folder) => {
    const { name, version, license } = require(`./${folder}/package.json`);
    const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
    const text =
      file === undefined ? "" : readFileSync(`${folder}/${file}`, "utf8");
    return `${name} ${version} (${license})\n\n${text.trim()}\n`;
  });
  writeFileSync(
    "dist/THIRD-PARTY-NOTICES.txt",
    `Viaduct's bundles contain code of these packages. DuckDB and its extensions postgres_scanner and fts\nare under the licence in node_modules/@duckdb/node-bindings/LICENSE.\n\n${notices.join(`\n${"-".repeat(80)}\n\n`)}`,
  );
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
