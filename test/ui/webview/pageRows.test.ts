import assert from "node:assert/strict";
import type { PageRows } from "../../../src/protocol/panel";
import { until } from "../../support/until";
import { useEngineSuite } from "./support/engineSuite";
import type { PanelPage } from "./support/panel";

describe("results panel: what the host hears of the rows", () => {
  const suite = useEngineSuite();

  /** What was told last, once it fits. */
  async function told(
    panel: PanelPage,
    fits: (rows: PageRows) => boolean,
  ): Promise<PageRows> {
    return until("the rows to be told", async () => {
      const all = (await panel.posted("shows")) as {
        readonly rows: PageRows | null;
      }[];
      const rows = all.at(-1)?.rows ?? null;
      return rows !== null && fits(rows) && rows;
    });
  }

  it("is what is selected, and how they are arranged, once for each change", async () => {
    const panel = await suite.open("SELECT i AS a, -i AS b FROM range(9) t(i)");
    await panel.page.locator(".scroller").focus();
    for (const key of ["Control+Home", "ArrowDown", "Shift+ArrowDown"]) {
      await panel.page.keyboard.press(key);
    }
    const selected = await told(panel, (rows) => rows.selection?.toRow === 3);
    assert.deepEqual(
      [selected.viewId, selected.viewRows, selected.columns],
      [null, null, [0, 1]],
    );
    assert.deepEqual(selected.selection?.columns, [0]);
    await panel.send({ type: "do", action: "sortDescending" });
    const sorted = await told(panel, ({ viewId }) => viewId !== null);
    assert.equal(sorted.viewRows, 9);
    await panel.send({ type: "do", action: "hideColumn" });
    await told(panel, ({ columns }) => columns.join() === "1");
    const before = (await panel.posted("shows")).length;
    await panel.page.locator(".scroller").evaluate((scroller) => {
      scroller.scrollTop = 20;
    });
    await panel.settled();
    assert.equal((await panel.posted("shows")).length, before);
  });
});
