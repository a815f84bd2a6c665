import assert from "node:assert/strict";
import type { GridElement } from "../../../src/webview/grid/gridElement";
import type { OpenedCell } from "../../../src/webview/grid/openedCell";
import { until } from "../../support/until";
import { accessibilityViolations } from "../support/accessibility";
import { useGridSuite } from "./support/gridSuite";
import { names } from "./support/gridProbes";
import { ended, open as openStatement, run } from "./support/runs";

declare global {
  interface Window {
    opened: OpenedCell[];
  }
}

const million = 1_000_000;

describe("results grid: cells and places", () => {
  const { open, openBig } = useGridSuite();

  it("says of a cell that came cut how long it is, and opens it for who shows it whole", async () => {
    const columns = [
      { name: "id", type: "BIGINT" },
      { name: "text", type: "VARCHAR" },
    ];
    const text = "x".repeat(500);
    const grid = await open({
      run: run([
        ended(0, "SELECT 1", { resultId: "long", columns, rowCount: 2 }),
      ]),
      ask: (message) => {
        assert.ok(message.type === "page");
        const { requestId, resultId, offset } = message;
        const rows = [
          ["1", text],
          ["2", "short"],
        ];
        const cut = [[0, 1, 1_048_576]] as const;
        return Promise.resolve({
          type: "page",
          requestId,
          resultId,
          offset,
          rows,
          cut,
        });
      },
    });
    await grid.settled();
    const cell = grid.page.locator('.row[aria-rowindex="2"] .cell.cut');
    assert.equal(await cell.count(), 1);
    assert.match(
      (await cell.getAttribute("aria-description")) ?? "",
      /cut: 1,048,576 characters in all/,
    );
    assert.match((await cell.textContent()) ?? "", /^x+…$/);
    assert.equal(await cell.getAttribute("data-length"), "1.0 M");
    await grid.page.evaluate(() => {
      window.opened = [];
      document
        .querySelector<GridElement>("viaduct-grid")
        ?.onOpenCell((opened) => window.opened.push(opened));
    });
    await cell.dblclick();
    await grid.page.keyboard.press("ArrowDown");
    await grid.page.keyboard.press("Enter");
    const opened = await grid.page.evaluate(() => window.opened);
    assert.deepEqual(
      opened.map(({ at, text: shown, length }) => [at, shown?.length, length]),
      [
        [{ resultId: "long", viewId: null, row: 0, column: 1 }, 500, 1_048_576],
        [{ resultId: "long", viewId: null, row: 1, column: 1 }, 5, null],
      ],
    );
    assert.deepEqual(await accessibilityViolations(grid.page), []);
  });

  it("marks cells and brings one into sight, out of a hidden column too", async () => {
    const grid = await openBig(million);
    const { page } = grid;
    await page.focus(".scroller");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Alt+ArrowDown");
    await page.getByRole("menuitem", { name: "Hide Column" }).click();
    await page.evaluate(() => {
      const shown = document.querySelector<GridElement>("viaduct-grid");
      const current = { row: 777_777, column: 1 };
      shown?.mark([current, { row: 777_776, column: 2 }], current);
      shown?.reveal(777_777, 1);
    });
    await grid.settled();
    assert.ok((await names(grid)).includes("column_1"));
    assert.equal(await page.textContent(".match.current"), "777777:1");
    assert.equal(await page.textContent(".match:not(.current)"), "777776:2");
    assert.ok(await page.isVisible(".match.current.active"));
    await page.evaluate(() => {
      document.querySelector<GridElement>("viaduct-grid")?.mark([]);
    });
    assert.equal(await page.locator(".match").count(), 0);
  });

  it("goes to a row by its number, and says when there is none", async () => {
    const grid = await openBig(million);
    const { page } = grid;
    await page.focus(".scroller");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Control+g");
    const input = page.getByRole("textbox", { name: "Go to row" });
    await input.waitFor();
    assert.match(await page.innerText(".jump-box"), /of 1,000,000/);
    assert.deepEqual(await accessibilityViolations(page), []);
    await input.fill("1000001");
    await page.keyboard.press("Enter");
    assert.match(await page.innerText(".jump-error"), /rows 1 to 1,000,000/);
    await input.fill("500,000");
    await page.keyboard.press("Enter");
    assert.ok(await input.isHidden());
    await until("the row", () => page.isVisible(".cell.active"));
    await grid.settled();
    assert.equal(await page.textContent(".cell.active"), "499999:0");
    await page.keyboard.press("Control+g");
    await page.keyboard.press("Escape");
    await page.keyboard.press("ArrowRight");
    assert.equal(await page.textContent(".cell.active"), "499999:1");
  });

  it("has the zone of times from the first row on, and says of values that nobody has checked why, to pointer and keyboard", async () => {
    const caution = '"n" of pg.public.t (numeric) was not looked through.';
    const columns = [
      { name: "at", type: "TIMESTAMP WITH TIME ZONE" },
      { name: "n", type: "DOUBLE", caution },
    ];
    const rows = [["2026-01-01 00:00:00+01", "1.5"]];
    const running = openStatement(0, "SELECT 1", {
      result: {
        resultId: "r",
        columns,
        rowCount: 1,
        timeZone: "Europe/Berlin",
      },
    });
    const grid = await open({
      results: { r: { rows } },
      run: run([running], { state: "running" }),
    });
    await grid.settled();
    const { page } = grid;
    await page
      .getByRole("columnheader", { name: /^at, .* · Europe\/Berlin$/ })
      .waitFor();
    const header = page.getByRole("columnheader", { name: "n, DOUBLE" });
    assert.equal(await header.getAttribute("aria-description"), caution);
    const mark = page.getByRole("button", {
      name: "n was not checked for changed values",
    });
    assert.equal(await mark.getAttribute("title"), caution);
    const isCut = await header
      .locator(".head-type")
      .evaluate((type) => type.scrollWidth > type.clientWidth);
    assert.ok(!isCut, "the mark takes the type's room");
    await page.focus(".scroller");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Shift+F10");
    const menu = page.getByRole("menu", { name: "Column n" });
    assert.equal(await menu.getAttribute("aria-description"), caution);
    assert.equal(await menu.locator(".menu-note").innerText(), caution);
    assert.deepEqual(await accessibilityViolations(page), []);
    await page.keyboard.press("Escape");
    await mark.click();
    await menu.waitFor();
    await page.keyboard.press("Escape");
    // The statement's end has looked: there are such values.
    const inexact = "They are not.";
    const told = columns.map((each) =>
      each.name === "n" ? { name: "n", type: "DOUBLE", inexact } : each,
    );
    await grid.send({
      type: "run",
      run: run([
        ended(0, "SELECT 1", { resultId: "r", columns: told, rowCount: 1 }),
      ]),
    });
    await page.getByRole("button", { name: "n may not be exact" }).waitFor();
  });

  it("tells of columns that are not exact, and of the zone of their times", async () => {
    const inexact = "NUMERIC without a precision came as DOUBLE.";
    const columns = [
      { name: "amount", type: "DOUBLE", inexact },
      { name: "at", type: "TIMESTAMP WITH TIME ZONE" },
      { name: "", type: "VARCHAR" },
    ];
    const grid = await open({
      results: { r: { rows: [["1.5", "2026-01-01 00:00:00+01", null]] } },
      run: run([
        ended(0, "SELECT 1", {
          resultId: "r",
          columns,
          rowCount: 1,
          timeZone: "Europe/Berlin",
        }),
      ]),
    });
    await grid.settled();
    const { page } = grid;
    const amount = page.getByRole("columnheader", { name: "amount, DOUBLE" });
    assert.equal(await amount.getAttribute("aria-description"), inexact);
    assert.ok(
      await page
        .getByRole("button", { name: "amount may not be exact" })
        .isVisible(),
    );
    assert.equal(await page.locator(".tool-exact:visible").count(), 1);
    await page
      .getByRole("columnheader", {
        name: "at, TIMESTAMP WITH TIME ZONE · Europe/Berlin",
      })
      .waitFor();
    await page
      .getByRole("columnheader", { name: "no name, VARCHAR" })
      .waitFor();
    assert.deepEqual(await accessibilityViolations(page), []);
    const told = await page.evaluate(() => {
      const heard: string[] = [];
      document
        .querySelector<GridElement>("viaduct-grid")
        ?.onExactWay((column) => heard.push(column.name));
      document.querySelector<HTMLElement>(".tool-exact")?.click();
      return heard;
    });
    assert.deepEqual(told, ["amount"]);
  });
});
