import assert from "node:assert/strict";
import {
  copyFile,
  mkdir,
  mkdtemp,
  readFile,
  writeFile,
} from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { faultOf } from "../support/engineHarness";
import {
  ExtensionBench,
  damage,
  folderIn,
  ftsFile,
  infoOf,
  packedExtensions,
  writeUnfit,
} from "../support/extensionFiles";

describe("a chosen or copied extension file", () => {
  let bench: ExtensionBench;

  before(async () => {
    bench = await ExtensionBench.start();
  });

  after(() => bench.stop());

  it("refuses a file for another DuckDB before it is installed, naming both", async () => {
    const engine = await bench.fresh();
    const old = path.join(bench.folder, "old", "fts.duckdb_extension");
    await writeUnfit(old, "version");
    const error = await faultOf(
      engine.handlers.installExtension({
        name: "fts",
        place: { kind: "file", file: old },
      }),
    );
    assert.equal(error.class, "extensionInvalid");
    assert.equal(
      error.message,
      `The file ${old} was built for DuckDB v1.5.4 on linux_amd64, and this is DuckDB v1.5.5 on linux_amd64.`,
    );
    const own = await engine.fail(`INSTALL '${old}'`);
    assert.equal(own.error.message, error.message);
    const mirror = path.join(bench.folder, "mac");
    await writeUnfit(
      path.join(folderIn(mirror), "fts.duckdb_extension"),
      "platform",
    );
    const mac = await faultOf(
      engine.handlers.installExtension({
        name: "fts",
        place: { kind: "repository", place: mirror },
      }),
    );
    assert.match(
      mac.message,
      /on osx_arm64, and this is DuckDB v1\.5\.5 on linux_amd64/,
    );
    assert.match(
      (await engine.fail(`INSTALL fts FROM '${mirror}'`)).error.message,
      /osx_arm64/,
    );
    assert.equal((await infoOf(engine, "fts")).installed, false);
  });

  it("refuses a changed file, a file without a signature, and what is no extension; the good one stays", async () => {
    const engine = await bench.fresh();
    await engine.handlers.installExtension({ name: "fts" });
    const bad = path.join(bench.folder, "bad", "fts.duckdb_extension");
    await mkdir(path.dirname(bad), { recursive: true });
    const install = (file: string) =>
      faultOf(
        engine.handlers.installExtension({
          name: "fts",
          place: { kind: "file", file },
        }),
      );
    await damage(bad, 5_000_000);
    assert.match(
      (await install(bad)).message,
      /was changed after it was signed/,
    );
    const bytes = await readFile(ftsFile);
    await writeFile(bad, bytes.fill(0, bytes.length - 256));
    assert.match((await install(bad)).message, /has no signature/);
    await writeFile(bad, "not an extension".repeat(1000));
    assert.match((await install(bad)).message, /is not a DuckDB extension/);
    await writeFile(bad, "");
    assert.match((await install(bad)).message, /is not a DuckDB extension/);
    await writeFile(`${bad}.gz`, "this is not packed");
    assert.equal((await install(`${bad}.gz`)).class, "extensionInvalid");
    assert.match(
      (await install(path.join(bench.folder, "absent.duckdb_extension")))
        .message,
      /does not exist/,
    );
    assert.equal(
      (await engine.handlers.verifyExtension({ name: "fts" })).passed,
      true,
    );
  });

  it("installs a chosen file: plain, packed, or renamed by a browser", async () => {
    const here = await mkdtemp(path.join(bench.folder, "chosen it's "));
    const files = [
      "fts.duckdb_extension",
      "fts.duckdb_extension.gz",
      "fts (1).duckdb_extension",
      "fts-v1.5.5.duckdb_extension.gz",
    ].map((name) => path.join(here, name));
    const zipped = gzipSync(await readFile(ftsFile), { level: 1 });
    for (const file of files) {
      await (file.endsWith(".gz")
        ? writeFile(file, zipped)
        : copyFile(ftsFile, file));
      const engine = await bench.fresh();
      const info = await engine.handlers.installExtension({
        name: "fts",
        place: { kind: "file", file },
      });
      assert.deepEqual([info.installed, info.loaded], [true, true], file);
    }
  });

  it("finds a repository from the folder of its version or platform, and says what an unfit one is for", async () => {
    for (const place of [
      packedExtensions,
      path.join(packedExtensions, "v1.5.5"),
      folderIn(packedExtensions),
    ]) {
      const engine = await bench.fresh();
      const info = await engine.handlers.installExtension({
        name: "fts",
        place: { kind: "repository", place },
      });
      assert.equal(info.installedFrom, packedExtensions);
    }
    const engine = await bench.fresh();
    const other = path.join(bench.folder, "other");
    await mkdir(path.join(other, "v1.4.0", "linux_amd64"), { recursive: true });
    const error = await faultOf(
      engine.handlers.installExtension({
        name: "fts",
        place: { kind: "repository", place: other },
      }),
    );
    assert.match(
      error.message,
      /for DuckDB v1\.4\.0, and this is DuckDB v1\.5\.5/,
    );
  });
});
