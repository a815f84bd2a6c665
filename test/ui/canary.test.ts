import assert from "node:assert/strict";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import net from "node:net";
import path from "node:path";
import type { Browser } from "playwright-core";
import { canary, filesWithCanary, findCanary } from "../support/canary";
import { startDemoInVscode, type DemoInVscode } from "../support/demo";
import { otherProgram } from "../support/otherProgram";
import { until } from "../support/until";
import { launchBrowser } from "../support/vscode/browser";
import { Workbench } from "./support/workbench";

const settings = { "workbench.colorTheme": "Dark Modern" };

/** An env file whose password is the canary. */
async function writeCanaryEnv(
  demo: DemoInVscode,
  { host = "127.0.0.1", port = demo.postgres.port } = {},
): Promise<string> {
  const file = path.join(demo.workspace, ".env");
  const lines = [
    ...[`POSTGRES_HOST=${host}`, `POSTGRES_PORT=${port}`],
    ...[
      `POSTGRES_DATABASE=${demo.database.database}`,
      "POSTGRES_USER=canary_ui",
    ],
    `POSTGRES_PASSWORD=\`${canary}\``,
  ];
  await writeFile(file, `${lines.join("\n")}\n`);
  await writeFile(
    path.join(demo.workspace, ".vscode/settings.json"),
    JSON.stringify({
      "viaduct.database": "memory.duckdb",
      "viaduct.attachments": [{ alias: "source_memories", envFile: ".env" }],
    }),
  );
  return file;
}

/** The arguments and environments of all processes of the machine that may be looked at. */
function processTexts(): string[] {
  if (process.platform !== "linux") {
    return [];
  }
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) =>
      ["cmdline", "environ"].map((what) => {
        try {
          return readFileSync(`/proc/${name}/${what}`, "utf8");
        } catch {
          // Gone, or another user's.
          return "";
        }
      }),
    );
}

/** What the workbench keeps in the browser: its state, and that of its extensions. */
async function browserStorage(workbench: Workbench): Promise<string> {
  // A text: what the loader adds to a function is not there in the page.
  return workbench.page.evaluate<string>(`(async () => {
    const wait = (request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const kept = [Object.entries(localStorage), Object.entries(sessionStorage)];
    for (const { name } of await indexedDB.databases()) {
      const database = await wait(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const all = database.transaction(store).objectStore(store);
        kept.push(name, store, await wait(all.getAllKeys()), await wait(all.getAll()));
      }
      database.close();
    }
    return JSON.stringify(kept);
  })()`);
}

describe("a canary password in the workbench", () => {
  let demo: DemoInVscode;
  let browser: Browser;
  let workbench: Workbench;
  let envFile: string;
  const seen: string[] = [];

  before(async function () {
    this.timeout(180_000);
    demo = await startDemoInVscode({ settings });
    const client = await demo.postgres.connect();
    await client.query(
      `CREATE ROLE canary_ui LOGIN PASSWORD ${client.escapeLiteral(canary)}; GRANT pg_read_all_data TO canary_ui`,
    );
    await client.end();
    envFile = await writeCanaryEnv(demo);
    browser = await launchBrowser();
    workbench = await Workbench.open(browser, demo.url);
    await workbench.page
      .context()
      .grantPermissions(["clipboard-read", "clipboard-write"]);
  });

  after(async () => {
    await browser.close();
    await demo.stop();
  });

  /** Everything that the page shows now, in all of its frames. */
  const look = async (): Promise<void> => {
    for (const frame of workbench.page.frames()) {
      seen.push(await frame.content().catch(() => ""));
    }
    seen.push(...(await workbench.notifications.messages()));
  };

  const search = async (): Promise<void> => {
    await look();
    const texts = [
      ...seen,
      ...workbench.console,
      ...processTexts(),
      await browserStorage(workbench),
    ];
    for (const text of texts) {
      assert.equal(findCanary(text), null);
    }
    const data = path.dirname(demo.vscode.extensions);
    // The extension is linked there, this test and all.
    const own = readdirSync(data).filter((name) => name !== "extensions");
    assert.deepEqual(
      own.flatMap((name) => filesWithCanary(path.join(data, name))),
      [],
    );
    assert.deepEqual(filesWithCanary(demo.workspace, [envFile]), []);
  };

  const run = async (file: string, expected: RegExp): Promise<void> => {
    await workbench.openFile(file);
    await workbench.editor.clickLens(/^\W*Run$/);
    await workbench.webview("#results").waitForText(expected, 60_000);
    await look();
  };

  it("is in nothing after attaching, running, browsing, copying and the log", async () => {
    await run("04-hybrid.sql", /04-hybrid[^]* rows\s+complete/);
    const grid = (await workbench.webview("#results").frame()).locator(
      '[role="grid"]',
    );
    await grid.focus();
    await workbench.page.keyboard.press("Control+A");
    await workbench.page.keyboard.press("Control+C");
    const copied = await until("the cells on the clipboard", () =>
      workbench.page.evaluate(() => navigator.clipboard.readText()),
    );
    seen.push(copied);
    await workbench.sideBar.open("Viaduct");
    await workbench.sideBar.expand(/source_memories/);
    seen.push(await workbench.sideBar.tooltip(/source_memories/));
    await workbench.runCommand("Viaduct: Show Log");
    await search();
  });

  it("is in nothing after a server could not be reached", async () => {
    await writeCanaryEnv(demo, { host: "nowhere.invalid" });
    await workbench.runCommand("Viaduct: Restart Engine");
    await run("04-hybrid.sql", /nowhere\.invalid|host name|failed/i);
    await search();
  });

  it("is found where it is planted", async () => {
    const data = path.dirname(demo.vscode.extensions);
    const [own] = readdirSync(data).filter((name) => name !== "extensions");
    const file = path.join(data, own ?? "", "planted.log");
    await writeFile(file, canary);
    await assert.rejects(search);
    await rm(file);
    await search();
    seen.push(JSON.stringify({ canary }));
    await assert.rejects(search);
    seen.pop();
    await workbench.page.evaluate((value) => {
      localStorage.setItem("planted", value);
    }, canary);
    await assert.rejects(search);
  });
});

describe("an untrusted workspace with a password in its env file", () => {
  let demo: DemoInVscode;
  let browser: Browser;
  let workbench: Workbench;
  let envFile: string;
  let listener: net.Server;
  let connections = 0;

  before(async function () {
    this.timeout(180_000);
    demo = await startDemoInVscode({ settings, workspaceTrust: true });
    listener = net.createServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) =>
      listener.listen(0, "127.0.0.1", resolve),
    );
    const { port } = listener.address() as net.AddressInfo;
    envFile = await writeCanaryEnv(demo, { port });
    // Older than its content, so that the next reader is noted wherever access times are kept.
    const { mtime } = await stat(envFile);
    await utimes(envFile, new Date(0), mtime);
    browser = await launchBrowser();
    workbench = await Workbench.open(browser, demo.url);
  });

  after(async () => {
    await browser.close();
    listener.close();
    await demo.stop();
  });

  it("has no file read for credentials, nothing connected and nothing executed", async function () {
    await workbench.openFile("08-credentials.sql");
    await workbench.editor.waitForSquiggle("error");
    await workbench.sideBar.open("Viaduct");
    await workbench.page
      .locator(".part.sidebar .welcome-view-content")
      .getByText("Restricted Mode")
      .waitFor();
    await workbench.openFile("04-hybrid.sql");
    for (const key of [
      "Control+Enter",
      "Control+Shift+Enter",
      "Control+Alt+Enter",
    ]) {
      await workbench.editor.press(key);
    }
    assert.equal((await stat(envFile)).atimeMs, 0, "the env file was read");
    assert.equal(connections, 0);
    const data = path.dirname(demo.vscode.extensions);
    const left = readdirSync(data)
      .filter((name) => name !== "extensions")
      .flatMap((name) =>
        statSync(path.join(data, name)).isDirectory()
          ? readdirSync(path.join(data, name), {
              recursive: true,
              encoding: "utf8",
            })
          : [],
      );
    assert.deepEqual(
      left.filter((file) => file.includes("viaduct-engine-")),
      [],
    );
    // Whoever had it open would be in the way.
    assert.equal(
      otherProgram(path.join(demo.workspace, "memory.duckdb"), "SELECT 1"),
      "",
    );
    // Proof that a reader would have been seen.
    await readFile(envFile);
    if ((await stat(envFile)).atimeMs === 0) {
      this.skip();
    }
  });
});
