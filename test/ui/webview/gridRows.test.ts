import assert from "node:assert/strict";
import { until } from "../../support/until";
import { useGridSuite } from "./support/gridSuite";
import { ended, open, run, syntheticColumns } from "./support/runs";

const million = 1_000_000;

describe("results grid: rows that come and fail", () => {
  const { open: openPanel, openBig } = useGridSuite();

  it("grows while rows arrive, without a jump or a blank", async () => {
    const columns = syntheticColumns(4);
    const result = (rowCount: number) => ({
      resultId: "big",
      columns,
      rowCount,
    });
    const view = (rowCount: number) =>
      run([open(0, "SELECT 1", { result: result(rowCount) })], {
        state: "running",
      });
    const grid = await openPanel({
      results: { big: { synthetic: { rowCount: 300, columns: 4 } } },
      run: view(300),
    });
    await grid.settled();
    await grid.page.focus(".scroller");
    await grid.page.keyboard.press("Control+End");
    await grid.settled();
    const before = await grid.rowsOnScreen();
    for (const rowCount of [700, 2_048, 50_000, 2_000_000]) {
      await grid.page.evaluate((count) => {
        window.fakeHost.results["big"] = {
          synthetic: { rowCount: count, columns: 4 },
        };
      }, rowCount);
      await grid.send({ type: "run", run: view(rowCount) });
      await until(`${rowCount} rows`, async () => {
        const said = await grid.page.getAttribute(
          "[role=grid]",
          "aria-rowcount",
        );
        return said === String(rowCount + 1);
      });
      await grid.settled();
      assert.equal((await grid.rowsOnScreen())[0], before[0]);
      await grid.assertSyntheticCells();
    }
    await grid.page.keyboard.press("Control+End");
    await grid.settled();
    assert.equal((await grid.rowsOnScreen()).at(-1), 1_999_999);
  });

  it("says when rows cannot be read, and reads them on request", async () => {
    const grid = await openBig(million);
    await grid.page.evaluate(() => {
      window.fakeHost.failure = "The engine was restarted.";
    });
    await grid.dragScrollBar(0.5);
    const bar = grid.page.locator(".page-failure");
    await bar.waitFor();
    assert.match((await bar.textContent()) ?? "", /The engine was restarted\./);
    const { pageRequests } = await grid.host();
    await grid.frame();
    assert.equal(
      (await grid.host()).pageRequests,
      pageRequests,
      "asks for ever",
    );
    await grid.page.evaluate(() => {
      window.fakeHost.failure = null;
    });
    await bar.getByRole("button", { name: "Try Again" }).click();
    await grid.settled();
    assert.ok(await bar.isHidden());
    await grid.assertSyntheticCells();
  });

  it("shows hostile content as inert text", async () => {
    const hostile = [
      '<img src=x onerror="window.hit=1"><script>window.hit=1</script>',
      "\u202Egnp.exe\u202C and \u2066isolated\u2069",
      "line one\nline two\ttab\u0000nul\u001b[31m",
      "NULL",
      "x".repeat(100_000),
    ];
    const name = '<b onclick="window.hit=1">__proto__</b>';
    const panel = await openPanel({
      width: 3_000,
      results: { evil: { rows: [[...hostile, null]] } },
      run: run(
        [
          ended(0, "<script>window.hit=1</script>", {
            resultId: "evil",
            columns: [...hostile, ""].map(() => ({ name, type: "<i>T</i>" })),
            rowCount: 1,
            commandTag: "<u>SELECT</u>",
            sent: [{ alias: "<s>a</s>", sql: "<script>window.hit=1</script>" }],
          }),
        ],
        { source: "<h1>file</h1>" },
      ),
    });
    await panel.settled();
    await panel.page.click('button:has-text("Sent to PostgreSQL")');
    const texts = (await panel.visibleCells()).map(({ text }) => text);
    assert.equal(texts[0], hostile[0]);
    assert.equal(
      texts[1],
      "‹U+202E›gnp.exe‹U+202C› and ‹U+2066›isolated‹U+2069›",
    );
    assert.equal(texts[2], "line one↵line two⇥tab␀nul␛[31m");
    assert.ok((texts[4]?.length ?? 0) < 1_000, "long text is bounded");
    assert.equal(texts[3], "NULL");
    assert.equal(texts[5], "NULL");
    const isNull = await panel.page.$$eval("[role=gridcell]", (cells) =>
      cells.map((cell) => cell.classList.contains("null")),
    );
    assert.deepEqual(isNull.slice(3), [false, false, true]);
    assert.equal(
      await panel.page.evaluate(
        () => document.querySelectorAll("img, b, i, u, s, .run script").length,
      ),
      0,
    );
    assert.equal(await panel.page.evaluate(() => "hit" in window), false);
  });

  it("lets no text out of its cell, whatever it is and wherever it comes", async () => {
    const texts = [
      "1",
      "\uFDFD\uFDFD",
      "日本語日本語日本語",
      "a\u0301".repeat(9),
    ];
    // What decides the widths of columns is short.
    const rows = Array.from({ length: 600 }, (_, row) =>
      row < 256 ? ["1", "2"] : ["W".repeat(row % 40), texts[row % 4] ?? ""],
    );
    const columns = ["a", "b"].map((name) => ({ name, type: "VARCHAR" }));
    const grid = await openPanel({
      results: { r: { rows } },
      run: run([
        ended(0, "SELECT 1", { resultId: "r", columns, rowCount: 600 }),
      ]),
    });
    await grid.settled();
    for (const place of [0.45, 0.7, 1]) {
      await grid.dragScrollBar(place);
      await grid.settled();
      const cells = await grid.page.$$eval(".row:not([hidden]) .cell", (all) =>
        all
          .filter((cell) => cell.scrollWidth > cell.clientWidth)
          .map((cell) => getComputedStyle(cell).overflowX),
      );
      assert.ok(cells.length > 0, "nothing is too wide");
      assert.deepEqual([...new Set(cells)], ["clip"]);
    }
  });

  it("comes back where it was left after a reload", async () => {
    const grid = await openBig(million);
    await grid.dragScrollBar(0.5);
    await grid.settled();
    const before = await grid.rowsOnScreen();
    await until("the place to be stored", () =>
      grid.page.evaluate(() =>
        JSON.stringify(window.fakeHost.stored).includes('"top":9'),
      ),
    );
    await grid.page.reload();
    await grid.settled();
    assert.deepEqual(await grid.rowsOnScreen(), before);
  });
});
