import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { until } from "../support/until";
import { demoSuite } from "./support/demoSuite";

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
  const suite = demoSuite({
    prepare: async (demo) => {
      const file = (name: string) => path.join(demo.workspace, name);
      await writeFile(file(".vscode/settings.json"), "{}\n");
      await writeFile(file("profiles.yml"), profiles);
      await writeFile(file("dbt_project.yml"), "name: demo\nprofile: memory\n");
    },
  });

  before(async () => {
    await suite.workbench.openFile("profiles.yml");
  });

  async function choose(label: string): Promise<void> {
    await suite.workbench.page
      .locator(".part.statusbar .statusbar-item")
      .filter({ hasText: "dbt: " })
      .click();
    await suite.workbench.quickInput.choose(label, 60_000);
  }

  it("shows that no target is selected, and offers those of the profile", async () => {
    await suite.workbench.statusBarEntry("dbt: no target", 60_000);
    await suite.workbench.page
      .locator(".part.statusbar .statusbar-item")
      .filter({ hasText: "dbt: " })
      .click();
    await until("the targets", async () =>
      (await suite.workbench.quickInput.entries()).includes("memory/dev"),
    );
    await suite.workbench.screenshot("dbt-targets-dark");
    await suite.workbench.quickInput.choose("memory/dev");
    await suite.workbench.statusBarEntry("dbt: memory/dev", 60_000);
    const message = await suite.workbench.notifications.waitFor(
      "memory/dev",
      60_000,
    );
    assert.match(message, /postgres_scanner_timeout/);
    await suite.workbench.screenshot("dbt-selected-dark");
    await suite.workbench.notifications.clear();
  });

  it("marks what is wrong in an output at its place", async () => {
    await choose("memory/prod");
    const message = await suite.workbench.notifications.waitFor(
      "memory/prod",
      60_000,
    );
    assert.match(message, /PRODUCTION_HOST/);
    await suite.workbench.notifications.press(
      "memory/prod",
      "Open profiles.yml",
    );
    await suite.workbench.editor.waitForSquiggle("error");
    await suite.workbench.problems("PRODUCTION_HOST");
    await suite.workbench.screenshot("dbt-problem-dark");
  });
});
