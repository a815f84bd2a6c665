import assert from "node:assert/strict";
import { until } from "../../support/until";
import { useGridSuite } from "./support/gridSuite";

const million = 1_000_000;

describe("results grid: scrolling", () => {
  const { openBig } = useGridSuite();

  function assertConsecutive(rows: readonly number[]): void {
    rows.forEach((row, index) => {
      assert.equal(row, (rows[0] ?? 0) + index);
    });
  }

  for (const rowCount of [million, 10 * million]) {
    it(`shows the right rows after jumps in ${rowCount} rows`, async () => {
      const grid = await openBig(rowCount);
      for (const fraction of [0.5, 0.013, 0.999, 0.25, 0.7501, 0]) {
        await grid.dragScrollBar(fraction);
        await grid.settled();
        await grid.assertSyntheticCells();
        const rows = await grid.rowsOnScreen();
        assertConsecutive(rows);
        const share = (rows[0] ?? 0) / rowCount;
        assert.ok(
          Math.abs(share - fraction) < 0.015,
          `${share} for ${fraction}`,
        );
      }
      await grid.dragScrollBar(1);
      await grid.settled();
      assert.equal((await grid.rowsOnScreen()).at(-1), rowCount - 1);
    });

    it(`reaches both ends of ${rowCount} rows with the wheel`, async () => {
      const grid = await openBig(rowCount);
      await grid.dragScrollBar(1);
      await grid.page.mouse.move(400, 200);
      await grid.page.mouse.wheel(0, -3_000);
      await until("the rows to move", async () => {
        const rows = await grid.rowsOnScreen();
        return (rows.at(-1) ?? 0) < rowCount - 100;
      });
      for (let turn = 0; turn < 12; turn += 1) {
        await grid.page.mouse.wheel(0, 400);
      }
      await until("the last row", async () => {
        return (await grid.rowsOnScreen()).at(-1) === rowCount - 1;
      });
      await grid.settled();
      await grid.assertSyntheticCells();
    });
  }

  it("moves one to one with the wheel, wherever it is", async () => {
    const grid = await openBig(10 * million);
    await grid.dragScrollBar(0.5);
    await grid.settled();
    const [before = 0] = await grid.rowsOnScreen();
    await grid.page.mouse.move(400, 200);
    await grid.page.mouse.wheel(0, 200);
    const after = await until("the rows to move", async () => {
      const [first = 0] = await grid.rowsOnScreen();
      return first - before >= 9 ? first : null;
    });
    assert.ok(after - before <= 11, `${after - before} rows for 200 px`);
  });

  it("asks for no page between two places of a fast scroll", async () => {
    const grid = await openBig(million);
    const { pageRequests } = await grid.host();
    await grid.page.evaluate(async () => {
      const scroller = document.querySelector(".scroller");
      if (scroller === null) throw new Error("no grid");
      const max = scroller.scrollHeight - scroller.clientHeight;
      for (let step = 1; step <= 120; step += 1) {
        scroller.scrollTop = (max * step) / 121;
        await new Promise(requestAnimationFrame);
      }
    });
    await grid.settled();
    await grid.assertSyntheticCells();
    const asked = (await grid.host()).pageRequests - pageRequests;
    assert.ok(asked <= 245, `${asked} pages for 120 places`);
  });

  it("shows only rows of the source, each under its number, in every frame of a fast scroll", async () => {
    const grid = await openBig(million);
    for (const pixels of [900, -333]) {
      const wrong = await grid.page.evaluate(async (by) => {
        const scroller = document.querySelector(".scroller");
        if (scroller === null) throw new Error("no grid");
        const found: string[] = [];
        for (let frame = 0; frame < 40; frame += 1) {
          scroller.scrollTop += by;
          await new Promise(requestAnimationFrame);
          for (const row of document.querySelectorAll(
            ".body-clip .row:not([hidden])",
          )) {
            const index = Number(row.getAttribute("aria-rowindex")) - 2;
            const busy = row.hasAttribute("aria-busy");
            for (const cell of row.querySelectorAll("[role=gridcell]")) {
              const column = Number(cell.getAttribute("aria-colindex")) - 1;
              const isNull = (index * 31 + column) % 97 === 0;
              const due = isNull ? "NULL" : `${index}:${column}`;
              const text = cell.textContent;
              if (text !== (busy ? "" : due)) found.push(`${due}: ${text}`);
            }
          }
        }
        return found;
      }, pixels);
      assert.deepEqual(wrong, []);
      await grid.settled();
      await grid.assertSyntheticCells();
      assertConsecutive(await grid.rowsOnScreen());
    }
  });

  it("keeps two requests in flight at most and lets the latest place win", async () => {
    const grid = await openBig(million);
    await grid.page.evaluate(() => {
      window.fakeHost.held = true;
    });
    const { pageRequests } = await grid.host();
    for (const fraction of [0.2, 0.4, 0.6, 0.8, 0.3]) {
      await grid.dragScrollBar(fraction);
    }
    assert.equal((await grid.host()).pageRequests - pageRequests, 2);
    assert.ok(await grid.page.isVisible(".row[aria-busy]"));
    await grid.page.evaluate(() => {
      window.fakeHost.held = false;
    });
    await grid.settled();
    const rows = await grid.assertSyntheticCells();
    assert.ok(Math.abs((rows[0] ?? 0) / million - 0.3) < 0.01);
    assert.ok((await grid.host()).pageRequests - pageRequests <= 5);
  });
});
