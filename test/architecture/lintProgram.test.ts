import assert from "node:assert/strict";
import { build } from "esbuild";
import { inRepository } from "../support/paths";

/** Every file that `viaduct lint` can load: its module graph, through dynamic imports, too. */
async function graph(): Promise<readonly string[]> {
  const { metafile } = await build({
    entryPoints: [inRepository("src/cli/lint.ts")],
    absWorkingDir: inRepository("."),
    bundle: true,
    write: false,
    metafile: true,
    platform: "node",
    format: "esm",
    logLevel: "silent",
  });
  return Object.keys(metafile.inputs);
}

describe("viaduct lint", () => {
  it("starts fast: no engine, no driver, no language server is in its modules", async () => {
    const files = await graph();
    assert.ok(files.some((file) => file.endsWith("core/credentials/lint.ts")));
    assert.deepEqual(
      files.filter((file) =>
        /src\/engine\/|src\/extension\/|node_modules\/(?:@duckdb|pg|vscode)/.test(
          file,
        ),
      ),
      [],
    );
  });
});
