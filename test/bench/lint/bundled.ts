import { build } from "esbuild";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Measurement } from "../measurement";
import type { lintSpeed } from "./lintSpeed";

const root = join(import.meta.dirname, "../../..");

/** The figures of the lint, bundled as it ships: what tsx adds to every function would be measured otherwise. */
export async function bundledLintSpeed(): Promise<Measurement[]> {
  // As deep below the root as its source, which looks for files from where it is.
  const outfile = join(root, ".cache/bench/lint/lintSpeed.mjs");
  await build({
    entryPoints: [join(import.meta.dirname, "lintSpeed.ts")],
    outfile,
    bundle: true,
    external: ["esbuild"],
    platform: "node",
    format: "esm",
    banner: {
      js: 'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);',
    },
  });
  const bundled = (await import(pathToFileURL(outfile).href)) as {
    readonly lintSpeed: typeof lintSpeed;
  };
  return bundled.lintSpeed();
}
