import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { until } from "../support/until";
import { resultsSuite } from "./support/resultsSuite";

/** A password in a statement: it must be in no file beside a pinned result. */
const canary = "c4nary-in-a-pinned-result";

const files = {
  "first.sql": `SELECT i AS n, 'first ' || i AS which FROM range(3000) t(i);\nSELECT 'password=${canary}' IS NULL AS nothing;\n`,
  "times.sql":
    "SELECT i AS n, TIMESTAMPTZ '2024-06-01 00:00:00+00' AS at FROM range(4) t(i);\n",
  "second.sql":
    "SELECT i AS n, 'second ' || i AS which FROM range(3000) t(i);\n",
};

describe("the tabs of results in the workbench", () => {
  const suite = resultsSuite(files);

  const panel = () => suite.panel();
  const beside = () => suite.workbench.webview("#result-beside");

  /** Files of pinned results, wherever this VS Code keeps them. */
  async function kept(): Promise<readonly string[]> {
    return suite.stored(/viaduct\.viaduct[\\/]results[\\/][^\\/]+$/);
  }

  it("has one for each file, and shows two results beside each other", async () => {
    await suite.run("first.sql");
    await suite.run("second.sql");
    assert.deepEqual(await suite.tabs(), ["first.sql", "second.sql"]);
    await suite.workbench.runCommand("Viaduct: Open Result Beside");
    await beside().waitForText(/second 3/);
    const frame = await panel().frame();
    await frame.getByRole("tab", { name: /^first/ }).click();
    await frame.getByRole("tab", { name: /^1/ }).click();
    await panel().waitForText(/first 3/);
    await beside().waitForText(/second 3/);
    await suite.workbench.screenshot("results-beside-dark");
    await frame.locator(".scroller").focus();
    await frame.locator(".scroller").press("Control+End");
    await beside().waitForText(/second 2999/);
    await frame.locator(".scroller").press("Control+Home");
    await beside().waitForText(/second 3/);
    await suite.workbench.runCommand(
      "Viaduct: Results: Show What Differs from Another Result",
    );
    await panel().waitForText(/3,000 rows differ · paired by place/);
    await beside().waitForText(/3,000 rows differ · paired by place/);
    await frame.getByRole("button", { name: "End the comparison" }).click();
  });

  it("keeps what stands beside when its tab is closed, and when its file is run again", async () => {
    await suite.run("second.sql");
    // What the panel showed before says as much as what is run: its tab tells when it is there.
    await until(
      "the tab of the new run",
      async () =>
        (await suite.tabs()).join() === "first.sql,second.sql,second.sql",
    );
    const frame = await panel().frame();
    await frame.locator(".result-tab").nth(1).hover();
    await frame.locator(".result-tab .close-mark").nth(1).click();
    await until(
      "the tab to be closed",
      async () => (await suite.tabs()).length === 2,
    );
    // An editor stands before it: the page has room for its first rows only.
    await beside().waitForText(/second 1/);
  });

  it("keeps a pinned result in files, without a secret in them", async () => {
    await suite.showTab(/^first/);
    await suite.pin();
    const found = await kept();
    assert.equal(found.filter((name) => name.endsWith(".duckdb")).length, 2);
    for (const name of found) {
      const bytes = await readFile(path.join(suite.dataFolder, name));
      assert.ok(!bytes.includes(canary), `${name} has the password`);
    }
    await suite.workbench.screenshot("results-pinned-dark");
  });

  it("deletes its files when it is unpinned, and has the rows still", async () => {
    const frame = await panel().frame();
    await frame.getByRole("button", { name: "Pin", exact: true }).click();
    await until(
      "the files to be gone",
      async () => (await kept()).length === 0,
    );
    await panel().waitForText(/first 3/);
  });

  it("shows times in the zone of the setting as soon as it is written, and in another one that is chosen", async () => {
    await suite.run("times.sql");
    await suite.set({ "viaduct.results.timeZone": "Asia/Kolkata" });
    await panel().waitForText(/Asia\/Kolkata[^]*05:30:00\+05:30/, 60_000);
    await suite.workbench.runCommand("Viaduct: Show Times in…");
    await suite.workbench.quickInput.type("UTC");
    await suite.workbench.quickInput.choose("UTC");
    await panel().waitForText(/· UTC[^]* 00:00:00\+00/);
  });

  it("offers the palette what is selected", async () => {
    const frame = await panel().frame();
    await frame.locator('[role="grid"]').focus();
    for (const key of ["Control+Home", "ArrowDown", "Shift+ArrowDown"]) {
      await suite.workbench.page.keyboard.press(key);
    }
    const { quickInput } = suite.workbench;
    await suite.workbench.runCommand("Viaduct: Copy Result As…");
    await quickInput.waitForPrompt(/Which rows/);
    assert.deepEqual(await quickInput.entries(), [
      "The selection",
      "The whole result",
    ]);
    await quickInput.choose("The selection");
    await quickInput.choose("TSV");
    await suite.workbench.statusBarEntry("Copied 2 rows.");
    assert.equal(
      await suite.workbench.page.evaluate<string>(
        "navigator.clipboard.readText()",
      ),
      "n\n1\n2",
    );
  });
});
