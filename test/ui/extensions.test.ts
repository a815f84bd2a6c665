import assert from "node:assert/strict";
import { demoSuite } from "./support/demoSuite";

/** The section of DuckDB's extensions in the real workbench. */
describe("the section of DuckDB's extensions", () => {
  const suite = demoSuite();

  it("is closed at first, starts no engine by itself, and lists when it is asked", async () => {
    const { page, sideBar } = suite.workbench;
    await sideBar.open("Viaduct");
    const header = page.locator(".part.sidebar .pane-header", {
      hasText: "DuckDB Extensions",
    });
    assert.equal(await header.getAttribute("aria-expanded"), "false");
    await header.click();
    await (await sideBar.row(/Start the engine/)).click();
    await sideBar.row("Available", 1);
    // The section gets all the room there is: only rows that are drawn can be found.
    await page
      .locator(".part.sidebar .pane-header", { hasText: "Databases" })
      .click();
    await sideBar.expand("Built-in");
    await sideBar.drawn(/^json .*built-in/);
    await sideBar.expand("Available");
    await sideBar.row("postgres_scanner", 2);
    await suite.workbench.screenshot("extensions-available-dark");
  });

  it("installs with the action of a row, and uninstalls from its menu", async () => {
    const { sideBar, notifications } = suite.workbench;
    await sideBar.inlineAction("fts", "Install DuckDB Extension…");
    await notifications.waitFor("is installed and loaded");
    await sideBar.drawn(/^fts loaded/);
    await sideBar.tooltip("fts", /Installed from/);
    await notifications.clear();
    await sideBar.contextAction("fts", "Verify DuckDB Extension…");
    await notifications.waitFor("its signature is valid");
    await suite.workbench.screenshot("extensions-dark");
    await notifications.clear();
    await sideBar.contextAction("fts", "Uninstall DuckDB Extension…");
    await notifications.waitFor("it stays loaded until the engine restarts");
    await sideBar.drawn(/^fts .*loaded until the engine restarts/);
    await suite.workbench.useTheme("Light Modern");
    await suite.workbench.screenshot("extensions-light");
  });
});
