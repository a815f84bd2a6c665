import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Locator } from "playwright-core";
import { until } from "../support/until";
import { demoSuite } from "./support/demoSuite";

const statement = "DELETE FROM public.raw_memories WHERE false;\n";

describe("writes to a server, and files that change, in the workbench", () => {
  const suite = demoSuite({
    prepare: async (demo) => {
      await writeFile(
        path.join(demo.workspace, ".vscode/settings.json"),
        JSON.stringify({
          "viaduct.attachments": [
            { alias: "source_memories", envFile: ".env", readOnly: false },
            {
              alias: "live",
              envFile: ".env",
              readOnly: false,
              environment: "production",
            },
          ],
        }),
      );
      await writeFile(path.join(demo.workspace, "write.sql"), statement);
    },
  });

  before(async () => {
    await suite.workbench.openFile("write.sql");
  });

  const results = () => suite.workbench.webview("#results");

  function dialog(): Locator {
    return suite.workbench.page.locator(".monaco-dialog-box");
  }

  async function runOn(alias: string): Promise<void> {
    await suite.workbench.editor.clickLens(`Run on ${alias}`);
  }

  /** Server processes that serve Viaduct. */
  async function sessions(): Promise<readonly number[]> {
    const client = await suite.demo.postgres.connect();
    try {
      const { rows } = await client.query<{ pid: number }>(
        "SELECT pid FROM pg_stat_activity WHERE application_name ILIKE 'viaduct%'",
      );
      return rows.map(({ pid }) => pid);
    } finally {
      await client.end();
    }
  }

  it("asks before a write, naming verb, alias and server, and sends nothing after a no", async () => {
    await runOn("source_memories");
    await dialog().waitFor({ timeout: 60_000 });
    const text = await dialog().innerText();
    assert.match(
      text,
      /DELETE writes to “source_memories” \(PostgreSQL [\d.]+ · \S+ at localhost/,
    );
    assert.match(text, /covers every write of this run/);
    await suite.workbench.statusBarEntry("Waiting for confirmation");
    await suite.workbench.screenshot("write-question-dark");
    await dialog().getByRole("button", { name: "Cancel" }).click();
    await results().waitForText(/not allowed to write|nothing was sent/i);
  });

  it("runs it after a yes", async () => {
    await runOn("source_memories");
    await dialog().getByRole("button", { name: "Run It" }).click();
    await results().waitForText(/DELETE 0/);
  });

  it("wants the alias typed for production, and shows the role", async () => {
    await runOn("live");
    await suite.workbench.quickInput.waitForPrompt(/PRODUCTION.*live/, 60_000);
    await suite.workbench.quickInput.type("liv");
    await suite.workbench.page
      .getByText("press Escape not to")
      .first()
      .waitFor();
    await results().waitForText(/production/);
    await suite.workbench.screenshot("write-production-dark");
    await suite.workbench.quickInput.type("live");
    await suite.workbench.quickInput.accept();
    await results().waitForText(/DELETE 0/);
  });

  it("refuses after Escape", async () => {
    await runOn("live");
    await suite.workbench.quickInput.waitForPrompt(/PRODUCTION.*live/, 60_000);
    await suite.workbench.quickInput.dismiss();
    await results().waitForText(/not allowed to write|nothing was sent/i);
  });

  it("offers to reconnect when the env file says something else, and not for a comment", async () => {
    const file = path.join(suite.demo.workspace, ".env");
    const text = await readFile(file, "utf8");
    const before = await sessions();
    await writeFile(file, `${text}# only a comment\n`);
    await writeFile(file, `${text}POSTGRES_HOST=127.0.0.1\n`);
    const message =
      await suite.workbench.notifications.waitFor(".env has changed");
    assert.match(message, /Reconnect source_memories, live\?/);
    await suite.workbench.screenshot("env-changed-dark");
    await suite.workbench.notifications.press(".env has changed", "Reconnect");
    await until("sessions of the new values", async () =>
      (await sessions()).some((pid) => !before.includes(pid)),
    );
  });
});
