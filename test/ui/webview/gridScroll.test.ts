import assert from "node:assert/strict";
import { until } from "../../support/until";
import { useGridSuite } from "./support/gridSuite";
import {
  assertCellsUnderHeaders,
  fastScroll,
  head,
} from "./support/gridProbes";

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
      const { wrong } = await fastScroll(grid, pixels, 40);
      assert.deepEqual(wrong, []);
      await grid.settled();
      await grid.assertSyntheticCells();
      assertConsecutive(await grid.rowsOnScreen());
    }
  });

  it("draws in a frame of a fast scroll what the frame can bear, announces the rest, and draws it once the scroll stops", async () => {
    const grid = await openBig(100_000);
    const { page } = grid;
    await page.focus(".scroller");
    await page.keyboard.press("Control+Home");
    const cdp = await page.context().newCDPSession(page);
    for (const [pixels, everyOther] of [
      [500, false],
      [120, false],
      [-500, true],
    ] as const) {
      await cdp.send("Emulation.setCPUThrottlingRate", { rate: 6 });
      const seen = await fastScroll(grid, pixels, 10, everyOther);
      await cdp.send("Emulation.setCPUThrottlingRate", { rate: 1 });
      assert.deepEqual(seen.wrong, []);
      assert.ok(seen.announced > 0, "a slow page leaves nothing out");
      assert.ok(seen.drawn >= 10, "frames draw nothing");
      await grid.settled();
      const rows = await grid.assertSyntheticCells();
      assert.deepEqual(rows, await grid.rowsOnScreen());
      assertConsecutive(rows);
      assert.ok(rows.length > 10, "rows are missing");
      const events = await page.evaluate(() => window.scrollEvents);
      assert.equal(events, seen.events, "it was another movement that drew");
    }
    await page.keyboard.press("ArrowDown");
    await grid.settled();
    assert.ok(await page.isVisible(".cell.active"));
  });

  it("draws once in a frame, where the last of its movements led", async () => {
    const grid = await openBig(million);
    const drawn = await grid.page.evaluate(async () => {
      const scroller = document.querySelector(".scroller");
      if (scroller === null) throw new Error("no grid");
      const first = () =>
        [...document.querySelectorAll(".gutter-cell:not([hidden])")]
          .map(({ textContent }) => Number(textContent))
          .sort((a, b) => a - b)[0];
      const seen = [first()];
      for (const top of [2_200, 4_400, 6_600]) {
        scroller.scrollTop = top;
        scroller.dispatchEvent(new Event("scroll"));
        seen.push(first());
      }
      await new Promise(requestAnimationFrame);
      seen.push(first());
      return { seen, rowHeight: document.querySelector(".row")?.clientHeight };
    });
    const at = (top: number): number =>
      1 + Math.floor(top / (drawn.rowHeight ?? 0));
    const [one, another] = [at(2_200), at(6_600)];
    assert.deepEqual(drawn.seen, [1, one, one, one, another]);
    await grid.settled();
    await grid.assertSyntheticCells();
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

  it("keeps the name of a wide column in sight while the column passes under the frozen ones", async () => {
    const grid = await openBig(1_000, 40);
    const { page } = grid;
    await page.focus(".scroller");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Alt+ArrowDown");
    await page.getByRole("menuitem", { name: "Freeze up to Here" }).click();
    const wide = head(grid, "column_2");
    const before = await wide.boundingBox();
    assert.ok(before);
    const edge = before.x + before.width - 3;
    await page.mouse.move(edge, before.y + 10);
    await page.mouse.down();
    await page.mouse.move(edge + 300, before.y + 10);
    await page.mouse.up();
    const frozen = await page
      .locator(".head-strip .frozen-cells")
      .boundingBox();
    assert.ok(frozen);
    const left = async (scrolled: number): Promise<number> => {
      await page.evaluate((to) => {
        document.querySelector(".scroller")?.scrollTo({ left: to });
      }, scrolled);
      await grid.frame();
      const text = await wide.locator(".head-text").boundingBox();
      const cell = await wide.boundingBox();
      assert.ok(text && cell);
      assert.ok(text.x + text.width <= cell.x + cell.width);
      assert.ok(text.width > 30, `${text.width} px for a name`);
      return text.x - frozen.x - frozen.width;
    };
    assert.ok((await left(0)) > 50, "it is covered from the start");
    for (const scrolled of [200, 300, 340]) {
      const beside = await left(scrolled);
      assert.ok(Math.abs(beside - 9) < 3, `${beside} px at ${scrolled}`);
    }
    assert.ok((await left(0)) > 50, "its name stays where it was pushed");
  });

  it("keeps the cells of columns that stay in sight while it moves sideways", async () => {
    const grid = await openBig(1_000, 60);
    for (const to of [500, 800, 650, 0]) {
      const kept = await grid.page.evaluate(async (left) => {
        const cells = () => [
          ...document.querySelectorAll<HTMLElement>(
            ".row:not([hidden]) [role=gridcell]",
          ),
        ];
        const placeOf = (cell: Element) =>
          `${cell.parentElement?.getAttribute("aria-rowindex")}/${cell.getAttribute("aria-colindex")}`;
        const before = new Map(cells().map((cell) => [cell, placeOf(cell)]));
        document.querySelector(".scroller")?.scrollTo({ left });
        await new Promise(requestAnimationFrame);
        await new Promise(requestAnimationFrame);
        const after = cells();
        const places = new Set(before.values());
        const stayed = after.filter((cell) => places.has(placeOf(cell)));
        return {
          stayed: stayed.length,
          same: stayed.filter((cell) => before.get(cell) === placeOf(cell))
            .length,
        };
      }, to);
      assert.ok(kept.stayed > 0, "nothing stays");
      assert.equal(kept.same, kept.stayed);
      await grid.assertSyntheticCells();
      await assertCellsUnderHeaders(grid);
    }
  });
});
