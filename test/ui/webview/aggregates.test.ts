import assert from "node:assert/strict";
import { until } from "../../support/until";
import { useEngineSuite } from "./support/engineSuite";
import type { PanelPage } from "./support/panel";

describe("results panel: what a selection comes to", () => {
  const suite = useEngineSuite();

  async function open(sql: string): Promise<PanelPage> {
    const panel = await suite.open(sql);
    await panel.page.locator(".scroller").focus();
    return panel;
  }

  async function says({ page }: PanelPage, text: string): Promise<void> {
    const last = { text: "" };
    await until(`“${text}”`, async () => {
      last.text = await page.innerText(".selection-summary");
      return last.text === text;
    }).catch((error: unknown) => {
      throw new Error(`it says “${last.text}”, not “${text}”`, {
        cause: error,
      });
    });
  }

  it("is the engine's exact sum, mean, least and greatest over the whole selection", async () => {
    const panel = await open(
      "SELECT * FROM (VALUES (1700.25::DECIMAL(10,2)), (1702.25), (NULL)) t(amount)",
    );
    await panel.page.keyboard.press("Control+a");
    await says(
      panel,
      "3 cells · 1 NULL · sum 3,402.50 · avg 1,701.25 · min 1,700.25 · max 1,702.25",
    );
  });

  it("gives way to the facts beside it where there is little room", async () => {
    const panel = await open(
      "SELECT i * 7919 AS many, i / 3 AS thirds FROM range(300) t(i)",
    );
    await panel.page.setViewportSize({ width: 620, height: 300 });
    await panel.page.keyboard.press("Control+a");
    await until("the sum", async () =>
      (await panel.page.innerText(".selection-summary")).includes("sum"),
    );
    const facts = await panel.page.locator(".facts .fact").last().boundingBox();
    const summary = await panel.page
      .locator(".selection-summary")
      .boundingBox();
    assert.ok(facts && summary);
    assert.ok(facts.x + facts.width <= summary.x);
  });

  it("is nothing for one cell, and counts texts", async () => {
    const panel = await open("SELECT * FROM (VALUES ('a'), ('a'), ('b')) t(x)");
    const { keyboard } = panel.page;
    await keyboard.press("Control+a");
    await says(panel, "3 cells · 2 distinct");
    await keyboard.press("Escape");
    await says(panel, "");
  });

  it("asks once for a selection that moves on, and of the last one", async () => {
    const panel = await open("SELECT i FROM range(100) t(i)");
    const { keyboard } = panel.page;
    await keyboard.press("Control+Home");
    for (let step = 0; step < 9; step += 1) {
      await keyboard.press("Shift+ArrowDown");
    }
    await says(panel, "10 cells · sum 45 · avg 4.5 · min 0 · max 9");
    const asked = (await panel.posted("call")) as { method: string }[];
    const questions = asked.filter(({ method }) => method === "aggregate");
    assert.ok(questions.length < 9, `${questions.length} questions`);
  });
});
