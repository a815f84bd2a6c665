import { readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { inRepository } from "../paths";

/** Bundles the host tests, all that there are, and returns the file whose `run()` runs them. */
export async function buildHostTests(): Promise<string> {
  const outdir = inRepository(".cache/host");
  rmSync(outdir, { recursive: true, force: true });
  const source = inRepository("test/host");
  const tests = readdirSync(source, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".test.ts"))
    .map((file) => ({
      in: path.join(source, file),
      out: `tests/${file.replaceAll(path.sep, "-").replace(/\.ts$/, "")}`,
    }));
  if (tests.length === 0) throw new Error("There is no host test.");
  await build({
    entryPoints: [
      { in: path.join(source, "index.ts"), out: "index" },
      ...tests,
    ],
    outdir,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    sourcemap: "inline",
    logLevel: "warning",
    external: ["vscode", "mocha", "@duckdb/*", "pg-native"],
  });
  return path.join(outdir, "index.js");
}
