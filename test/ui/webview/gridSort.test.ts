import assert from "node:assert/strict";
import { TestEngine } from "../../support/engineHarness";
import { until } from "../../support/until";
import { accessibilityViolations } from "../support/accessibility";
import { openOnEngine } from "./support/enginePanel";
import { FakeEngine, sourceRow } from "./support/fakeEngine";
import { useGridSuite } from "./support/gridSuite";
import type { PanelPage } from "./support/panel";
import { open as running, run } from "./support/runs";
import { openBrowser } from "../support/suiteBrowser";

describe("results grid: sort", () => {
  const { open } = useGridSuite();

  const start = async (
    rowCount: number,
  ): Promise<{ grid: PanelPage; engine: FakeEngine }> => {
    const engine = new FakeEngine(rowCount, 6);
    const grid = await open({ run: engine.run(), ask: engine.ask });
    await grid.settled();
    return { grid, engine };
  };

  /** Each column's sort by its header, in the order of the columns. */
  const sorts = (grid: PanelPage): Promise<(string | null)[]> =>
    grid.page.$$eval(".head-cell", (cells) =>
      cells.map((cell) => {
        const order = cell.querySelector(".sort-order")?.textContent ?? "";
        const sort = cell.getAttribute("aria-sort");
        return sort === null ? null : `${sort}${order}`;
      }),
    );

  const press = async (
    grid: PanelPage,
    column: number,
    modifiers: "Shift"[] = [],
  ): Promise<void> => {
    await grid.page.locator(".head-cell").nth(column).hover();
    await grid.page
      .getByRole("button", { name: `Sort by column_${column}` })
      .click({ modifiers });
  };

  /** Every cell in sight is the source's, in the order that the headers tell. */
  const assertRows = async (grid: PanelPage, count: number): Promise<void> => {
    const wrong = await grid.page.evaluate(() => {
      const first = document.querySelector("[aria-sort]");
      const direction = first?.getAttribute("aria-sort") ?? null;
      return {
        direction: direction as "ascending" | "descending" | null,
        cells: [
          ...document.querySelectorAll(
            ".row:not([hidden]):not([aria-busy]) [role=gridcell]",
          ),
        ].map((cell) => ({
          text: cell.textContent,
          row: Number(cell.closest(".row")?.getAttribute("aria-rowindex")) - 2,
          column: Number(cell.getAttribute("aria-colindex")) - 1,
        })),
      };
    });
    for (const { text, row, column } of wrong.cells) {
      const source = sourceRow(row, wrong.direction, count);
      assert.equal(text, `${source}:${column}`, `row ${row}`);
    }
  };

  it("asks the engine, shows the old rows until the new ones are there, and says so", async () => {
    const { grid, engine } = await start(1_000_000);
    engine.hold();
    await press(grid, 2);
    const bar = grid.page.locator(".view-bar");
    await bar.getByText("Sorting…").waitFor();
    await assertRows(grid, 1_000_000);
    assert.deepEqual(await sorts(grid), [null, null, null, null, null, null]);
    engine.release();
    await bar.getByText("Sorted by column_2 ↑.").waitFor();
    await grid.settled();
    assert.equal((await sorts(grid))[2], "ascending");
    await assertRows(grid, 1_000_000);
    assert.deepEqual(await accessibilityViolations(grid.page), []);
    await press(grid, 2);
    await until(
      "descending",
      async () => (await sorts(grid))[2] === "descending",
    );
    await grid.settled();
    await assertRows(grid, 1_000_000);
    await press(grid, 2);
    await until("as they came", async () => (await sorts(grid))[2] === null);
    await grid.settled();
    await assertRows(grid, 1_000_000);
    assert.ok(await bar.isHidden());
    await until("no view to be left open", () => engine.openViews === 0);
  });

  it("sorts by several columns with Shift, and tells their order", async () => {
    const { grid, engine } = await start(1_000);
    await press(grid, 3);
    await press(grid, 1, ["Shift"]);
    await press(grid, 1, ["Shift"]);
    await until("two keys", async () =>
      (await sorts(grid)).includes("descending2"),
    );
    assert.deepEqual(await sorts(grid), [
      null,
      "descending2",
      null,
      "ascending1",
      null,
      null,
    ]);
    const last = engine.calls.findLast(({ method }) => method === "openView");
    assert.deepEqual(last?.method === "openView" && last.params.sort, [
      { column: 3, descending: false },
      { column: 1, descending: true },
    ]);
    const label = await grid.page
      .locator(".head-cell")
      .nth(1)
      .getAttribute("aria-label");
    assert.equal(label, "column_1, VARCHAR, sort key 2 of 2");
    await grid.page.getByRole("button", { name: "Clear Sort" }).click();
    await until("none", async () =>
      (await sorts(grid)).every((sort) => sort === null),
    );
  });

  it("is cancelled by its button and by Escape, and the rows stay as they were", async () => {
    const { grid, engine } = await start(1_000);
    engine.hold();
    const bar = grid.page.locator(".view-bar");
    await press(grid, 1);
    await bar.getByRole("button", { name: "Cancel" }).click();
    assert.ok(await bar.isHidden());
    await press(grid, 2);
    await bar.getByText("Sorting…").waitFor();
    await grid.page.keyboard.press("Escape");
    assert.ok(await bar.isHidden());
    engine.release();
    await until("both to be cancelled", () => {
      const cancels = engine.methods().filter((name) => name === "cancelTask");
      return cancels.length === 2;
    });
    await grid.frame();
    await assertRows(grid, 1_000);
    assert.equal(engine.openViews, 0);
  });

  it("says why it failed, keeps the rows, and tries again", async () => {
    const { grid, engine } = await start(1_000);
    await press(grid, 1);
    await until("a sort", async () => (await sorts(grid))[1] === "ascending");
    engine.failure = "Not enough memory.";
    await press(grid, 2);
    const bar = grid.page.locator(".view-bar");
    await bar.getByText("Not enough memory.").waitFor();
    assert.equal((await sorts(grid))[1], "ascending");
    await grid.settled();
    await assertRows(grid, 1_000);
    engine.failure = null;
    await bar.getByRole("button", { name: "Try Again" }).click();
    await until("the sort", async () => (await sorts(grid))[2] === "ascending");
    await grid.settled();
    await assertRows(grid, 1_000);
  });

  it("covers the rows that are there, says so, and all of them when the run has ended", async () => {
    const engine = new FakeEngine(500, 6);
    const view = (rowCount: number) => {
      const { columns } = engine;
      const result = { resultId: "big", columns, rowCount };
      return run([running(0, "SELECT 1", { result })], { state: "running" });
    };
    const grid = await open({ run: view(500), ask: engine.ask });
    await grid.settled();
    await press(grid, 1);
    const bar = grid.page.locator(".view-bar");
    await bar.getByText("Sorted by column_1 ↑.").waitFor();
    engine.rowCount = 900;
    await grid.send({ type: "run", run: view(900) });
    await bar.getByText("400 rows arrived since").waitFor();
    const rows = () => grid.page.getAttribute("[role=grid]", "aria-rowcount");
    assert.equal(await rows(), "501");
    await grid.send({ type: "run", run: engine.run() });
    await until("all rows", async () => (await rows()) === "901");
    await grid.settled();
    await assertRows(grid, 900);
    assert.doesNotMatch(await bar.innerText(), /arrived/);
  });

  it("never shows a row of another order, however wildly it is scrolled and sorted", async () => {
    const count = 1_000_000;
    const { grid, engine } = await start(count);
    for (let turn = 0; turn < 12; turn += 1) {
      if (turn % 3 === 0) engine.hold();
      await press(grid, 1 + (turn % 2), turn % 4 === 3 ? ["Shift"] : []);
      await grid.dragScrollBar(((turn * 37) % 100) / 100);
      await assertRows(grid, count);
      if (turn % 3 === 1) engine.release();
      await grid.dragScrollBar(((turn * 61) % 100) / 100);
      await assertRows(grid, count);
    }
    engine.release();
    await until("the last view", () =>
      grid.page.$eval(".view-bar", (bar) => !bar.textContent.includes("…")),
    );
    await grid.settled();
    await assertRows(grid, count);
    await until("old views to be closed", () => engine.openViews <= 1);
  });

  it("sorts by value in a real engine, by the header's key and its menu", async () => {
    const browser = await openBrowser();
    const engine = await TestEngine.startAlone();
    try {
      const panel = await openOnEngine(browser, engine, [
        "SELECT i % 10 AS tens, i FROM range(5000) t(i)",
      ]);
      const texts = async () => {
        await panel.settled();
        return (await panel.visibleCells()).slice(0, 4).map(({ text }) => text);
      };
      await panel.settled();
      await panel.page.focus(".scroller");
      await panel.page.keyboard.press("ArrowDown");
      await panel.page.keyboard.press("ArrowUp");
      await panel.page.keyboard.press("Enter");
      await panel.page.getByText("Sorted by tens ↑.").waitFor();
      assert.deepEqual(await texts(), ["0", "0", "0", "10"]);
      await panel.page.keyboard.press("ArrowRight");
      await panel.page.keyboard.press("Alt+ArrowDown");
      await panel.page
        .getByRole("menuitemcheckbox", { name: "Then by This Descending" })
        .click();
      await panel.page.getByText("Sorted by tens ↑, i ↓.").waitFor();
      assert.deepEqual(await texts(), ["0", "4990", "0", "4980"]);
      await panel.page.keyboard.press("Escape");
      await until("no sort", () => panel.page.isHidden(".view-bar"));
      assert.deepEqual(await texts(), ["0", "0", "1", "1"]);
      await panel.close();
    } finally {
      await browser.close();
      await engine.close();
    }
  });
});
