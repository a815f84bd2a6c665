import { mkdirSync, renameSync } from "node:fs";
import path from "node:path";
import { buildSync } from "esbuild";
import { inRepository } from "./paths";

const made: { file?: string } = {};

/**
 * The engine's program, bundled from its sources once in a process: one that compiles while it starts takes three times
 * as long, and tests start many.
 */
export function engineProgram(): string {
  made.file ??= bundle();
  return made.file;
}

function bundle(): string {
  // In the repository, so that the packages that stay outside are found.
  const folder = inRepository(".cache", "engine");
  mkdirSync(folder, { recursive: true });
  const building = path.join(folder, `${String(process.pid)}.cjs`);
  buildSync({
    entryPoints: [inRepository("src", "engine", "main.ts")],
    outfile: building,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    mainFields: ["module", "main"],
    external: ["@duckdb/node-bindings", "@duckdb/node-bindings-*", "pg-native"],
    logLevel: "warning",
  });
  // Another run may start the one that is there.
  const file = path.join(folder, "main.cjs");
  renameSync(building, file);
  return file;
}
