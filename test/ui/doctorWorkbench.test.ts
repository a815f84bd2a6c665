import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { until } from "../support/until";
import { demoSuite } from "./support/demoSuite";

describe("the doctor in the workbench", () => {
  const suite = demoSuite({
    prepare: async (demo) => {
      await writeFile(
        path.join(demo.workspace, ".vscode/settings.json"),
        JSON.stringify({
          "viaduct.attachments": [
            { alias: "source_memories", envFile: ".env" },
          ],
        }),
      );
    },
  });

  it("shows what it found in a tab, from the palette", async () => {
    // The palette has what is registered when it opens.
    await suite.workbench.openFile("04-hybrid.sql");
    await suite.workbench.statusBarEntry(/Viaduct|memory/);
    await suite.workbench.runCommand("Viaduct: Run Doctor");
    const page = suite.workbench.webview(".groups");
    const text = await page.waitForText(/Server reachable[^]*Locks/, 60_000);
    assert.match(text, /\d+ passed, \d+ warnings?, 0 failed/);
    assert.match(text, /Server reachable\s+Passed\s+Connected in \d+ ms/);
    await suite.workbench.screenshot("doctor-dark");
  });

  it("examines again, and opens what a button promises", async () => {
    const page = suite.workbench.webview(".groups");
    await suite.demo.postgres.stop();
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
        (await suite.workbench.page
          .locator('.tab[aria-label^=".env"]')
          .count()) > 0,
    );
  });
});
