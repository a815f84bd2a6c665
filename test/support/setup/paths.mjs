// Where the set-up puts things. All of it is ignored by git and can be deleted at any time.
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The repository. */
export const root = path.resolve(
  path.dirname(fileURLToPath(import.meta.url)),
  "../../..",
);
/** DuckDB extensions as they were fetched: survives a wipe of dist/. */
export const extensionCache = path.join(root, ".cache/duckdb-extensions");
/** DuckDB extensions in DuckDB's repository layout, as the product uses them. */
export const extensionRepository = path.join(root, "dist/extensions");
/** VS Code for tests, and `vscode.json`, which says how it is run. */
export const vscodeFolder = path.join(root, ".vscode-test");
