import assert from "node:assert/strict";
import { until } from "../support/until";
import { resultsSuite } from "./support/resultsSuite";
import type { Workbench } from "./support/workbench";

const files = {
  "first.sql":
    "SELECT i AS n, 'first ' || i AS which, i % 5 AS fifth FROM range(3000) t(i);\n",
  "second.sql": "SELECT i AS n, 'second ' || i AS which FROM range(20) t(i);\n",
  "value.sql": "SELECT :amount * 2 AS twice;\n",
};

describe("windows on the same workspace, and what outlives all of them", () => {
  const suite = resultsSuite(files);
  let other: Workbench;

  /** Runs the statement with a parameter, whose value is entered. */
  async function enterValue(
    value: string,
    workbench = suite.workbench,
  ): Promise<void> {
    await suite.run("value.sql", {
      workbench,
      answer: async () => {
        const { quickInput } = workbench;
        await quickInput.waitForPrompt(/amount/);
        await quickInput.choose("Integer");
        await quickInput.answer(/42/, value);
      },
      until: new RegExp(
        `value\\.sql[^]*\\b${2 * Number(value)}\\b[^]*complete`,
      ),
    });
  }

  /** Pinned results that are in files. */
  async function kept(): Promise<number> {
    const found = await suite.stored(
      /viaduct\.viaduct[\\/]results[\\/].+\.json$/,
    );
    return found.length;
  }

  /** The pinned result of the first file as the user has arranged it: sorted, filtered, and without a column. */
  async function isArranged(workbench: Workbench): Promise<void> {
    const panel = suite.panel(workbench);
    await panel.waitForText(/2,000 of 3,000 rows pass/, 90_000);
    await panel.waitForText(/Sorted by n ↓/);
    await panel.waitForText(/first 1999[^]*first 1998/);
    const frame = await panel.frame();
    const names = await frame.evaluate<readonly string[]>(`
      [...document.querySelectorAll(".head-cell")]
        .map((cell) => [cell.getBoundingClientRect().left, cell.querySelector(".head-name").textContent])
        .sort(([a], [b]) => a - b)
        .map(([, name]) => name)`);
    assert.deepEqual(names, ["which", "n"]);
  }

  async function inResults(...commands: readonly string[]): Promise<void> {
    for (const command of commands)
      await suite.workbench.runCommand(`Viaduct: Results: ${command}`);
  }

  it("a second one has what the first has pinned, as it is arranged there", async () => {
    const { page, quickInput } = suite.workbench;
    await suite.run("first.sql");
    await suite.workbench.runCommand("Viaduct: Rename Result…");
    await quickInput.answer(/Name of the result/, "kept rows");
    await inResults("Sort by the Column, Descending");
    await suite.panel().waitForText(/Sorted by n ↓/);
    await inResults("Filter by a Condition in SQL…");
    await page.keyboard.type("n < 2000");
    await page.keyboard.press("Enter");
    await suite.panel().waitForText(/2,000 of 3,000 rows pass/);
    const frame = await suite.panel().frame();
    await frame.locator('[role="grid"]').focus();
    for (const key of ["Control+Home", "Alt+ArrowRight", "End"])
      await page.keyboard.press(key);
    await inResults("Hide the Column");
    await isArranged(suite.workbench);
    await suite.pin();
    await enterValue("3");
    other = await suite.openWindow();
    await other.openPanelView("Viaduct Results");
    await isArranged(other);
  });

  it("has pins and values of its own, and the same history", async () => {
    await suite.run("second.sql", { workbench: other });
    assert.deepEqual(await suite.tabs(other), ["kept rows", "second.sql"]);
    await suite.pin(other);
    assert.equal(await kept(), 2);
    await enterValue("5", other);
    await other.runCommand("Viaduct: Query History…");
    await until("the statements of both", async () => {
      const all = (await other.quickInput.entries()).join();
      return all.includes("'first '") && all.includes("'second '");
    });
    await other.quickInput.dismiss();
    await suite.run("value.sql", {
      answer: async () => {
        const { quickInput } = suite.workbench;
        await quickInput.choose("Run with the values of the last time");
      },
      until: /value\.sql[^]*\b6\b[^]*complete/,
    });
  });

  it("takes nothing from the first by what it closes, and by an engine that comes and goes", async () => {
    const before = await suite.engines();
    assert.equal(before.length, 2);
    const otherPage = await suite.panel(other).frame();
    await otherPage.locator(".result-tab").nth(0).hover();
    await otherPage.locator(".result-tab .close-mark").nth(0).click();
    const second = Math.max(...before);
    const first = Math.min(...before);
    process.kill(second, "SIGKILL");
    await otherPage.locator(".result-tab", { hasText: "second" }).click();
    await suite.panel(other).waitForText(/second 3[^]*20 rows/, 60_000);
    await until("the engine that was killed to leave nothing", async () => {
      const now = await suite.engines();
      return now.length === 2 && now.includes(first) && !now.includes(second);
    });
    assert.equal(await kept(), 2);
    await suite.showTab(/^kept rows/);
    const frame = await suite.panel().frame();
    await frame.locator('[role="grid"]').focus();
    await suite.workbench.page.keyboard.press("Control+End");
    await suite.panel().waitForText(/first 0/);
  });

  it("the machine down and up again: what both have pinned is there as it was, and nothing is left of the engines before", async () => {
    const before = await suite.engines();
    await suite.restart();
    await suite.workbench.openPanelView("Viaduct Results");
    await isArranged(suite.workbench);
    assert.deepEqual(await suite.tabs(), ["kept rows", "second.sql"]);
    await suite.workbench.screenshot("results-restarted-dark");
    await suite.showTab(/^second/);
    await suite.panel().waitForText(/second 3[^]*20 rows[^]*complete/);
    await until("one engine", async () => {
      const [now, ...others] = await suite.engines();
      return now !== undefined && others.length === 0 && !before.includes(now);
    });
  });
});
