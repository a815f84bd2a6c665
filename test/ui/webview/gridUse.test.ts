import assert from "node:assert/strict";
import { useGridSuite } from "./support/gridSuite";

const million = 1_000_000;

describe("results grid: keyboard and pointer", () => {
  const { openBig } = useGridSuite();

  it("goes by keyboard: arrows, pages, ends, ranges, all, copy", async () => {
    const grid = await openBig(million);
    const { keyboard } = grid.page;
    await grid.page.focus(".scroller");
    const active = async () => {
      const cell = await grid.page.evaluate(() => {
        const id = document
          .querySelector(".scroller")
          ?.getAttribute("aria-activedescendant");
        const element = id == null ? null : document.getElementById(id);
        const body = document.querySelector(".body-clip");
        if (element === null || body === null) return null;
        const inner = element.getBoundingClientRect();
        const outer = body.getBoundingClientRect();
        const isInSight =
          inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1;
        return isInSight ? element.textContent : "out of sight";
      });
      return cell;
    };
    await keyboard.press("ArrowDown");
    await keyboard.press("ArrowDown");
    await keyboard.press("ArrowRight");
    assert.equal(await active(), "1:1");
    await keyboard.press("End");
    assert.equal(await active(), "1:19");
    await keyboard.press("Home");
    assert.equal(await active(), "1:0");
    await keyboard.press("PageDown");
    await grid.settled();
    const paged = Number((await active())?.split(":")[0]);
    assert.ok(paged > 10 && paged < 25, `row ${paged}`);
    await keyboard.press("PageUp");
    assert.equal(await active(), "1:0");
    await keyboard.press("Control+End");
    await grid.settled();
    assert.equal(await active(), "999999:19");
    await keyboard.press("Shift+ArrowUp");
    await keyboard.press("Shift+ArrowLeft");
    await keyboard.press("Control+Shift+C");
    assert.equal(
      await grid.page.locator("[role=gridcell][aria-selected=true]").count(),
      4,
    );
    await keyboard.press("Control+Home");
    await grid.settled();
    assert.equal(await active(), "NULL");
    await keyboard.press("Control+A");
    await keyboard.press("Control+C");
    const part = { resultId: "big", viewId: null };
    const columns = Array.from({ length: 20 }, (_, at) => at);
    assert.deepEqual(await grid.posted("copy"), [
      {
        type: "copy",
        area: { ...part, fromRow: 999_998, toRow: million, columns: [18, 19] },
        headers: true,
      },
      {
        type: "copy",
        area: { ...part, fromRow: 0, toRow: million, columns },
        headers: false,
      },
    ]);
    assert.match(
      (await grid.page.textContent(".selection-summary")) ?? "",
      /1,000,000 × 20/,
    );
  });

  it("selects by click, shift-click, drag, gutter and header", async () => {
    const grid = await openBig(1_000, 6);
    const cell = (row: number, column: number) =>
      grid.page.locator(
        `.row[aria-rowindex="${row + 2}"] [aria-colindex="${column + 1}"]`,
      );
    const selected = () =>
      grid.page.locator("[role=gridcell][aria-selected=true]").count();
    await cell(2, 1).click();
    assert.equal(await selected(), 1);
    await cell(4, 3).click({ modifiers: ["Shift"] });
    assert.equal(await selected(), 9);
    await cell(1, 1).hover();
    await grid.page.mouse.down();
    await cell(2, 2).hover();
    await grid.page.mouse.up();
    assert.equal(await selected(), 4);
    await grid.page.locator(".gutter-cell:not([hidden])").nth(3).click();
    assert.equal(await selected(), 6);
    await grid.page.locator(".head-cell").nth(2).click();
    assert.match(
      (await grid.page.textContent(".selection-summary")) ?? "",
      /1,000 × 1 selected/,
    );
  });

  it("resizes a column by its grip", async () => {
    const grid = await openBig(1_000, 6);
    const head = grid.page.locator(".head-cell").nth(1);
    const before = await head.boundingBox();
    assert.ok(before);
    await grid.page.mouse.move(before.x + before.width - 3, before.y + 10);
    await grid.page.mouse.down();
    await grid.page.mouse.move(before.x + before.width + 97, before.y + 10);
    await grid.page.mouse.up();
    const after = await grid.page.locator(".head-cell").nth(1).boundingBox();
    assert.equal(Math.round((after?.width ?? 0) - before.width), 100);
    const box = await grid.page
      .locator('.row:not([hidden]) [aria-colindex="2"]')
      .first()
      .boundingBox();
    assert.equal(box?.width, after?.width);
  });

  it("renders the columns in sight only, and tells the true counts", async () => {
    const grid = await openBig(500, 2_000);
    const count = await grid.page
      .locator(".row:not([hidden])")
      .first()
      .locator("[role=gridcell]")
      .count();
    assert.ok(count < 40, `${count} cells in a row`);
    const scroller = grid.page.locator("[role=grid]");
    assert.equal(await scroller.getAttribute("aria-rowcount"), "501");
    assert.equal(await scroller.getAttribute("aria-colcount"), "2000");
    await grid.page.focus(".scroller");
    await grid.page.keyboard.press("Control+End");
    await grid.settled();
    const cells = await grid.visibleCells();
    assert.ok(cells.some(({ row, column }) => row === 499 && column === 1_999));
    await grid.assertSyntheticCells();
  });
});
