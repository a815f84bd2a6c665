import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { Browser } from "playwright-core";
import { startDemoInVscode, type DemoInVscode } from "../support/demo";
import { until } from "../support/until";
import { launchBrowser } from "../support/vscode/browser";
import { Workbench } from "./support/workbench";

const settings = { "workbench.colorTheme": "Dark Modern" };

describe("the doctor in the workbench", () => {
  let demo: DemoInVscode;
  let browser: Browser;
  let workbench: Workbench;

  before(async function () {
    this.timeout(180_000);
    demo = await startDemoInVscode({ settings });
    await writeFile(
      path.join(demo.workspace, ".vscode/settings.json"),
      JSON.stringify({
        "viaduct.attachments": [{ alias: "source_memories", envFile: ".env" }],
      }),
    );
    browser = await launchBrowser();
    workbench = await Workbench.open(browser, demo.url);
  });

  after(async () => {
    await browser.close();
    await demo.stop();
  });

  it("shows what it found in a tab, from the palette", async () => {
    // The palette has what is registered when it opens.
    await workbench.openFile("04-hybrid.sql");
    await workbench.statusBarEntry(/Viaduct|memory/);
    await workbench.runCommand("Viaduct: Run Doctor");
    const page = workbench.webview(".groups");
    const text = await page.waitForText(/Server reachable[^]*Locks/, 60_000);
    assert.match(text, /\d+ passed, \d+ warnings?, 0 failed/);
    assert.match(text, /Server reachable\s+Passed\s+Connected in \d+ ms/);
    await workbench.screenshot("doctor-dark");
  });

  it("examines again, and opens what a button promises", async () => {
    const page = workbench.webview(".groups");
    await demo.postgres.stop();
    await (
      await page.frame()
    )
      .getByRole("button", { name: "Run Again" })
      .click();
    const text = await page.waitForText(/Server reachable\s+Failed/, 60_000);
    assert.match(text, /1 failed|2 failed|3 failed/);
    const open = (await page.frame()).getByRole("button", {
      name: "Open Env File: Server reachable",
    });
    await open.click();
    await until(
      "the env file's editor",
      async () =>
        (await workbench.page.locator('.tab[aria-label^=".env"]').count()) > 0,
    );
  });
});
