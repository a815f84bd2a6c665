import type { IForbiddenRuleType } from "dependency-cruiser";

/**
 * Which layer may import what (`src/README.md`), as dependency-cruiser has it. `vscode` resolves to `@types/vscode`,
 * so a rule on `^vscode$` alone would never fire.
 */
const vscode = "(^vscode$|node_modules/@types/vscode/)";
const duckdb = "(^@duckdb/|node_modules/@duckdb/)";
const nodeModules = "(^|/)node_modules/";
/** Pure libraries that core may use: they need nothing but their arguments. */
const pureLibraries = "node_modules/(yaml|@huggingface/jinja|ignore)/";
/** Libraries that run in a page: charts (in a file of their own), JSON with its places, differences of texts. */
const pageLibraries = "node_modules/(echarts|jsonc-parser|diff)/";

/** A program of src may import itself, the layers below it, and these. */
function program(
  name: string,
  ...libraries: readonly string[]
): IForbiddenRuleType {
  const allowed = [name, "protocol", "core", ...libraries].join("|");
  return {
    name: `${name}-imports-downwards`,
    severity: "error",
    from: { path: `^src/${name}/` },
    to: { path: "^src/", pathNot: `^src/(${allowed})/` },
  };
}

/** Nothing that Node has built in. */
function noBuiltins(name: string): IForbiddenRuleType {
  return {
    name: `${name}-has-no-node`,
    severity: "error",
    from: { path: `^src/${name}/` },
    to: { dependencyTypes: ["core"] },
  };
}

/** No package from npm, but for these. */
function noPackages(name: string, pathNot?: string): IForbiddenRuleType {
  return {
    name: `${name}-has-no-package`,
    severity: "error",
    from: { path: `^src/${name}/` },
    to: {
      path: nodeModules,
      ...(pathNot === undefined ? {} : { pathNot }),
    },
  };
}

/** Every fence, by name. */
export const fences: readonly IForbiddenRuleType[] = [
  {
    name: "core-imports-core",
    severity: "error",
    from: { path: "^src/core/" },
    to: { path: "^src/", pathNot: "^src/core/" },
  },
  {
    name: "protocol-imports-core",
    severity: "error",
    from: { path: "^src/protocol/" },
    to: { path: "^src/", pathNot: "^src/(protocol|core)/" },
  },
  program("engine"),
  program("files"),
  program("server", "files"),
  program("extension"),
  program("webview"),
  program("cli", "engine", "files"),
  noBuiltins("core"),
  noBuiltins("protocol"),
  noBuiltins("webview"),
  noPackages("core", pureLibraries),
  noPackages("protocol"),
  noPackages("webview", pageLibraries),
  {
    name: "vscode-in-extension-only",
    severity: "error",
    from: { path: "^src/", pathNot: "^src/extension/" },
    to: { path: vscode },
  },
  {
    name: "duckdb-in-its-files",
    severity: "error",
    from: { path: "^src/", pathNot: "^src/engine/duckdb(?:Statement)?\\.ts$" },
    to: { path: duckdb },
  },
  {
    name: "no-cycle",
    severity: "error",
    from: { path: "^src/" },
    to: { circular: true },
  },
  {
    name: "src-imports-src",
    severity: "error",
    from: { path: "^src/" },
    to: { path: "^(test|dist|media)/" },
  },
  {
    name: "resolves",
    severity: "error",
    from: { path: "^src/" },
    to: { couldNotResolve: true },
  },
];
