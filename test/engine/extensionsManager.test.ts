import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import {
  copyFile,
  mkdir,
  mkdtemp,
  readFile,
  rename,
  rm,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import type { ExtensionInfo } from "../../src/protocol/extensions";
import { TestEngine, faultOf } from "../support/engineHarness";
import { inRepository } from "../support/paths";

const packed = inRepository("dist", "extensions");
const folderOf = (repository: string): string =>
  path.join(repository, "v1.5.5", "linux_amd64");
const fts = path.join(folderOf(packed), "fts.duckdb_extension");

describe("the extension manager", () => {
  const engines: TestEngine[] = [];
  let folder: string;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "viaduct-extensions-"));
  });

  after(async () => {
    await Promise.all(engines.map((engine) => engine.close()));
    await rm(folder, { recursive: true, force: true });
  });

  /** An engine that has nothing installed, and no network. */
  async function fresh(): Promise<TestEngine> {
    const engine = await TestEngine.start({
      extensionDirectory: await mkdtemp(path.join(folder, "installed-")),
      extensionRepositories: [packed],
      settings: { http_proxy: "127.0.0.1:9" },
    });
    engines.push(engine);
    return engine;
  }

  async function infoOf(
    engine: TestEngine,
    name: string,
  ): Promise<ExtensionInfo> {
    const list = await engine.handlers.listExtensions(null);
    const found = list.find((extension) => extension.name === name);
    assert.ok(found, name);
    return found;
  }

  const installedFile = (engine: TestEngine, name: string): string =>
    path.join(
      folderOf(engine.options.extensionDirectory ?? ""),
      `${name}.duckdb_extension`,
    );

  /** A file with one byte of the code changed, in place of another that may be in use. */
  async function damage(from: string, to: string, at: number): Promise<void> {
    const bytes = await readFile(from);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    await writeFile(`${to}.new`, bytes);
    await rename(`${to}.new`, to);
  }

  /** A file that says of itself that it is for another DuckDB. */
  async function builtFor(
    to: string,
    change: (text: string) => string,
  ): Promise<void> {
    const bytes = await readFile(fts);
    const footer = bytes.subarray(bytes.length - 512, bytes.length - 256);
    footer.write(change(footer.toString("latin1")), "latin1");
    await mkdir(path.dirname(to), { recursive: true });
    await writeFile(to, bytes);
  }

  const forOldVersion = (text: string): string =>
    text.replace("v1.5.5", "v1.5.4");
  const forMac = (text: string): string =>
    text.replace("linux_amd64", "osx_arm64\0\0");

  it("lists what there is: built-in, aliases, where from", async () => {
    const engine = await fresh();
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
      ["postgres_scanner", true, true, packed],
    );
    assert.deepEqual(
      await engine.rows(
        "SELECT installed, loaded FROM duckdb_extensions() WHERE extension_name = 'postgres_scanner' OR list_contains(aliases, 'postgres')",
      ),
      [["true", "true"]],
    );
  });

  it("recognises what is built in, in commands and in every form of INSTALL", async () => {
    const engine = await fresh();
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
    const engine = await fresh();
    await engine.succeed("INSTALL fts");
    const file = installedFile(engine, "fts");
    await rm(file);
    await copyFile(fts, file);
    await engine.succeed("INSTALL fts");
    await engine.succeed(`FORCE INSTALL "FTS" FROM '${packed}'`);
    await engine.succeed(`INSTALL 'postgres' FROM '${packed}';`);
    assert.equal((await infoOf(engine, "postgres_scanner")).installed, true);
    assert.equal((await infoOf(engine, "postgres_scanner")).loaded, false);
    await engine.succeed("FORCE INSTALL fts -- from the first repository");
    await engine.succeed(`FORCE INSTALL '${fts}'`);
    assert.equal((await infoOf(engine, "fts")).installedFrom, fts);
    await engine.succeed("LOAD 'fts'");
    const nowhere = await engine.fail("INSTALL fts FROM '/nowhere/at all'");
    assert.equal(nowhere.error.class, "extensionDownload");
    assert.match(nowhere.error.message, /there is no such file/);
  });

  it("refuses a file for another DuckDB before it is installed, naming both", async () => {
    const engine = await fresh();
    const old = path.join(folder, "old", "fts.duckdb_extension");
    await builtFor(old, forOldVersion);
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
    const mirror = path.join(folder, "mac");
    await builtFor(path.join(folderOf(mirror), "fts.duckdb_extension"), forMac);
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
    const engine = await fresh();
    await engine.handlers.installExtension({ name: "fts" });
    const bad = path.join(folder, "bad", "fts.duckdb_extension");
    await mkdir(path.dirname(bad), { recursive: true });
    const install = (file: string) =>
      faultOf(
        engine.handlers.installExtension({
          name: "fts",
          place: { kind: "file", file },
        }),
      );
    await damage(fts, bad, 5_000_000);
    assert.match(
      (await install(bad)).message,
      /was changed after it was signed/,
    );
    const bytes = await readFile(fts);
    await writeFile(bad, bytes.fill(0, bytes.length - 256));
    assert.match((await install(bad)).message, /has no signature/);
    await writeFile(bad, "not an extension".repeat(1000));
    assert.match((await install(bad)).message, /is not a DuckDB extension/);
    await writeFile(bad, "");
    assert.match((await install(bad)).message, /is not a DuckDB extension/);
    await writeFile(`${bad}.gz`, "this is not packed");
    assert.equal((await install(`${bad}.gz`)).class, "extensionInvalid");
    assert.match(
      (await install(path.join(folder, "absent.duckdb_extension"))).message,
      /does not exist/,
    );
    assert.equal(
      (await engine.handlers.verifyExtension({ name: "fts" })).passed,
      true,
    );
  });

  it("installs a chosen file: plain, packed, or renamed by a browser", async () => {
    const here = await mkdtemp(path.join(folder, "chosen it's "));
    const files = [
      "fts.duckdb_extension",
      "fts.duckdb_extension.gz",
      "fts (1).duckdb_extension",
      "fts-v1.5.5.duckdb_extension.gz",
    ].map((name) => path.join(here, name));
    const packedBytes = gzipSync(await readFile(fts), { level: 1 });
    for (const file of files) {
      await (file.endsWith(".gz")
        ? writeFile(file, packedBytes)
        : copyFile(fts, file));
      const engine = await fresh();
      const info = await engine.handlers.installExtension({
        name: "fts",
        place: { kind: "file", file },
      });
      assert.deepEqual([info.installed, info.loaded], [true, true], file);
    }
  });

  it("finds a repository from the folder of its version or platform, and says what an unfit one is for", async () => {
    for (const place of [
      packed,
      path.join(packed, "v1.5.5"),
      folderOf(packed),
    ]) {
      const engine = await fresh();
      const info = await engine.handlers.installExtension({
        name: "fts",
        place: { kind: "repository", place },
      });
      assert.equal(info.installedFrom, packed);
    }
    const engine = await fresh();
    const other = path.join(folder, "other");
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

  it("verifies an installed file, and tells a changed one and one for another version", async () => {
    const engine = await fresh();
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
    await damage(fts, file, 4_000_000);
    const changed = await verify();
    assert.deepEqual([changed.passed, changed.name], [false, "fts"]);
    assert.match(changed.summary, /was changed after it was signed/);
    await rm(file);
    await builtFor(file, forOldVersion);
    const old = await verify();
    assert.equal(old.passed, false);
    assert.match(
      old.summary,
      /built for DuckDB v1\.5\.4 .* this is DuckDB v1\.5\.5/,
    );
    assert.equal((await infoOf(engine, "fts")).loaded, false);
  });

  it("uninstalls the file; what is loaded stays until the engine ends", async () => {
    const engine = await fresh();
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
    const engine = await fresh();
    await engine.handlers.installExtension({ name: "fts" });
    const same = await engine.handlers.updateExtension({ name: "fts" });
    assert.equal(same.updated, false);
    assert.equal(same.previousVersion, same.version);
    // What is noted beside the file decides: as if an older build had been installed.
    const note = `${installedFile(engine, "fts")}.info`;
    const bytes = (await readFile(note)).toString("latin1");
    await writeFile(note, bytes.replace(same.version, "0ldbu1d"), "latin1");
    const newer = await engine.handlers.updateExtension({ name: "fts" });
    assert.deepEqual(
      [newer.updated, newer.previousVersion, newer.version],
      [true, "0ldbu1d", same.version],
    );
    await engine.handlers.installExtension({
      name: "fts",
      place: { kind: "file", file: fts },
    });
    const fromFile = await faultOf(
      engine.handlers.updateExtension({ name: "fts" }),
    );
    assert.ok(fromFile.message.includes(fts), fromFile.message);
    const absent = await faultOf(
      engine.handlers.updateExtension({ name: "postgres" }),
    );
    assert.equal(absent.class, "extensionMissing");
  });

  it("does two installs at once, and refuses what is no name", async () => {
    const engine = await fresh();
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
