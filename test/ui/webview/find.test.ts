import assert from "node:assert/strict";
import { until } from "../../support/until";
import { act, looksRight, useEngineSuite } from "./support/engineSuite";
import type { PanelPage } from "./support/panel";

const rows = `SELECT i AS id, 'name ' || (i % 7) AS name, (i % 100)::DOUBLE / 4 AS price FROM range(50000) t(i)`;

describe("results panel: find", () => {
  const { open } = useEngineSuite();

  const state = (panel: PanelPage) => panel.page.locator(".find-state");
  const activeText = (panel: PanelPage) =>
    panel.page.locator(".cell.active").first().innerText();

  it("finds a text in all rows, goes from match to match around the end, and marks those in sight", async () => {
    const panel = await open(rows);
    await act(panel, "find");
    await panel.page.keyboard.type("name 6");
    await state(panel).getByText("1 of 7,142 matches").waitFor();
    assert.equal(await activeText(panel), "name 6");
    await panel.page.keyboard.press("Shift+Enter");
    await state(panel).getByText("7,142 of 7,142 matches").waitFor();
    await panel.settled();
    const cells = await panel.visibleCells();
    assert.ok(cells.some(({ row }) => row === 49_993));
    const marked = await panel.page.locator(".cell.match").allInnerTexts();
    assert.ok(marked.length > 1);
    await looksRight(panel, "find");
    assert.deepEqual([...new Set(marked)], ["name 6"]);
    await panel.page.keyboard.press("Escape");
    assert.equal(await panel.page.locator(".cell.match").count(), 0);
    assert.equal(
      await panel.page.evaluate(() => document.activeElement?.className),
      "scroller",
    );
  });

  it("takes what is typed right after its key, also when the command of that key comes later", async () => {
    const panel = await open(rows);
    await panel.page.locator(".cell").first().click();
    await panel.page.keyboard.press("Control+f");
    await panel.page.keyboard.type("name");
    await act(panel, "find");
    await panel.page.keyboard.type(" 6");
    await state(panel).getByText("1 of 7,142 matches").waitFor();
  });

  it("says what is wrong with a regular expression, and that nothing matches", async () => {
    const panel = await open(rows);
    await act(panel, "find");
    await panel.page
      .getByRole("button", { name: "Regular expression" })
      .click();
    await panel.page.getByLabel("Find in all rows").fill("na(me");
    await until("the error of the expression", async () =>
      /\(|parenthes|expression/i.test(await state(panel).innerText()),
    );
    await panel.page.getByLabel("Find in all rows").fill("^zzz");
    await state(panel).getByText("No matches").waitFor();
  });
});
