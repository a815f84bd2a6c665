import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { copyFile, readFile, rm, writeFile } from "node:fs/promises";
import { faultOf } from "../support/engineHarness";
import {
  ExtensionBench,
  damage,
  ftsFile,
  infoOf,
  installedFile,
  packedExtensions,
  writeUnfit,
} from "../support/extensionFiles";

describe("the extension manager", () => {
  let bench: ExtensionBench;

  before(async () => {
    bench = await ExtensionBench.start();
  });

  after(() => bench.stop());

  it("lists what there is: built-in, aliases, where from", async () => {
    const engine = await bench.fresh();
    const json = await infoOf(engine, "json");
    assert.deepEqual(
      [json.builtIn, json.installed, json.loaded, json.version],
      [true, true, true, "v1.5.5"],
    );
    const before = await infoOf(engine, "postgres_scanner");
    assert.deepEqual(
      [before.aliases, before.installed, before.installedFrom],
      [["postgres"], false, ""],
    );
    const after = await engine.handlers.installExtension({ name: "POSTGRES" });
    assert.deepEqual(
      [after.name, after.installed, after.loaded, after.installedFrom],
      ["postgres_scanner", true, true, packedExtensions],
    );
    assert.deepEqual(
      await engine.rows(
        "SELECT installed, loaded FROM duckdb_extensions() WHERE extension_name = 'postgres_scanner' OR list_contains(aliases, 'postgres')",
      ),
      [["true", "true"]],
    );
  });

  it("recognises what is built in, in commands and in every form of INSTALL", async () => {
    const engine = await bench.fresh();
    for (const name of ["json", "icu", "Parquet", "core_functions"]) {
      const info = await engine.handlers.installExtension({ name });
      assert.deepEqual([info.builtIn, info.loaded], [true, true]);
      assert.equal(
        (await engine.handlers.verifyExtension({ name })).passed,
        true,
      );
      const update = await engine.handlers.updateExtension({ name });
      assert.equal(update.updated, false);
      const refused = await faultOf(
        engine.handlers.uninstallExtension({ name }),
      );
      assert.match(refused.message, /is a part of DuckDB/);
    }
    for (const text of [
      "INSTALL json",
      "install 'JSON' from core",
      'FORCE INSTALL "icu"',
      "INSTALL parquet FROM 'https://mirror.invalid/x'",
    ]) {
      const outcome = await engine.succeed(text);
      assert.equal(outcome.commandTag, "INSTALL", text);
      assert.match(outcome.notices[0]?.message ?? "", /is built into DuckDB/);
    }
    await engine.succeed("LOAD json");
  });

  it("keeps to the user's own INSTALL: once is enough, FORCE does it again, a place is a place", async () => {
    const engine = await bench.fresh();
    await engine.succeed("INSTALL fts");
    const file = installedFile(engine, "fts");
    await rm(file);
    await copyFile(ftsFile, file);
    await engine.succeed("INSTALL fts");
    await engine.succeed(`FORCE INSTALL "FTS" FROM '${packedExtensions}'`);
    await engine.succeed(`INSTALL 'postgres' FROM '${packedExtensions}';`);
    assert.equal((await infoOf(engine, "postgres_scanner")).installed, true);
    assert.equal((await infoOf(engine, "postgres_scanner")).loaded, false);
    await engine.succeed("FORCE INSTALL fts -- from the first repository");
    await engine.succeed(`FORCE INSTALL '${ftsFile}'`);
    assert.equal((await infoOf(engine, "fts")).installedFrom, ftsFile);
    await engine.succeed("LOAD 'fts'");
    const nowhere = await engine.fail("INSTALL fts FROM '/nowhere/at all'");
    assert.equal(nowhere.error.class, "extensionDownload");
    assert.match(nowhere.error.message, /there is no such file/);
  });

  it("verifies an installed file, and tells a changed one and one for another version", async () => {
    const engine = await bench.fresh();
    const verify = () => engine.handlers.verifyExtension({ name: "fts" });
    assert.equal((await faultOf(verify())).class, "extensionMissing");
    await engine.succeed("INSTALL fts");
    const file = installedFile(engine, "fts");
    const good = await verify();
    assert.equal(good.passed, true);
    assert.match(
      good.summary,
      /^fts \S+ is built for DuckDB v1\.5\.5 on linux_amd64, and its signature is valid\.$/,
    );
    await damage(file, 4_000_000);
    const changed = await verify();
    assert.deepEqual([changed.passed, changed.name], [false, "fts"]);
    assert.match(changed.summary, /was changed after it was signed/);
    await rm(file);
    await writeUnfit(file, "version");
    const old = await verify();
    assert.equal(old.passed, false);
    assert.match(
      old.summary,
      /built for DuckDB v1\.5\.4 .* this is DuckDB v1\.5\.5/,
    );
    assert.equal((await infoOf(engine, "fts")).loaded, false);
  });

  it("uninstalls the file; what is loaded stays until the engine ends", async () => {
    const engine = await bench.fresh();
    await engine.handlers.installExtension({ name: "fts" });
    const file = installedFile(engine, "fts");
    assert.ok(existsSync(file) && existsSync(`${file}.info`));
    const info = await engine.handlers.uninstallExtension({ name: "fts" });
    assert.deepEqual([info.installed, info.loaded], [false, true]);
    assert.ok(!existsSync(file) && !existsSync(`${file}.info`));
    const again = await faultOf(
      engine.handlers.uninstallExtension({ name: "fts" }),
    );
    assert.equal(again.class, "extensionMissing");
    assert.equal(again.extension?.name, "fts");
  });

  it("updates from where it came, and says when there is nothing newer or nowhere to look", async () => {
    const engine = await bench.fresh();
    await engine.handlers.installExtension({ name: "fts" });
    const same = await engine.handlers.updateExtension({ name: "fts" });
    assert.equal(same.updated, false);
    assert.equal(same.previousVersion, same.version);
    // What the file says of itself decides: as if an older build had been installed.
    const file = installedFile(engine, "fts");
    const bytes = await readFile(file);
    bytes.write("0ldbu1d", bytes.length - 512 + 4 * 32);
    await rm(file);
    await writeFile(file, bytes);
    const newer = await engine.handlers.updateExtension({ name: "fts" });
    assert.deepEqual(
      [newer.updated, newer.previousVersion, newer.version],
      [true, "0ldbu1d", same.version],
    );
    await engine.handlers.installExtension({
      name: "fts",
      place: { kind: "file", file: ftsFile },
    });
    const fromFile = await faultOf(
      engine.handlers.updateExtension({ name: "fts" }),
    );
    assert.ok(fromFile.message.includes(ftsFile), fromFile.message);
    const absent = await faultOf(
      engine.handlers.updateExtension({ name: "postgres" }),
    );
    assert.equal(absent.class, "extensionMissing");
  });

  it("does two installs at once, and refuses what is no name", async () => {
    const engine = await bench.fresh();
    const [one, two] = await Promise.all([
      engine.handlers.installExtension({ name: "fts" }),
      engine.handlers.installExtension({ name: "fts" }),
    ]);
    assert.deepEqual([one.loaded, two.loaded], [true, true]);
    for (const name of [
      "",
      "../fts",
      "fts; DROP TABLE x",
      "ﬁts",
      "a".repeat(9),
    ]) {
      const error = await faultOf(engine.handlers.verifyExtension({ name }));
      assert.equal(error.class, "extensionMissing", name);
    }
  });
});
