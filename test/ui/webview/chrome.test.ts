import assert from "node:assert/strict";
import type { RunView } from "../../../src/protocol/panel";
import { until } from "../../support/until";
import { PanelPage } from "./support/panel";
import {
  ended,
  memoryColumns,
  memoryRows,
  open,
  relationMissing,
  run,
} from "./support/runs";
import { panelStates } from "./support/states";
import { type SuiteBrowser, openBrowser } from "../support/suiteBrowser";

describe("results panel: the run around the rows", () => {
  let browser: SuiteBrowser;

  before(async () => {
    browser = await openBrowser();
  });

  after(async () => {
    await browser.close();
  });

  async function withPanel(
    shown: RunView | null,
    use: (panel: PanelPage) => Promise<void>,
  ): Promise<void> {
    const panel = await PanelPage.open(browser, {
      run: shown,
      results: { memories: { rows: memoryRows(1284) } },
    });
    try {
      await use(panel);
      assert.deepEqual((await panel.host()).violations, []);
    } finally {
      await panel.close();
    }
  }

  const stateOf = (name: string): RunView => {
    const state = panelStates[name]?.run;
    assert.ok(state, name);
    return state;
  };

  const complete = {
    resultId: "memories",
    columns: memoryColumns,
    rowCount: 1284,
    commandTag: "SELECT 1284",
  };

  it("never says complete of a result that is not", async () => {
    await withPanel(null, async (panel) => {
      for (const [name, state] of Object.entries(panelStates)) {
        if (name === "first") continue;
        await panel.show(state);
        const text = await panel.page.innerText(".status");
        // All rows of a local copy are there, too; whose they are is said above them.
        const isProved = [
          "rows",
          "empty",
          "local-copy",
          "pinned-opening",
          "pinned-broken",
          "rows-gone",
          "pin-not-saved",
        ].includes(name);
        assert.equal(/(^|\s)complete/.test(text), isProved, `${name}: ${text}`);
        assert.equal(
          text.includes("incomplete"),
          ["cancelled-rows", "incomplete"].includes(name),
          `${name}: ${text}`,
        );
      }
    });
  });

  it("does not take the engine's word of an unproved success for complete", async () => {
    const unproved = run([
      ended(0, "SELECT 1", { ...complete, complete: false }),
    ]);
    await withPanel(unproved, async ({ page }) => {
      assert.match(await page.innerText(".status"), /incomplete/);
      assert.match(await page.innerText(".banner"), /incomplete/);
    });
  });

  it("cancels once, then says that it is cancelling", async () => {
    const running = stateOf("running-no-rows");
    await withPanel(running, async (panel) => {
      await panel.page.getByRole("button", { name: "Cancel" }).click();
      assert.deepEqual(await panel.posted("cancel"), [
        { type: "cancel", runId: "run-1" },
      ]);
      await panel.send({
        type: "run",
        run: { ...running, state: "cancelling" },
      });
      const button = panel.page.getByRole("button", { name: "Cancelling…" });
      await button.waitFor();
      assert.ok(await button.isDisabled());
    });
  });

  it("runs the clock by the page's own time", async () => {
    // A host whose clock is an hour ahead must not make time negative.
    const begun = {
      ...stateOf("running-no-rows"),
      startedAt: Date.now() + 3_600_000,
    };
    await withPanel(null, async (panel) => {
      await panel.send({ type: "run", run: begun });
      await until("half a second", async () => {
        const text = await panel.page.innerText(".elapsed");
        return Number.parseFloat(text) >= 0.5;
      });
      assert.ok(Number.parseFloat(await panel.page.innerText(".elapsed")) < 30);
    });
  });

  it("offers the error's actions by index and class", async () => {
    await withPanel(stateOf("several"), async (panel) => {
      await panel.page.getByRole("button", { name: "Go to Error" }).click();
      assert.deepEqual(await panel.posted("errorAction"), [
        { type: "errorAction", runId: "run-1", index: 2, action: "goToError" },
      ]);
    });
  });

  it("says above the rows what they have to be read with, without a click", async () => {
    await withPanel(stateOf("local-copy"), async (panel) => {
      await panel.settled();
      const banner = panel.page.locator(".warnings");
      assert.match(await banner.innerText(), /rows come from the local copy/);
      assert.doesNotMatch(await banner.innerText(), /said beside it/);
    });
    await withPanel(stateOf("rows"), async (panel) => {
      await panel.settled();
      assert.equal(await panel.page.locator(".warnings").isVisible(), false);
    });
  });

  it("shows the failed statement first, and others by tab and arrow key", async () => {
    await withPanel(stateOf("several"), async (panel) => {
      const selected = () =>
        panel.page.locator('[role=tab][aria-selected="true"]').innerText();
      assert.match(await selected(), /3\s*failed/);
      await panel.page.locator('[role=tab][aria-selected="true"]').focus();
      await panel.page.keyboard.press("ArrowLeft");
      assert.match(await selected(), /2\s*1,284 rows/);
      await panel.settled();
      await panel.page.getByRole("button", { name: /Messages/ }).click();
      assert.match(
        await panel.page.innerText(".drawer"),
        /NUMERIC without precision/,
      );
      await panel.page
        .getByRole("button", { name: /Sent to PostgreSQL/ })
        .click();
      assert.match(await panel.page.innerText(".drawer"), /COPY \(SELECT/);
    });
  });

  it("follows the run until the user chooses", async () => {
    const first = ended(0, "CREATE TABLE t", { commandTag: "CREATE TABLE" });
    const running = run(
      [first, open(1, "SELECT 1"), open(2, "SELECT 2", { state: "waiting" })],
      {
        state: "running",
      },
    );
    const later = run(
      [first, ended(1, "SELECT 1", complete), open(2, "SELECT 2")],
      { state: "running" },
    );
    await withPanel(running, async (panel) => {
      const selected = () =>
        panel.page
          .locator('[role=tab][aria-selected="true"] .tab-number')
          .innerText();
      assert.equal(await selected(), "2");
      await panel.send({ type: "run", run: later });
      await until("the third", async () => (await selected()) === "3");
      await panel.page.getByRole("tab").nth(1).click();
      await panel.send({
        type: "run",
        run: run([
          first,
          ended(1, "SELECT 1", complete),
          ended(2, "SELECT 2", complete),
        ]),
      });
      assert.equal(await selected(), "2");
    });
  });

  it("announces ends: politely when well, at once when not", async () => {
    const running = stateOf("running-no-rows");
    await withPanel(running, async (panel) => {
      await panel.send({
        type: "run",
        run: run([ended(0, "SELECT 1", complete)]),
      });
      await until("the announcement", async () =>
        (await panel.page.textContent(".unseen [role=status]"))?.includes(
          "returned 1,284 rows, complete.",
        ),
      );
      await panel.send({ type: "run", run: { ...running, runId: "run-2" } });
      await panel.send({
        type: "run",
        run: run(
          [
            ended(0, "SELECT 1", {
              status: "failed",
              complete: false,
              error: relationMissing,
            }),
          ],
          { runId: "run-2", state: "failed" },
        ),
      });
      await until("the alert", async () =>
        (await panel.page.textContent(".unseen [role=alert]"))?.includes(
          "does not exist",
        ),
      );
    });
  });

  it("keeps focus and the open list while the run's state is pushed again", async () => {
    const failed = stateOf("failed");
    await withPanel(failed, async (panel) => {
      await panel.page.getByRole("button", { name: "Go to Error" }).focus();
      await panel.send({ type: "run", run: { ...failed } });
      await panel.frame();
      assert.equal(
        await panel.page.evaluate(() => document.activeElement?.textContent),
        "Go to Error",
      );
    });
  });
});
