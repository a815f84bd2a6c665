import assert from "node:assert/strict";
import { until } from "../../support/until";
import { useEngineSuite } from "./support/engineSuite";
import { names } from "./support/gridProbes";
import type { PanelPage } from "./support/panel";
import { ended, run } from "./support/runs";

const orders =
  "SELECT i AS id, 'name ' || (i % 7) AS name, 'k' || (i % 3) AS api_key FROM range(5000) t(i)";

describe("how a result is arranged, sorted and filtered", () => {
  const { open, engine } = useEngineSuite();

  /** The same tab runs a statement: its rows have another name. */
  async function runAgain(panel: PanelPage, statement: string): Promise<void> {
    const outcome = await engine().succeed(statement);
    const next = run([ended(0, statement, { ...outcome, index: 0 })], {
      runId: `run of ${outcome.resultId ?? ""}`,
      startedAt: Date.now() + 60_000,
    });
    await panel.send({ type: "run", run: next });
  }

  async function filter(panel: PanelPage, condition: string): Promise<void> {
    await panel.send({ type: "do", action: "filterByCondition" });
    await panel.page.keyboard.type(condition);
    await panel.page.keyboard.press("Enter");
    await panel.page.getByText(/of 5,000 rows pass/).waitFor();
  }

  /** Moves, hides, freezes and widens columns, sorts, and filters. */
  async function arrange(panel: PanelPage): Promise<void> {
    const { keyboard } = panel.page;
    const cell = panel.page.locator(".cell", { hasText: /^name 0$/ }).first();
    await cell.click();
    await panel.send({ type: "do", action: "sortDescending" });
    await panel.page.getByText("Sorted by name ↓.").waitFor();
    await filter(panel, "id >= 4000");
    await panel.settled();
    await keyboard.press("Home");
    await panel.send({ type: "do", action: "hideColumn" });
    await panel.send({ type: "do", action: "freezeColumns" });
    await panel.page.getByText("1 column hidden.").waitFor();
  }

  async function assertArranged(panel: PanelPage): Promise<void> {
    await panel.page.getByText("1,000 of 5,000 rows pass.").waitFor();
    await panel.settled();
    assert.deepEqual(await names(panel), ["name", "api_key"]);
    await until(
      "the first row by its name",
      async () => (await panel.visibleCells())[0]?.text === "name 6",
    );
    const status = await panel.page.locator(".status").innerText();
    assert.match(status, /5,000 rows\s+complete/);
    assert.match(status, /4,000 rows hidden by 1 filter/);
    assert.equal(await panel.page.locator(".filter-chip").count(), 1);
    const frozen = panel.page.locator(".head-strip .frozen-cells .head-name");
    assert.deepEqual(await frozen.allInnerTexts(), ["name"]);
  }

  const stored = (panel: PanelPage) =>
    panel.page.evaluate(() => JSON.stringify(window.fakeHost.stored));

  it("is the same after the page was made anew, at the same rows", async () => {
    const panel = await open(orders);
    await arrange(panel);
    await panel.dragScrollBar(0.5);
    await panel.settled();
    const before = await panel.rowsOnScreen();
    assert.ok((before[0] ?? 0) > 300);
    await until("the look to be stored", async () =>
      /4000.*"top":[1-9]|"top":[1-9].*4000/.test(await stored(panel)),
    );
    await panel.page.reload();
    await panel.page.getByText("1,000 of 5,000 rows pass.").waitFor();
    await panel.settled();
    assert.deepEqual(await panel.rowsOnScreen(), before);
    await panel.dragScrollBar(0);
    await assertArranged(panel);
    assert.equal(
      await panel.page.getByText("As in the run before.").count(),
      0,
    );
  });

  it("is the same after the same statement ran again, which is said, and can be cleared", async () => {
    const panel = await open(orders);
    await arrange(panel);
    await runAgain(panel, orders);
    await panel.page.getByText("As in the run before.").waitFor();
    await assertArranged(panel);
    await panel.page.getByRole("button", { name: "Clear Filters" }).click();
    await until(
      "all rows",
      async () =>
        (await panel.page
          .locator(".status")
          .getByText(/hidden by/)
          .isHidden()) &&
        (await panel.page.getByText("As in the run before.").isHidden()),
    );
    await runAgain(panel, orders);
    await panel.page.getByText("Sorted by name ↓.").waitFor();
    assert.equal(await panel.page.locator(".filter-chip").count(), 0);
  });

  it("is the arrangement only for another statement with the same columns, and none for other columns", async () => {
    const panel = await open(orders);
    await arrange(panel);
    await runAgain(panel, `${orders} WHERE i < 4990`);
    await panel.page.locator(".status").getByText("4,990 rows").waitFor();
    await panel.settled();
    assert.deepEqual(await names(panel), ["name", "api_key"]);
    assert.equal(await panel.page.getByText(/Sorted by|rows pass/).count(), 0);
    await runAgain(panel, "SELECT 1 AS id, 'x' AS name");
    await panel.page
      .locator(".status")
      .getByText("1 row", { exact: true })
      .waitFor();
    await panel.settled();
    assert.deepEqual(await names(panel), ["id", "name"]);
    await runAgain(panel, orders);
    await assertArranged(panel);
  });

  it("stores no value that is compared with a column that is named like a secret, but keeps it while the page lives", async () => {
    const panel = await open(orders);
    await filter(panel, "api_key = 'k1'");
    await panel.page.getByText("1,667 of 5,000 rows pass.").waitFor();
    await panel.send({ type: "do", action: "sortAscending" });
    await panel.page.getByText("Sorted by id ↑.").waitFor();
    await until("the sort to be stored", async () =>
      (await stored(panel)).includes('"descending":false'),
    );
    assert.ok(!(await stored(panel)).includes("k1"));
    await runAgain(panel, orders);
    await panel.page.getByText("1,667 of 5,000 rows pass.").waitFor();
    await panel.page.reload();
    await panel.page.getByText("Sorted by id ↑.").waitFor();
    assert.equal(await panel.page.locator(".filter-chip").count(), 0);
  });

  it("leaves the rows as they came when a filter of the run before cannot be applied, and says so", async () => {
    const panel = await open(orders);
    await filter(panel, "id >= 4000");
    await until("the look to be stored", async () =>
      (await stored(panel)).includes("4000"),
    );
    await panel.page.evaluate(() => {
      const text = JSON.stringify(window.fakeHost.stored);
      sessionStorage.setItem("stored", text.replace("id >=", "nosuch >="));
    });
    await panel.page.reload();
    await panel.page.getByText(/The rows are as they were: .*nosuch/).waitFor();
    await panel.settled();
    assert.equal((await panel.visibleCells())[0]?.text, "0");
  });
});
