import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { Browser } from "playwright-core";
import { startDemoInVscode, type DemoInVscode } from "../support/demo";
import { until } from "../support/until";
import { launchBrowser } from "../support/vscode/browser";
import { Workbench } from "./support/workbench";

const profiles = `memory:
  target: dev
  outputs:
    dev:
      type: duckdb
      path: dbt.duckdb
      settings:
        postgres_scanner_timeout: 30000
      external_sources:
        postgresql:
          host: "{{ env_var('POSTGRES_HOST') }}"
          port: "{{ env_var('POSTGRES_PORT', '5432') | int }}"
          database: "{{ env_var('POSTGRES_DATABASE') }}"
          user: "{{ env_var('POSTGRES_USER') }}"
          password: "{{ env_var('POSTGRES_PASSWORD') }}"
    prod:
      type: duckdb
      path: prod.duckdb
      external_sources:
        postgresql:
          host: "{{ env_var('PRODUCTION_HOST') }}"
          database: memories
          user: reader
          password: "{{ env_var('PRODUCTION_PASSWORD') }}"
`;

describe("dbt in the workbench", () => {
  let demo: DemoInVscode;
  let browser: Browser;
  let workbench: Workbench;

  before(async function () {
    this.timeout(180_000);
    demo = await startDemoInVscode({
      settings: { "workbench.colorTheme": "Dark Modern" },
    });
    const file = (name: string) => path.join(demo.workspace, name);
    await writeFile(file(".vscode/settings.json"), "{}\n");
    await writeFile(file("profiles.yml"), profiles);
    await writeFile(file("dbt_project.yml"), "name: demo\nprofile: memory\n");
    browser = await launchBrowser();
    workbench = await Workbench.open(browser, demo.url);
    await workbench.openFile("profiles.yml");
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

  async function choose(label: string): Promise<void> {
    await workbench.page
      .locator(".part.statusbar .statusbar-item")
      .filter({ hasText: "dbt: " })
      .click();
    await workbench.quickInput.choose(label, 60_000);
  }

  it("shows that no target is selected, and offers those of the profile", async () => {
    await workbench.statusBarEntry("dbt: no target", 60_000);
    await workbench.page
      .locator(".part.statusbar .statusbar-item")
      .filter({ hasText: "dbt: " })
      .click();
    await until("the targets", async () =>
      (await workbench.quickInput.entries()).includes("memory/dev"),
    );
    await workbench.screenshot("dbt-targets-dark");
    await workbench.quickInput.choose("memory/dev");
    await workbench.statusBarEntry("dbt: memory/dev", 60_000);
    const message = await workbench.notifications.waitFor("memory/dev", 60_000);
    assert.match(message, /postgres_scanner_timeout/);
    await workbench.screenshot("dbt-selected-dark");
    await workbench.notifications.clear();
  });

  it("marks what is wrong in an output at its place", async () => {
    await choose("memory/prod");
    const message = await workbench.notifications.waitFor(
      "memory/prod",
      60_000,
    );
    assert.match(message, /PRODUCTION_HOST/);
    await workbench.notifications.press("memory/prod", "Open profiles.yml");
    await workbench.editor.waitForSquiggle("error");
    const problems = await workbench.problems();
    assert.ok(
      problems.some((problem) => problem.includes("PRODUCTION_HOST")),
      problems.join("\n"),
    );
    await workbench.screenshot("dbt-problem-dark");
  });
});
