import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { canary, filesWithCanary, findCanary } from "../support/canary";
import { startDemoInVscode, type DemoInVscode } from "../support/demo";
import { seenProcesses } from "../support/processes";
import { until } from "../support/until";
import { browserStorage } from "./support/browserStorage";
import { writeCanaryEnv } from "./support/canaryWorkspace";
import { Workbench } from "./support/workbench";
import { type SuiteBrowser, openBrowser } from "./support/suiteBrowser";

const settings = { "workbench.colorTheme": "Dark Modern" };

describe("a canary password in the workbench", () => {
  let demo: DemoInVscode;
  let browser: SuiteBrowser;
  let workbench: Workbench;
  let envFile: string;
  /** All that was shown or copied so far. */
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
    browser = await openBrowser();
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

  /** What the server keeps; the extension is linked there, this test and all. */
  const kept = (): readonly string[] => {
    const data = path.dirname(demo.vscode.extensions);
    return readdirSync(data)
      .filter((name) => name !== "extensions")
      .map((name) => path.join(data, name));
  };

  const search = async (): Promise<void> => {
    await look();
    const texts = [
      ...seen,
      ...workbench.console,
      demo.vscode.log,
      ...seenProcesses().flatMap((each) => [each.arguments, each.environment]),
      await browserStorage(workbench),
    ];
    for (const text of texts) {
      assert.equal(findCanary(text), null);
    }
    assert.deepEqual(
      kept().flatMap((folder) => filesWithCanary(folder)),
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

  /** Does something that copies until the clipboard has this: just after a run the editor may take the keys. */
  const copying = async (
    expected: RegExp,
    work: () => Promise<void>,
  ): Promise<void> => {
    seen.push(
      await until(`${String(expected)} on the clipboard`, async () => {
        await work();
        const copied = await workbench.page.evaluate(() =>
          navigator.clipboard.readText(),
        );
        return expected.test(copied) ? copied : null;
      }),
    );
  };

  it("is in nothing after attaching, running, browsing, copying and the log", async () => {
    await run("04-hybrid.sql", /04-hybrid[^]* rows\s+complete/);
    const grid = (await workbench.webview("#results").frame()).locator(
      '[role="grid"]',
    );
    await copying(/\t/, async () => {
      await grid.locator('[role="gridcell"]').first().click();
      await workbench.page.keyboard.press("Control+A");
      await workbench.page.keyboard.press("Control+C");
    });
    await workbench.sideBar.open("Viaduct");
    await workbench.sideBar.expand(/source_memories/);
    await look();
    seen.push(await workbench.sideBar.tooltip(/source_memories/, /\.env/));
    await workbench.runCommand("Viaduct: Show Log");
    await search();
  });

  it("is in nothing that the doctor shows and copies", async () => {
    await workbench.runCommand("Viaduct: Run Doctor");
    const page = workbench.webview(".groups");
    await page.waitForText(/Server reachable\s+Passed/, 60_000);
    for (const [button, start] of [
      ["Copy as Markdown", /^# Viaduct Doctor/],
      ["Copy as JSON", /^\{/],
    ] as const) {
      await copying(start, async () => {
        await (
          await page.frame()
        )
          .getByRole("button", { name: button })
          .click();
      });
    }
    await search();
  });

  it("is in nothing after it went to SecretStorage, which a served VS Code without a key keeps in memory", async () => {
    await workbench.runCommand("Viaduct: Set Password…");
    await workbench.quickInput.choose(/Keep it in/);
    await until("to be asked", async () =>
      (await workbench.quickInput.prompt()).includes(
        "no file of the workspace",
      ),
    );
    await workbench.quickInput.type(canary);
    await look();
    await workbench.quickInput.accept();
    const file = path.join(demo.workspace, ".vscode/settings.json");
    await until("the attachment to be saved", async () =>
      (await readFile(file, "utf8")).includes('"secretStorage"'),
    );
    await search();
  });

  it("is in nothing after a server could not be reached", async () => {
    await writeCanaryEnv(demo, { host: "nowhere.invalid" });
    await workbench.runCommand("Viaduct: Restart Engine");
    await workbench.notifications.waitFor(/nowhere\.invalid/, 60_000);
    await run("04-hybrid.sql", /failed/);
    await search();
  });

  it("is found where it is planted", async () => {
    const file = path.join(kept()[0] ?? "", "planted.log");
    await writeFile(file, canary);
    await assert.rejects(search);
    await rm(file);
    await search();
    seen.push(JSON.stringify({ canary }));
    await assert.rejects(search);
    seen.splice(0, seen.length);
    const plantings: readonly string[] = [
      `localStorage.setItem("planted", value)`,
      `new Promise((resolve) => {
        const opening = indexedDB.open("planted");
        opening.onupgradeneeded = () => opening.result.createObjectStore("s").put(value, 1);
        opening.onsuccess = () => { opening.result.close(); resolve(); };
      })`,
      `console.log(value)`,
      `document.body.append(value)`,
    ];
    const undo: readonly string[] = [
      `localStorage.removeItem("planted")`,
      `new Promise((resolve) => {
        indexedDB.deleteDatabase("planted").onsuccess = resolve;
      })`,
    ];
    for (const [at, planting] of plantings.entries()) {
      await workbench.page.evaluate(
        `(async () => { const value = ${JSON.stringify(canary)}; await ${planting}; })()`,
      );
      await assert.rejects(search, planting);
      await workbench.page.evaluate(
        `(async () => { await ${undo[at] ?? "0"}; })()`,
      );
      if (undo[at] !== undefined) {
        await search();
      }
    }
  });
});
