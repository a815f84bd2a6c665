import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import * as vscode from "vscode";
import { run } from "./support";

/** What a failed command answers. */
interface Failed {
  readonly failed: { readonly class: string; readonly message: string };
}

describe("DuckDB's extensions in a real extension host", () => {
  let folder: string;
  let packed: string;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "viaduct-host-extensions-"));
    const extension = vscode.extensions.getExtension("viaduct.viaduct");
    assert.ok(extension);
    packed = path.join(extension.extensionPath, "dist", "extensions");
    assert.ok(existsSync(packed));
  });

  after(async () => {
    await run("viaduct.installExtension", "fts");
    await rm(folder, { recursive: true, force: true });
  });

  it("installs, verifies, updates, uninstalls and loads, and says what each came to", async () => {
    const installed = await run("viaduct.installExtension", { name: "fts" });
    assert.deepEqual(
      [installed?.name, installed?.installed, installed?.loaded],
      ["fts", true, true],
    );
    const check = await run("viaduct.verifyExtension", "fts");
    assert.equal(check?.passed, true, check?.summary);
    const update = await run("viaduct.updateExtension", "fts");
    assert.equal(update?.updated, false);
    const gone = await run("viaduct.uninstallExtension", { name: "fts" });
    assert.deepEqual([gone?.installed, gone?.loaded], [false, true]);
    await run("viaduct.restartEngine");
    const missing = (await run("viaduct.loadExtension", "fts")) as unknown;
    assert.equal((missing as Failed).failed.class, "extensionMissing");
    await run("viaduct.installExtension", "fts");
    assert.equal((await run("viaduct.loadExtension", "fts"))?.loaded, true);
  });

  it("installs from a file and from a repository", async () => {
    const file = path.join(folder, "fts (1).duckdb_extension");
    const [version, platform] = ["v1.5.5", "linux_amd64"];
    const source = path.join(packed, version, platform, "fts.duckdb_extension");
    await copyFile(source, file);
    const fromFile = await run("viaduct.installExtensionFromFile", file);
    assert.deepEqual([fromFile?.name, fromFile?.installed], ["fts", true]);
    const fromRepository = await run(
      "viaduct.installExtensionFromRepository",
      packed,
      "fts",
    );
    assert.equal(fromRepository?.installedFrom, packed);
    const bytes = await readFile(source);
    await writeFile(file, bytes.fill(0, bytes.length - 256));
    const refused = (await run(
      "viaduct.installExtensionFromFile",
      file,
    )) as unknown;
    assert.equal((refused as Failed).failed.class, "extensionInvalid");
    assert.match((refused as Failed).failed.message, /has no signature/);
  });

  it("verifies all that are installed, and knows what is built in", async () => {
    await run("viaduct.installExtension", "postgres");
    const checks = await run("viaduct.verifyAllExtensions");
    const names = checks.map(({ name, passed }) => `${name} ${String(passed)}`);
    assert.ok(names.includes("postgres_scanner true"), names.join());
    assert.ok(!names.some((name) => name.startsWith("json")));
    const json = await run("viaduct.installExtension", "json");
    assert.equal(json?.builtIn, true);
  });
});
