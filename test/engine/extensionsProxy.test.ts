import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { EngineOptions } from "../../src/protocol/options";
import { TestEngine, faultOf } from "../support/engineHarness";
import { ExtensionMirror } from "../support/extensionMirror";

const user = "proxy-user";
const password = "pr0xy-c@nary";
const { repository } = ExtensionMirror;
const ftsUrl = `${repository}/v1.5.5/linux_amd64/fts.duckdb_extension.gz`;

describe("extensions through a proxy", () => {
  const engines: TestEngine[] = [];
  const environment = { ...process.env };
  let folder: string;
  let mirror: ExtensionMirror;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "viaduct-proxy-"));
    mirror = await ExtensionMirror.start(`${user}:${password}`);
  });

  afterEach(() => {
    for (const name of ["HTTP_PROXY", "NO_PROXY"]) {
      const value = environment[name];
      if (value === undefined) {
        // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- an absent variable is not an empty one
        delete process.env[name];
      } else {
        process.env[name] = value;
      }
    }
    mirror.requests.length = 0;
  });

  after(async () => {
    await Promise.all(engines.map((engine) => engine.close()));
    await mirror.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function engineWith(
    overrides: Partial<EngineOptions>,
  ): Promise<TestEngine> {
    const engine = await TestEngine.start({
      extensionDirectory: await mkdtemp(path.join(folder, "installed-")),
      extensionRepositories: [repository],
      ...overrides,
    });
    engines.push(engine);
    return engine;
  }

  const withLogin = (secret = password): string =>
    `http://${user}:${encodeURIComponent(secret)}@${mirror.address}/`;

  /** Nothing that the engine says, and nothing that a SELECT can read, has the password. */
  async function assertHidden(engine: TestEngine, secret: string) {
    const settings = await engine.rows(
      "SELECT name, value FROM duckdb_settings()",
    );
    const said = JSON.stringify([engine.answers, engine.events, settings]);
    for (const form of [secret, encodeURIComponent(secret)])
      assert.ok(!said.includes(form));
  }

  it("installs from a mirror that only VS Code's proxy reaches; its login is read by no SELECT", async () => {
    const engine = await engineWith({ httpProxy: withLogin() });
    const info = await engine.handlers.installExtension({ name: "fts" });
    assert.deepEqual([info.installed, info.loaded], [true, true]);
    assert.equal(info.installedFrom, repository);
    assert.deepEqual(mirror.requests, [
      { url: ftsUrl, login: `${user}:${password}` },
    ]);
    const update = await engine.handlers.updateExtension({ name: "fts" });
    assert.equal(update.updated, false);
    await engine.succeed(`FORCE INSTALL fts FROM '${repository}'`);
    assert.equal(mirror.requests.length, 3);
    await assertHidden(engine, password);
  });

  it("tells that the proxy refused the login, without the login", async () => {
    const wrong = "wr0ng-c@nary";
    const engine = await engineWith({ httpProxy: withLogin(wrong) });
    const error = await faultOf(
      engine.handlers.installExtension({ name: "fts" }),
    );
    assert.equal(error.class, "extensionDownload");
    assert.match(error.message, /407/);
    assert.equal(mirror.requests[0]?.login, `${user}:${wrong}`);
    await assertHidden(engine, wrong);
  });

  it("takes the environment's proxy, whose login DuckDB alone would refuse and show", async () => {
    process.env["HTTP_PROXY"] = withLogin();
    const engine = await engineWith({});
    await engine.handlers.installExtension({ name: "fts" });
    assert.equal(mirror.requests[0]?.login, `${user}:${password}`);
    assert.deepEqual(
      await engine.rows("SELECT current_setting('http_proxy')"),
      [[mirror.address]],
    );
    await assertHidden(engine, password);
  });

  it("goes past the proxy to the hosts of NO_PROXY", async () => {
    process.env["HTTP_PROXY"] = withLogin();
    process.env["NO_PROXY"] = "example.org,.invalid";
    const engine = await engineWith({ extensionRepositories: [] });
    const error = await engine.fail(`INSTALL fts FROM '${repository}'`);
    assert.equal(error.error.class, "extensionDownload");
    assert.deepEqual(mirror.requests, []);
  });

  it("prefers the proxy that the user has set in DuckDB", async () => {
    const open = await ExtensionMirror.start();
    try {
      const engine = await engineWith({ httpProxy: "127.0.0.1:9" });
      await engine.succeed(`SET GLOBAL http_proxy = '${open.address}'`);
      await engine.succeed("INSTALL fts");
      assert.deepEqual(open.requests, [{ url: ftsUrl, login: "" }]);
    } finally {
      await open.stop();
    }
  });

  it("downloads what an attachment needs after consent only, then attaches", async () => {
    const engine = await engineWith({ httpProxy: withLogin() });
    const missing = await faultOf(engine.attach("pg"));
    assert.equal(missing.class, "extensionMissing");
    assert.equal(
      missing.extension?.from,
      ftsUrl.replace("/fts.", "/postgres_scanner."),
    );
    assert.deepEqual(mirror.requests, []);
    await engine.handlers.installExtension({ name: "postgres_scanner" });
    assert.equal((await engine.attach("pg")).state, "attached");
    const free = await engineWith({
      httpProxy: withLogin(),
      downloadExtensions: true,
    });
    assert.equal((await free.attach("pg")).state, "attached");
  });

  it("says that https needs httpfs, and names no login of a mirror", async () => {
    const engine = await engineWith({ httpProxy: withLogin() });
    const error = await faultOf(
      engine.handlers.installExtension({
        name: "fts",
        place: {
          kind: "repository",
          place: "https://me:m1rror-canary@mirror.invalid",
        },
      }),
    );
    assert.match(error.message, /https with its extension httpfs/);
    assert.match(error.message, /https:\/\/mirror\.invalid\/v1\.5\.5/);
    assert.ok(!JSON.stringify(engine.answers).includes("m1rror-canary"));
  });
});
