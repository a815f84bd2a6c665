import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { startDemoInVscode, type DemoInVscode } from "../support/demo";
import { until } from "../support/until";
import { Workbench } from "./support/workbench";
import { type SuiteBrowser, openBrowser } from "./support/suiteBrowser";

const settings = { "workbench.colorTheme": "Dark Modern" };

/** Settings of the workspace that name the demo's attachment, as a colleague would have committed them. */
async function nameAttachment(demo: DemoInVscode): Promise<void> {
  await writeFile(
    path.join(demo.workspace, ".vscode/settings.json"),
    JSON.stringify({
      "viaduct.database": "memory.duckdb",
      // Otherwise the first window lets go of the file, and the second one has it.
      "viaduct.releaseDatabaseAfterSeconds": 0,
      "viaduct.attachments": [{ alias: "source_memories", envFile: ".env" }],
    }),
  );
}

async function runFirstStatement(
  workbench: Workbench,
  file: string,
): Promise<void> {
  await workbench.openFile(file);
  await workbench.editor.clickLens(/^\W*Run$/);
}

describe("the panel and the windows of a trusted workspace", () => {
  let demo: DemoInVscode;
  let browser: SuiteBrowser;
  let workbench: Workbench;

  before(async function () {
    this.timeout(180_000);
    demo = await startDemoInVscode({ settings });
    await nameAttachment(demo);
    browser = await openBrowser();
    workbench = await Workbench.open(browser, demo.url);
  });

  after(async () => {
    await browser.close();
    await demo.stop();
  });

  it("attaches what the settings name when something is run, without a question", async () => {
    await runFirstStatement(workbench, "04-hybrid.sql");
    const text = await workbench
      .webview("#results")
      .waitForText(/04-hybrid[^]* rows\s+complete/, 60_000);
    assert.match(text, /7,200 rows/);
  });

  it("has the rows and the place in them after it was hidden", async () => {
    const panel = workbench.webview("#results");
    const frame = await panel.frame();
    await frame.locator('[role="grid"]').focus();
    await workbench.page.keyboard.press("Control+End");
    const last = frame.locator('[role="row"][aria-rowindex="7201"]');
    await until("the last row", async () => /\d/.test(await last.innerText()));
    const before = await last.innerText();
    await workbench.openPanelView("Problems");
    await last.waitFor({ state: "hidden" });
    await workbench.openPanelView("Viaduct Results");
    const again = (await panel.frame()).locator(
      '[role="row"][aria-rowindex="7201"]',
    );
    await until(
      "the last row again",
      async () => (await again.innerText()) === before,
    );
  });

  it("says in a second window who holds the DuckDB file, and the first goes on", async () => {
    const second = await Workbench.open(browser, demo.url);
    try {
      await runFirstStatement(second, "04-hybrid.sql");
      const message = await second.notifications.waitFor("memory.duckdb");
      assert.match(message, /PID \d+|process \d+/);
      await second.webview("#results").waitForText(/is locked by/, 30_000);
      await second.screenshot("locked-dark");
    } finally {
      await second.close();
    }
    await runFirstStatement(workbench, "05-materialise.sql");
    await workbench
      .webview("#results")
      .waitForText(/05-materialise[^]*succeeded/, 60_000);
  });
});
