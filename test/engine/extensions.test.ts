import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { TestEngine, faultOf } from "../support/engineHarness";
import { inRepository } from "../support/paths";

/** A network where nobody answers: DuckDB's own server cannot be reached, whatever machine runs the tests. */
const noNetwork = { http_proxy: "127.0.0.1:9" };

describe("extensions", () => {
  const engines: TestEngine[] = [];
  const fresh = async (
    repositories: readonly string[] | null = null,
  ): Promise<TestEngine> => {
    const engine = await TestEngine.create();
    const own = await TestEngine.create({
      extensionDirectory: path.join(engine.folder, "extensions"),
      extensionRepositories: repositories ?? [
        inRepository("dist", "extensions"),
      ],
      settings: noNetwork,
    });
    await own.initialize();
    engines.push(engine, own);
    return own;
  };
  after(() => Promise.all(engines.map((engine) => engine.close())));

  it("follows the guide's lifecycle word for word, offline", async () => {
    const engine = await fresh();
    const guide = [
      "INSTALL postgres_scanner",
      "INSTALL fts",
      "INSTALL json",
      "LOAD postgres_scanner",
      "LOAD fts",
      "LOAD json",
    ];
    for (const text of guide) {
      const outcome = await engine.succeed(text);
      assert.equal(outcome.commandTag, text.split(" ")[0]);
      assert.equal(outcome.notices.length, text === "INSTALL json" ? 1 : 0);
    }
    assert.deepEqual(
      await engine.rows(
        "SELECT extension_name, loaded, installed FROM duckdb_extensions() WHERE extension_name = 'postgres_scanner'",
      ),
      [["postgres_scanner", "true", "true"]],
    );
    await engine.attach("pg");
    const list = await engine.handlers.listExtensions(null);
    assert.ok(list.some(({ name, loaded }) => name === "fts" && loaded));
    assert.deepEqual(
      await engine.rows("SELECT current_setting('allow_unsigned_extensions')"),
      [["false"]],
    );
  });

  it("looks in the next repository when one has nothing or something broken", async () => {
    const engine = await fresh();
    const broken = path.join(engine.folder, "broken");
    const place = path.join(broken, "v1.5.5", "linux_amd64");
    await mkdir(place, { recursive: true });
    await writeFile(path.join(place, "fts.duckdb_extension"), "x".repeat(4096));
    const own = await fresh([
      path.join(engine.folder, "empty"),
      broken,
      inRepository("dist", "extensions"),
    ]);
    const info = await own.handlers.installExtension({ name: "fts" });
    assert.deepEqual([info.installed, info.loaded], [true, true]);
  });

  it("asks before it downloads what an attachment needs, and names every place when nobody answers", async () => {
    const engine = await fresh(["/nowhere/repository"]);
    const place =
      "http://extensions.duckdb.org/v1.5.5/linux_amd64/postgres_scanner.duckdb_extension.gz";
    const missing = await faultOf(engine.attach("pg"));
    assert.equal(missing.class, "extensionMissing", missing.message);
    assert.deepEqual(missing.extension, {
      name: "postgres_scanner",
      from: place,
    });
    assert.ok(missing.message.includes(place));
    assert.ok(missing.actions.includes("installExtension"));
    const error = await faultOf(
      engine.handlers.installExtension({ name: "postgres" }),
    );
    assert.equal(error.class, "extensionDownload", error.message);
    assert.match(error.message, /\/nowhere\/repository\/v1\.5\.5\//);
    assert.ok(error.message.includes(place));
    assert.ok(error.actions.includes("installExtension"));
    const load = await engine.fail("LOAD fts");
    assert.equal(load.error.class, "extensionMissing");
    const install = await engine.fail("INSTALL fts");
    assert.equal(install.error.class, "extensionDownload");
    await engine.succeed("SELECT 1");
  });

  it("tells a corrupt file, and installs over it", async () => {
    const engine = await fresh();
    await engine.handlers.installExtension({ name: "postgres" });
    const own = await TestEngine.create({
      extensionDirectory: path.join(engine.folder, "corrupt"),
      settings: noNetwork,
    });
    const place = path.join(engine.folder, "corrupt", "v1.5.5", "linux_amd64");
    await mkdir(place, { recursive: true });
    const file = path.join(place, "postgres_scanner.duckdb_extension");
    await writeFile(file, "not an extension".repeat(1000));
    await writeFile(`${file}.info`, "");
    engines.push(engine, own);
    await own.initialize();
    const error = await faultOf(own.attach("pg"));
    assert.equal(error.class, "extensionInvalid", error.message);
    assert.ok(error.message.includes("postgres_scanner"));
    assert.ok(error.actions.includes("installExtension"));
    const listing = await faultOf(own.handlers.listExtensions(null));
    assert.equal(listing.class, "extensionInvalid", listing.message);
    await own.handlers.installExtension({ name: "postgres_scanner" });
    assert.equal((await own.attach("pg")).state, "attached");
  });

  it("does not take anything for the name of an extension", async () => {
    const engine = await fresh();
    const error = await faultOf(
      engine.handlers.loadExtension({ name: "fts; DROP TABLE x" }),
    );
    assert.equal(error.class, "extensionMissing");
  });
});
