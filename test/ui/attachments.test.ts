import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Browser } from "playwright-core";
import { startDemoInVscode, type DemoInVscode } from "../support/demo";
import { until } from "../support/until";
import { launchBrowser } from "../support/vscode/browser";
import { Workbench } from "./support/workbench";

/** Attachments as a user adds them and sees them, in the real workbench. */
describe("attachments in the workbench", () => {
  let demo: DemoInVscode;
  let browser: Browser;
  let workbench: Workbench;

  before(async function () {
    this.timeout(180_000);
    demo = await startDemoInVscode({
      settings: { "workbench.colorTheme": "Dark Modern" },
    });
    browser = await launchBrowser();
    workbench = await Workbench.open(browser, demo.url);
  });

  after(async () => {
    await browser.close();
    await demo.stop();
  });

  afterEach(async function () {
    if (this.currentTest?.state === "failed") {
      const name = this.currentTest.title.replace(/[^\w]+/g, "-").slice(0, 40);
      console.log(await workbench.screenshot(`failed-${name}`));
    }
  });

  const settingsFile = (): string =>
    path.join(demo.workspace, ".vscode/settings.json");

  /** Answers an input box once it asks for this. */
  async function type(asked: RegExp, text: string): Promise<void> {
    await until(`to be asked ${String(asked)}`, async () =>
      asked.test(await workbench.quickInput.prompt()),
    );
    await workbench.quickInput.type(text);
  }

  it("adds one step by step, and says at once what is wrong with an alias", async () => {
    await workbench.sideBar.open("Viaduct");
    await workbench.runCommand("Viaduct: Add Attachment…");
    await until("the sources", async () =>
      (await workbench.quickInput.entries()).some((entry) =>
        entry.includes("POSTGRES_* in .env"),
      ),
    );
    await workbench.screenshot("add-source-dark");
    await workbench.quickInput.choose(/POSTGRES_\* in \.env$/);
    await type(/Name of the database/, "memory");
    await until("the refusal", async () =>
      (await workbench.quickInput.prompt()).includes("DuckDB uses itself"),
    );
    await workbench.screenshot("add-alias-dark");
    await type(/./, "warehouse");
    await workbench.quickInput.accept();
    await workbench.quickInput.choose(/Read-only/);
    await until("the roles", async () =>
      (await workbench.quickInput.entries()).some((entry) =>
        entry.includes("production"),
      ),
    );
    await workbench.screenshot("add-role-dark");
    await workbench.quickInput.choose(/production/);
    await workbench.sideBar.row("warehouse", 1);
    const rows = await workbench.sideBar.rows();
    assert.ok(
      rows.some((row) => row === "warehouse read-only · production"),
      rows.join(" | "),
    );
  });

  it("shows roles, detached ones, what cannot be reached and wrong entries in the tree", async () => {
    await until("the reference to be saved", async () =>
      (await readFile(settingsFile(), "utf8").catch(() => "")).includes(
        "warehouse",
      ),
    );
    await writeFile(
      settingsFile(),
      JSON.stringify(
        {
          "viaduct.database": "memory.duckdb",
          "viaduct.attachments": [
            {
              alias: "warehouse",
              envFile: ".env",
              environment: "production",
            },
            { alias: "sandbox", envFile: ".env", environment: "development" },
            {
              alias: "rehearsal",
              envFile: ".env",
              readOnly: false,
              environment: "staging",
              schemas: ["public"],
            },
            { alias: "shelved", envFile: ".env" },
            {
              alias: "away",
              connection: "host=127.0.0.1 port=1 dbname=d user=u",
              environment: "production",
            },
            { alias: "broken", envFile: ".env", service: "s" },
          ],
        },
        null,
        2,
      ),
    );
    for (const label of ["sandbox", "rehearsal", "shelved", "away"]) {
      await workbench.sideBar.row(label, 1);
    }
    await workbench.sideBar.row(/"broken" in the settings/, 1);
    await workbench.notifications.waitFor(/"broken".*only one of/);
    await workbench.notifications.clear();
    await workbench.sideBar.contextAction("shelved", "Detach");
    await until("the detached one", async () =>
      (await workbench.sideBar.rows()).includes("shelved detached"),
    );
    await workbench.sideBar.expand("rehearsal", 1);
    await workbench.sideBar.row("public", 2);
    await workbench.screenshot("roles-dark");
    const tooltip = await workbench.sideBar.tooltip("warehouse");
    assert.match(tooltip, /PostgreSQL .* as /);
    assert.match(tooltip, /read-only · production/);
    assert.match(tooltip, /TLS: /);
    assert.match(tooltip, /Source: POSTGRES_\* in \.env/);
    await workbench.screenshot("roles-tooltip-dark");
  });

  it("keeps open what is open when the tree is refreshed", async () => {
    await workbench.runCommand("Viaduct: Refresh");
    await workbench.sideBar.row("public", 2);
  });

  it("attaches a detached one with a click", async () => {
    await workbench.sideBar.inlineAction("shelved", "Attach");
    await until("it to be attached", async () =>
      (await workbench.sideBar.rows()).includes("shelved read-only"),
    );
  });

  it("shows a failed attach with what could mend it, for that attachment", async () => {
    await workbench.sideBar.contextAction("away", "Reconnect");
    await workbench.notifications.waitFor(/refused/i);
    await workbench.screenshot("attach-failed-dark");
    await workbench.notifications.press(/refused/i, "Edit Attachment");
    await until("its form", async () =>
      (await workbench.quickInput.prompt()).includes("Attachment away"),
    );
    await workbench.screenshot("edit-dark");
    await workbench.quickInput.dismiss();
  });

  it("looks right in light, too", async () => {
    await workbench.notifications.clear();
    await workbench.useTheme("Light Modern");
    await workbench.sideBar.open("Viaduct");
    await workbench.screenshot("roles-light");
    await workbench.sideBar.contextAction("away", "Edit Attachment…");
    await until("its form", async () =>
      (await workbench.quickInput.prompt()).includes("Attachment away"),
    );
    await workbench.screenshot("edit-light");
    await workbench.quickInput.choose(/Test and save/);
    await workbench.page.locator(".monaco-dialog-box").waitFor();
    await workbench.screenshot("add-failed-light");
    await workbench.page
      .locator(".monaco-dialog-box")
      .getByRole("button", { name: "Cancel" })
      .click();
  });
});
