import assert from "node:assert/strict";
import { until } from "../../support/until";
import { accessibilityViolations } from "../support/accessibility";
import { keepPicture } from "../support/pictures";
import type { PanelPage } from "./support/panel";
import { partStatements, partStates } from "./support/parts";
import { usePartsSuite } from "./support/partsSuite";
import { themes, type ThemeName } from "./support/themes";

const themeNames = Object.keys(themes) as ThemeName[];

describe("what stands around the rows: every state", () => {
  const { fresh, engine } = usePartsSuite();

  for (const [name, state] of Object.entries(partStates)) {
    it(`${name} is accessible in every theme, and within the policy`, async () => {
      const panel = await fresh(state.of ?? 0);
      await state.open(panel);
      for (const theme of themeNames) {
        await panel.useTheme(theme);
        await keepPicture(panel.page, `webview-part-${name}-${theme}`);
        const rules = theme === themeNames[0] ? "all" : "colours";
        assert.deepEqual(
          await accessibilityViolations(panel.page, rules),
          [],
          theme,
        );
      }
      assert.deepEqual((await panel.host()).violations, []);
      assert.deepEqual(await headersApart(panel), []);
      // As at 400 % zoom, where a page is 320 pixels wide.
      await panel.page.setViewportSize({ width: 320, height: 256 });
      await panel.frame();
      await keepPicture(panel.page, `webview-part-${name}-narrow`);
      assert.deepEqual(await outOfReach(panel), []);
      await panel.page.setViewportSize({ width: 1100, height: 420 });
    });
  }

  const left = [
    "find-matches",
    "filter-box",
    "filter-passing",
    "statistics-texts",
    "cell-json",
    "chart-bars",
    "column-menu",
    "jump-wrong",
  ];
  for (const name of left) {
    it(`${name} gives the keyboard back to the rows`, async () => {
      const state = partStates[name];
      assert.ok(state);
      const panel = await fresh(state.of ?? 0);
      await state.open(panel);
      await panel.page.keyboard.press("Escape");
      const active = () =>
        panel.page.evaluate(() => document.activeElement?.className);
      await until("the rows", async () => (await active()) === "scroller");
    });
  }

  it("a cell that something else than the grid brings into sight takes its header along", async () => {
    const panel = await fresh(1);
    await panel.page.setViewportSize({ width: 500, height: 420 });
    await panel.frame();
    await panel.page.evaluate(() => {
      const cells = document.querySelectorAll(".body-clip [role=gridcell]");
      for (const cell of cells) cell.scrollIntoView({ inline: "end" });
    });
    await panel.frame();
    assert.deepEqual(await headersApart(panel), []);
    await panel.page.setViewportSize({ width: 1100, height: 420 });
  });

  it("keeps a condition that could not be applied, to be mended", async () => {
    const panel = await fresh(0);
    await partStates["filter-wrong"]?.open(panel);
    await panel.send({ type: "do", action: "filterByCondition" });
    const field = panel.page.getByLabel("Condition that rows have to meet");
    assert.equal(await field.inputValue(), "nosuch = 1");
    await field.fill("id < 5");
    await panel.page.keyboard.press("Enter");
    await panel.page.getByText("5 of 20,000 rows pass").waitFor();
    await panel.send({ type: "do", action: "filterByCondition" });
    assert.equal(await field.inputValue(), "");
  });

  it("has the statistics of the rows that are shown, also when other ones pass", async () => {
    const panel = await fresh(0);
    await partStates["statistics-texts"]?.open(panel);
    await panel.send({ type: "do", action: "filterByCondition" });
    await panel.page.keyboard.type("id < 5");
    await panel.page.keyboard.press("Enter");
    await panel.page.getByText("Over 5 rows").waitFor();
  });

  it("says that no row passes, and takes it back", async () => {
    const panel = await fresh(0);
    await partStates["filter-all-hidden"]?.open(panel);
    const note = panel.page.getByText("No row passes the filters");
    await note.waitFor();
    await panel.page.getByRole("button", { name: "Clear Filters" }).click();
    await panel.settled();
    assert.equal(await note.isVisible(), false);
  });

  it("has a chart's numbers as a table, with the engine's own sums", async () => {
    const panel = await fresh(0);
    await partStates["chart-bars"]?.open(panel);
    await panel.page.getByRole("button", { name: "Show Data" }).click();
    const table = panel.page.getByRole("table", {
      name: "sum of price by region",
    });
    assert.deepEqual(await table.locator("tr").allInnerTexts(), [
      "region\tsum of price",
      ...(await expectedSums()),
    ]);
    assert.deepEqual(await accessibilityViolations(panel.page), []);
    const focused = await panel.page.evaluate(
      () => document.activeElement?.ariaLabel,
    );
    assert.equal(focused, "Data of the chart");
    await panel.page.getByRole("button", { name: "Show Data" }).click();
    assert.ok(await panel.page.locator(".chart-area").isVisible());
  });

  /** What the chart's sums are, by the engine. */
  async function expectedSums(): Promise<string[]> {
    const sums = `SELECT region, sum(price) FROM (${partStatements[0]}) GROUP BY 1 ORDER BY min(id)`;
    return (await engine().rows(sums)).map((row) => row.join("\t"));
  }
});

/** Columns whose header is not above their cells. */
function headersApart(panel: PanelPage): Promise<string[]> {
  return panel.page.evaluate(() => {
    const left = (element: Element | null) =>
      Math.round(element?.getBoundingClientRect().left ?? -1);
    return [...document.querySelectorAll(".head-cell")].flatMap((head) => {
      const index = head.getAttribute("aria-colindex") ?? "";
      const cell = document.querySelector(
        `.body-clip .row:not([hidden]) [aria-colindex="${index}"]`,
      );
      const apart = cell !== null && left(cell) !== left(head);
      return apart ? [`${index}: ${left(head)}, ${left(cell)}`] : [];
    });
  });
}

/** Controls that cannot be brought into sight. */
function outOfReach(panel: PanelPage): Promise<string[]> {
  return panel.page.evaluate(() => {
    const controls = [
      ...document.querySelectorAll<HTMLElement>(
        "button, input, select, summary, [role=menuitem]",
      ),
    ].filter(
      (each) =>
        each.checkVisibility({ visibilityProperty: true }) &&
        each.closest(".scroller") === null,
    );
    return controls.flatMap((each) => {
      each.scrollIntoView({ block: "nearest", inline: "nearest" });
      const { left, right, top, bottom } = each.getBoundingClientRect();
      const at = document.elementFromPoint(
        Math.max(0, (left + Math.min(right, window.innerWidth)) / 2),
        (top + bottom) / 2,
      );
      const isReached = at !== null && (each.contains(at) || at.contains(each));
      return isReached ? [] : [each.outerHTML.slice(0, 120)];
    });
  });
}
