import assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import { until } from "../../support/until";
import { accessibilityViolations } from "../support/accessibility";
import { useGridSuite } from "./support/gridSuite";
import { assertCellsUnderHeaders, head, names } from "./support/gridProbes";
import type { PanelPage } from "./support/panel";

describe("results grid: columns", () => {
  const { openBig } = useGridSuite();

  const drag = async (
    grid: PanelPage,
    from: Locator,
    to: Locator,
    share: number,
  ): Promise<void> => {
    const a = await from.boundingBox();
    const b = await to.boundingBox();
    assert.ok(a && b);
    await grid.page.mouse.move(a.x + 20, a.y + 20);
    await grid.page.mouse.down();
    await grid.page.mouse.move(b.x + b.width * share, b.y + 20, { steps: 4 });
    assert.ok(await grid.page.isVisible(".drop-line"), "no line where it goes");
    await grid.page.mouse.up();
    assert.ok(await grid.page.isHidden(".drop-line"));
  };

  it("moves a column by dragging its header, and what is copied follows", async () => {
    const grid = await openBig(1_000, 6);
    await drag(grid, head(grid, "column_1"), head(grid, "column_3"), 0.8);
    const moved = [0, 2, 3, 1, 4, 5].map((at) => `column_${at}`);
    assert.deepEqual(await names(grid), moved);
    await assertCellsUnderHeaders(grid);
    await grid.page.keyboard.press("Control+A");
    await grid.page.keyboard.press("Control+C");
    assert.deepEqual(await grid.posted("copy"), [
      {
        type: "copy",
        area: {
          resultId: "big",
          viewId: null,
          fromRow: 0,
          toRow: 1_000,
          columns: [0, 2, 3, 1, 4, 5],
        },
        headers: false,
      },
    ]);
  });

  it("moves several selected columns together, and none after Escape", async () => {
    const grid = await openBig(1_000, 6);
    await head(grid, "column_1").click();
    await head(grid, "column_2").click({ modifiers: ["Shift"] });
    await drag(grid, head(grid, "column_1"), head(grid, "column_4"), 0.9);
    const moved = [0, 3, 4, 1, 2, 5].map((at) => `column_${at}`);
    assert.deepEqual(await names(grid), moved);
    const from = await head(grid, "column_5").boundingBox();
    assert.ok(from);
    await grid.page.mouse.move(from.x + 20, from.y + 20);
    await grid.page.mouse.down();
    await grid.page.mouse.move(from.x - 300, from.y + 20, { steps: 4 });
    await grid.page.keyboard.press("Escape");
    await grid.page.mouse.up();
    assert.deepEqual(await names(grid), moved);
  });

  it("moves, resizes, sorts and selects columns by keyboard alone", async () => {
    const grid = await openBig(1_000, 6);
    const { keyboard } = grid.page;
    await grid.page.focus(".scroller");
    const active = () =>
      grid.page.evaluate(() => {
        const id = document
          .querySelector(".scroller")
          ?.getAttribute("aria-activedescendant");
        return id == null ? null : document.getElementById(id)?.textContent;
      });
    await keyboard.press("ArrowDown");
    await keyboard.press("ArrowUp");
    assert.match((await active()) ?? "", /^column_0BIGINT/);
    await keyboard.press("ArrowRight");
    await keyboard.press("Alt+ArrowRight");
    assert.match((await active()) ?? "", /^column_1VARCHAR/);
    assert.deepEqual((await names(grid)).slice(0, 3), [
      "column_0",
      "column_2",
      "column_1",
    ]);
    const before = await head(grid, "column_1").boundingBox();
    await keyboard.press("Alt+Shift+ArrowRight");
    const after = await head(grid, "column_1").boundingBox();
    assert.equal((after?.width ?? 0) - (before?.width ?? 0), 16);
    await keyboard.press("Shift+ArrowRight");
    assert.match(
      (await grid.page.textContent(".selection-summary")) ?? "",
      /1,000 × 2 selected/,
    );
    await keyboard.press("ArrowDown");
    assert.equal(await active(), "0:3");
    await keyboard.press("ArrowUp");
    await keyboard.press("End");
    assert.match((await active()) ?? "", /^column_5/);
    await assertCellsUnderHeaders(grid);
  });

  it("has a menu for each column: hides, shows and gives the focus back", async () => {
    const grid = await openBig(1_000, 6);
    const { page } = grid;
    await page.focus(".scroller");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Alt+ArrowDown");
    const menu = page.getByRole("menu", { name: "Column column_1" });
    await menu.waitFor();
    assert.deepEqual(await accessibilityViolations(page), []);
    await page.keyboard.press("h");
    await page.keyboard.press("Enter");
    assert.ok(await menu.isHidden());
    assert.deepEqual(
      await names(grid),
      [0, 2, 3, 4, 5].map((at) => `column_${at}`),
    );
    const scroller = page.locator("[role=grid]");
    assert.equal(await scroller.getAttribute("aria-colcount"), "5");
    assert.ok(
      await scroller.evaluate((each) => each === document.activeElement),
    );
    assert.match(await page.innerText(".view-bar"), /1 column hidden\./);
    await assertCellsUnderHeaders(grid);
    await page.getByRole("button", { name: "Show All Columns" }).click();
    assert.equal((await names(grid)).length, 6);
    assert.ok(await page.isHidden(".view-bar"));
    await head(grid, "column_4").hover();
    await page.getByRole("button", { name: "Menu of column_4" }).click();
    await page.keyboard.press("Escape");
    assert.ok(await page.getByRole("menu").isHidden());
    assert.ok(
      await scroller.evaluate((each) => each === document.activeElement),
    );
    await head(grid, "column_2").click({ button: "right" });
    await page.getByRole("menu", { name: "Column column_2" }).waitFor();
  });

  it("lets the last column stay, and brings every column back as it came", async () => {
    const grid = await openBig(1_000, 4);
    const { page } = grid;
    await head(grid, "column_0").click();
    await head(grid, "column_3").click({ modifiers: ["Shift"] });
    await page.keyboard.press("Alt+ArrowDown");
    assert.equal(await page.getByRole("menuitem", { name: /Hide/ }).count(), 0);
    await page.keyboard.press("Escape");
    await head(grid, "column_2").click();
    await page.keyboard.press("Alt+ArrowLeft");
    await page.keyboard.press("Alt+ArrowDown");
    await page.getByRole("menuitem", { name: "Hide Column" }).click();
    await page.keyboard.press("Alt+ArrowDown");
    await page.getByRole("menuitem", { name: "Reset Columns" }).click();
    const all = [0, 1, 2, 3].map((at) => `column_${at}`);
    assert.deepEqual(await names(grid), all);
  });

  it("keeps frozen columns at the left while the others pass under them", async () => {
    const grid = await openBig(100_000, 40);
    const { page } = grid;
    await page.focus(".scroller");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Alt+ArrowDown");
    await page.getByRole("menuitem", { name: "Freeze up to Here" }).click();
    const place = (await head(grid, "column_1").boundingBox())?.x;
    await page.evaluate(() => {
      document.querySelector(".scroller")?.scrollTo({ left: 1_337, top: 900 });
    });
    await grid.settled();
    await grid.frame();
    assert.equal((await head(grid, "column_1").boundingBox())?.x, place);
    await assertCellsUnderHeaders(grid);
    await grid.assertSyntheticCells();
    assert.ok(
      !(await names(grid)).includes("column_3"),
      "what has passed is still there",
    );
    // A cell that the keyboard goes to is never under the frozen ones.
    await page.keyboard.press("Control+End");
    for (let step = 0; step < 12; step += 1) {
      await page.keyboard.press("ArrowLeft");
    }
    await grid.settled();
    const cell = await page.locator(".cell.active").boundingBox();
    const frozen = await page
      .locator(".head-strip .frozen-cells")
      .boundingBox();
    assert.ok(cell && frozen);
    assert.ok(cell.x >= frozen.x + frozen.width - 2, `${cell.x}`);
    assert.deepEqual(await accessibilityViolations(page), []);
  });

  it("freezes no more than half of a narrow panel, and says so", async () => {
    const grid = await openBig(1_000, 20);
    const { page } = grid;
    await page.focus(".scroller");
    await page.keyboard.press("ArrowDown");
    for (let step = 0; step < 4; step += 1) {
      await page.keyboard.press("ArrowRight");
    }
    await page.keyboard.press("Alt+ArrowDown");
    await page.getByRole("menuitem", { name: "Freeze up to Here" }).click();
    const frozen = page.locator(".head-strip .frozen-cells .head-cell");
    await until("the frozen columns", async () => (await frozen.count()) >= 4);
    await page.setViewportSize({ width: 420, height: 300 });
    await until("fewer of them", async () => (await frozen.count()) === 1);
    const said = page.locator(".view-said[role=status]");
    assert.equal(await said.innerText(), "Room to freeze 1 of 5 columns only.");
    await assertCellsUnderHeaders(grid);
    await page.setViewportSize({ width: 180, height: 300 });
    await until("none of them", async () => (await frozen.count()) === 0);
    assert.equal(await said.innerText(), "No room to freeze 5 columns.");
    await page.setViewportSize({ width: 1_400, height: 300 });
    await until("all of them", async () => (await frozen.count()) === 5);
    assert.ok(await said.isHidden());
  });

  it("fits a column to the rows in sight by a double click on its grip", async () => {
    const grid = await openBig(1_000_000, 6);
    const widthOf = async () =>
      (await head(grid, "column_1").boundingBox())?.width ?? 0;
    const drawn = await head(grid, "column_1").boundingBox();
    assert.ok(drawn);
    await grid.page.mouse.move(drawn.x + drawn.width - 3, drawn.y + 10);
    await grid.page.mouse.down();
    await grid.page.mouse.move(drawn.x + 300, drawn.y + 10);
    await grid.page.mouse.up();
    const wide = await widthOf();
    await grid.page.mouse.dblclick(drawn.x + wide - 3, drawn.y + 10);
    assert.ok((await widthOf()) < wide - 50, "still wide");
    const cells = await grid.page.$$eval('[aria-colindex="2"].cell', (all) =>
      all.every((cell) => cell.scrollWidth <= cell.clientWidth),
    );
    assert.ok(cells, "cut off");
  });
});
