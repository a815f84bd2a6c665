import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { until } from "../support/until";
import { demoSuite } from "./support/demoSuite";

/** Attachments as a user adds them and sees them, in the real workbench. */
describe("attachments in the workbench", () => {
  const suite = demoSuite();

  const settingsFile = (): string =>
    path.join(suite.demo.workspace, ".vscode/settings.json");

  /** Answers an input box once it asks for this. */
  async function type(asked: RegExp, text: string): Promise<void> {
    await until(`to be asked ${String(asked)}`, async () =>
      asked.test(await suite.workbench.quickInput.prompt()),
    );
    await suite.workbench.quickInput.type(text);
  }

  it("adds one step by step, and says at once what is wrong with an alias", async () => {
    await suite.workbench.sideBar.open("Viaduct");
    await suite.workbench.runCommand("Viaduct: Add Attachment…");
    await until("the sources", async () =>
      (await suite.workbench.quickInput.entries()).some((entry) =>
        entry.includes("POSTGRES_* in .env"),
      ),
    );
    await suite.workbench.screenshot("add-source-dark");
    await suite.workbench.quickInput.choose(/POSTGRES_\* in \.env$/);
    await type(/Name of the database/, "memory");
    await until("the refusal", async () =>
      (await suite.workbench.quickInput.prompt()).includes(
        "DuckDB uses itself",
      ),
    );
    await suite.workbench.screenshot("add-alias-dark");
    await type(/./, "warehouse");
    await suite.workbench.quickInput.accept();
    await suite.workbench.quickInput.choose(/Read-only/);
    await until("the roles", async () =>
      (await suite.workbench.quickInput.entries()).some((entry) =>
        entry.includes("production"),
      ),
    );
    await suite.workbench.screenshot("add-role-dark");
    await suite.workbench.quickInput.choose(/production/);
    await suite.workbench.sideBar.row("warehouse", 1);
    await suite.workbench.sideBar.drawn("warehouse read-only · production");
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
      await suite.workbench.sideBar.row(label, 1);
    }
    await suite.workbench.sideBar.row(/"broken" in the settings/, 1);
    await suite.workbench.notifications.waitFor(/"broken".*only one of/);
    await suite.workbench.notifications.clear();
    await suite.workbench.sideBar.contextAction("shelved", "Detach");
    await until("the detached one", async () =>
      (await suite.workbench.sideBar.rows()).includes("shelved detached"),
    );
    await suite.workbench.sideBar.expand("rehearsal", 1);
    await suite.workbench.sideBar.row("public", 2);
    await suite.workbench.screenshot("roles-dark");
    const tooltip = await suite.workbench.sideBar.tooltip(
      "warehouse",
      /PostgreSQL /,
    );
    assert.match(tooltip, /PostgreSQL .* as /);
    assert.match(tooltip, /read-only · production/);
    assert.match(tooltip, /TLS: /);
    assert.match(tooltip, /Source: POSTGRES_\* in \.env/);
    await suite.workbench.screenshot("roles-tooltip-dark");
  });

  it("keeps open what is open when the tree is refreshed", async () => {
    await suite.workbench.runCommand("Viaduct: Refresh");
    await suite.workbench.sideBar.row("public", 2);
  });

  it("attaches a detached one with a click", async () => {
    await suite.workbench.sideBar.inlineAction("shelved", "Attach");
    await until("it to be attached", async () =>
      (await suite.workbench.sideBar.rows()).includes("shelved read-only"),
    );
  });

  it("shows a failed attach with what could mend it, for that attachment", async () => {
    await suite.workbench.sideBar.contextAction("away", "Reconnect");
    await suite.workbench.notifications.waitFor(/refused/i);
    await suite.workbench.screenshot("attach-failed-dark");
    await suite.workbench.notifications.press(/refused/i, "Edit Attachment");
    await until("its form", async () =>
      (await suite.workbench.quickInput.prompt()).includes("Attachment away"),
    );
    await suite.workbench.screenshot("edit-dark");
    await suite.workbench.quickInput.dismiss();
  });

  it("looks right in light, too", async () => {
    await suite.workbench.notifications.clear();
    await suite.workbench.useTheme("Light Modern");
    await suite.workbench.sideBar.open("Viaduct");
    await suite.workbench.screenshot("roles-light");
    await suite.workbench.sideBar.contextAction("away", "Edit Attachment…");
    await until("its form", async () =>
      (await suite.workbench.quickInput.prompt()).includes("Attachment away"),
    );
    await suite.workbench.screenshot("edit-light");
    await suite.workbench.quickInput.choose(/Test and save/);
    await suite.workbench.page.locator(".monaco-dialog-box").waitFor();
    await suite.workbench.screenshot("add-failed-light");
    await suite.workbench.page
      .locator(".monaco-dialog-box")
      .getByRole("button", { name: "Cancel" })
      .click();
  });
});
