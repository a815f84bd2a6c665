import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Locator } from "playwright-core";
import type { DemoInVscode } from "../support/demo";
import { until } from "../support/until";
import { demoSuite } from "./support/demoSuite";

const statement = "DELETE FROM public.raw_memories WHERE false;\n";

/** An attachment that is changed while it is in use: what one sees and what a run does follow at once. */
describe("an attachment that is edited", () => {
  const suite = demoSuite({
    prepare: async (demo) => {
      await writeSettings(demo, { alias: "before", readOnly: false });
      await writeFile(path.join(demo.workspace, "write.sql"), statement);
      await writeFile(
        path.join(demo.workspace, "names.sql"),
        "SELECT count(*) AS old_name FROM before.public.sources;\nSELECT count(*) AS new_name FROM renamed.public.sources;\n",
      );
    },
  });

  const results = () => suite.workbench.webview("#results");

  const dialog = (): Locator =>
    suite.workbench.page.locator(".monaco-dialog-box");

  async function rowToBe(text: string): Promise<void> {
    await until(`the row “${text}”`, async () =>
      (await suite.workbench.sideBar.rows()).includes(text),
    );
  }

  /** Changes one property in the form of the attachment, by its menu in the tree. */
  async function edit(
    alias: string,
    property: RegExp,
    answer: () => Promise<void>,
  ): Promise<void> {
    const { sideBar, quickInput } = suite.workbench;
    await sideBar.contextAction(alias, "Edit Attachment…");
    await quickInput.choose(property);
    await answer();
    await quickInput.choose(/Test and save/);
  }

  async function runOn(alias: string): Promise<void> {
    await suite.workbench.openFile("write.sql");
    await suite.workbench.editor.clickLens(`Run on ${alias}`);
  }

  /** The colour that the status bar gives a run which waits for its confirmation. */
  async function runColour(): Promise<string> {
    await suite.workbench.statusBarEntry("Waiting for confirmation");
    return suite.workbench.page
      .locator(".part.statusbar .statusbar-item", {
        hasText: "Waiting for confirmation",
      })
      .evaluate((item) => getComputedStyle(item).backgroundColor);
  }

  it("is there with its role in the tree, and a run of it has no colour", async () => {
    await suite.workbench.sideBar.open("Viaduct");
    await rowToBe("before read-write");
    await runOn("before");
    await dialog().waitFor({ timeout: 60_000 });
    assert.equal(await runColour(), "rgba(0, 0, 0, 0)");
    await dialog().getByRole("button", { name: "Cancel" }).click();
    await results().waitForText(/not allowed to write|nothing was sent/i);
  });

  it("has its new alias everywhere once it is renamed, and the old one nowhere", async () => {
    const { workbench } = suite;
    await edit("before", /^Alias/, () =>
      workbench.quickInput.answer(/Alias of before/, "renamed"),
    );
    await rowToBe("renamed read-write");
    await until("the old row to go", async () =>
      (await workbench.sideBar.rows()).every(
        (row) => !row.startsWith("before"),
      ),
    );
    await workbench.statusBarEntry(/\+ renamed$/);
    await workbench.openFile("write.sql");
    await until("the lens of the new name", async () => {
      const lenses = (await workbench.editor.lenses()).join();
      return (
        lenses.includes("Run on renamed") && !lenses.includes("Run on before")
      );
    });
    await workbench.openFile("names.sql");
    await workbench.editor.clickLens(/^\W*Run$/, 1);
    await results().waitForText(/new_name[^]*complete/, 60_000);
    await workbench.editor.clickLens(/^\W*Run$/, 0);
    await results().waitForText(/before[^]*does not exist/i, 60_000);
    await until("the settings to have it", async () =>
      (await readFile(settingsFile(suite.demo), "utf8")).includes("renamed"),
    );
    assert.ok(
      !(await readFile(settingsFile(suite.demo), "utf8")).includes("before"),
    );
  });

  it("is red, and wants its alias typed, once it is a production server", async () => {
    const { workbench } = suite;
    await edit("renamed", /^Environment/, () =>
      workbench.quickInput.choose(/production/),
    );
    await rowToBe("renamed read-write · production");
    await runOn("renamed");
    await workbench.quickInput.waitForPrompt(/PRODUCTION.*renamed/, 60_000);
    const [red, green, blue] = channels(await runColour());
    assert.ok(red > 100 && red > 2 * green && red > 2 * blue, "it is not red");
    await workbench.screenshot("edit-production-dark");
    await workbench.quickInput.type("renamed");
    await workbench.quickInput.accept();
    await results().waitForText(/DELETE 0/, 30_000);
  });

  it("refuses a write once it is read-only", async () => {
    const { workbench } = suite;
    await edit("renamed", /^Access/, () =>
      workbench.quickInput.choose(/Read-only/),
    );
    await rowToBe("renamed read-only · production");
    await runOn("renamed");
    await results().waitForText(/read-only/i, 30_000);
    assert.ok(!(await dialog().isVisible()));
  });

  it("follows its entry in the settings, too: writes are asked about again, in another colour", async () => {
    await writeSettings(suite.demo, {
      alias: "renamed",
      readOnly: false,
      environment: "staging",
    });
    await rowToBe("renamed read-write · staging");
    await runOn("renamed");
    await dialog().waitFor({ timeout: 30_000 });
    const [red, green, blue] = channels(await runColour());
    assert.ok(red > blue && green > blue && red > 60, "it is not orange");
    await dialog().getByRole("button", { name: "Run It" }).click();
    await results().waitForText(/DELETE 0/, 30_000);
  });
});

function settingsFile(demo: DemoInVscode): string {
  return path.join(demo.workspace, ".vscode/settings.json");
}

async function writeSettings(demo: DemoInVscode, entry: object): Promise<void> {
  await writeFile(
    settingsFile(demo),
    JSON.stringify({
      "viaduct.attachments": [{ ...entry, envFile: ".env" }],
    }),
  );
}

/** Red, green and blue of a computed colour. */
function channels(colour: string): readonly [number, number, number] {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map(
    Number,
  );
  return [red, green, blue];
}
