import { build, type Plugin } from "esbuild";
import { mkdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

const home = join(import.meta.dirname, "../../.cache/bench");

/** Files are found from where their source is, not from where the bundle is. */
const sourceFolders: Plugin = {
  name: "source folders",
  setup(building) {
    building.onLoad({ filter: /\/test\/.*\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replaceAll(
        "import.meta.dirname",
        JSON.stringify(dirname(path)),
      ),
      loader: "ts",
    }));
  },
};

/** A module of this folder, bundled as the product ships: what tsx adds to every function would be measured otherwise. */
export async function bundled(entry: string): Promise<unknown> {
  mkdirSync(home, { recursive: true });
  const outfile = join(home, `${basename(entry, ".ts")}.mjs`);
  await build({
    entryPoints: [join(import.meta.dirname, entry)],
    outfile,
    bundle: true,
    external: ["esbuild"],
    platform: "node",
    format: "esm",
    banner: {
      js: 'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);',
    },
    plugins: [sourceFolders],
  });
  return import(pathToFileURL(outfile).href);
}
