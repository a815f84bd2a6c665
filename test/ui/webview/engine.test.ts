import assert from "node:assert/strict";
import { TestEngine } from "../../support/engineHarness";
import { openOnEngine } from "./support/enginePanel";
import { type SuiteBrowser, openBrowser } from "../support/suiteBrowser";

describe("results panel: on a real engine", () => {
  const now: { browser?: SuiteBrowser; engine?: TestEngine } = {};

  before(async () => {
    now.browser = await openBrowser();
    now.engine = await TestEngine.startAlone();
  });

  after(async () => {
    await now.browser?.close();
    await now.engine?.close();
  });

  it("shows the rows that DuckDB has, from the first to the last", async () => {
    const { browser, engine } = now;
    assert.ok(browser && engine);
    const panel = await openOnEngine(browser, engine, [
      "SELECT i, i * i AS square FROM range(5000) t(i)",
    ]);
    try {
      await panel.settled();
      await panel.dragScrollBar(1);
      await panel.settled();
      const cells = await panel.visibleCells();
      for (const { row, column, text } of cells) {
        assert.equal(text, String(column === 0 ? row : row * row));
      }
      assert.equal(Math.max(...cells.map(({ row }) => row)), 4999);
    } finally {
      await panel.close();
    }
  });
});
