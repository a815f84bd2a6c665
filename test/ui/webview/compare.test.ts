import assert from "node:assert/strict";
import { TestEngine } from "../../support/engineHarness";
import { until } from "../../support/until";
import { accessibilityViolations } from "../support/accessibility";
import { keepPicture } from "../support/pictures";
import { openBrowser, type SuiteBrowser } from "../support/suiteBrowser";
import { ComparedPages } from "./support/comparedPages";
import type { PanelPage } from "./support/panel";
import { syntheticColumns } from "./support/runs";
import { themes, type ThemeName } from "./support/themes";

describe("results panel: two results side by side", () => {
  const now: {
    browser?: SuiteBrowser;
    engine?: TestEngine;
    pages?: ComparedPages;
  } = {};

  before(async () => {
    now.browser = await openBrowser();
    now.engine = await TestEngine.startAlone();
  });
  afterEach(async () => {
    const violations = [];
    for (const panel of now.pages?.panels ?? [])
      violations.push(...(await panel.host()).violations);
    await now.pages?.close();
    delete now.pages;
    assert.deepEqual(violations, []);
  });
  after(async () => {
    await now.browser?.close();
    await now.engine?.close();
  });

  /** Pages of synthetic rows, so many in each, and of columns. */
  async function scrolled(
    counts: readonly [number, number],
    columns: readonly [number, number] = [20, 20],
  ): Promise<readonly [PanelPage, PanelPage]> {
    const { browser } = now;
    assert.ok(browser);
    const ids = ["one", "two"];
    const results = counts.map((rowCount, at) => ({
      resultId: ids[at] ?? "",
      columns: syntheticColumns(columns[at] ?? 0),
      rowCount,
    }));
    const options = counts.map((rowCount, at) => ({
      results: {
        [ids[at] ?? ""]: { synthetic: { rowCount, columns: columns[at] ?? 0 } },
      },
    }));
    now.pages = await ComparedPages.onRows(browser, results, options);
    const { panels } = now.pages;
    await panels[1].page.locator(".compare-tools:not([hidden])").waitFor();
    await panels[0].page.locator(".compare-tools:not([hidden])").waitFor();
    return panels;
  }

  /** The first row and column on the screen. */
  async function place(panel: PanelPage): Promise<string> {
    await panel.settled();
    const [row] = await panel.rowsOnScreen();
    const column = await panel.page.evaluate(() => {
      const left =
        document.querySelector(".head-clip")?.getBoundingClientRect().left ?? 0;
      const heads = [...document.querySelectorAll(".head-cell")];
      return heads
        .filter((head) => head.getBoundingClientRect().right > left + 1)
        .map((head) => Number(head.getAttribute("aria-colindex")) - 1)
        .sort((a, b) => a - b)[0];
    });
    return `${row ?? -1}/${column ?? -1}`;
  }

  const reaches = (panel: PanelPage, wanted: string): Promise<unknown> =>
    until(`the rows at ${wanted}`, async () => (await place(panel)) === wanted);

  it("scrolls both by wheel, keyboard and scroll bar, to the end of each and no further", async () => {
    const [left, right] = await scrolled([10_000_000, 5_000]);
    await left.page.mouse.move(200, 200);
    await left.page.mouse.wheel(0, 2_200);
    await until("a scroll", async () => (await place(left)) !== "0/0");
    await reaches(right, await place(left));
    await right.page.locator(".scroller").focus();
    for (const key of [
      "PageDown",
      "PageDown",
      "ArrowRight",
      "ArrowRight",
      "ArrowRight",
      "ArrowRight",
      "ArrowRight",
      "ArrowRight",
    ])
      await right.page.keyboard.press(key);
    const moved = await place(right);
    assert.doesNotMatch(moved, /\/0$/);
    await reaches(left, moved);
    await left.dragScrollBar(1);
    const [end] = (await place(left)).split("/");
    assert.ok(Number(end) > 9_999_900, end);
    await until("its end", async () =>
      (await right.rowsOnScreen()).includes(4_999),
    );
    await left.page.locator(".scroller").focus();
    await left.page.keyboard.press("Control+Home");
    await reaches(right, "0/0");
    await left.assertSyntheticCells();
    await right.assertSyntheticCells();
  });

  it("tells nobody of what it does only because the other one did it", async () => {
    const [left, right] = await scrolled([5_000, 300]);
    for (const fraction of [0.31, 0.02, 0.9, 1, 0.47]) {
      await left.dragScrollBar(fraction);
    }
    await until("the end", async () =>
      (await right.rowsOnScreen()).includes(299),
    );
    await right.frame();
    const told = await left.posted("scrolled");
    assert.ok(told.length >= 5, String(told.length));
    assert.deepEqual(await right.posted("scrolled"), []);
    await left.page.locator(".compare-tools button").first().click();
    await left.page.locator('.compare-tools [aria-pressed="false"]').waitFor();
    const stays = await place(right);
    await left.dragScrollBar(0);
    await left.send({ type: "do", action: "scrollTogether" });
    await right.page.locator('.compare-tools [aria-pressed="true"]').waitFor();
    assert.equal(await place(right), stays);
    await left.dragScrollBar(0.02);
    await reaches(right, await place(left));
  });

  it("follows by the names of columns, whatever their places and widths are", async () => {
    const [left, right] = await scrolled([300, 300], [20, 30]);
    await right.page.locator(".scroller").focus();
    await right.page.keyboard.press("Control+Home");
    for (let at = 0; at < 14; at += 1)
      await right.page.keyboard.press("ArrowRight");
    const wanted = await place(right);
    await reaches(left, wanted);
  });

  it("says over all rows what differs, marks it in both, and goes from one difference to the next", async () => {
    const { browser, engine } = now;
    assert.ok(browser && engine);
    const rows = (changed: string): string =>
      `SELECT i AS id, 'name ' || i AS name, ${changed} AS price FROM range(20000) t(i)`;
    now.pages = await ComparedPages.onEngine(browser, engine, [
      `${rows("i % 100")} WHERE i <> 12`,
      `SELECT * FROM (${rows("CASE WHEN i IN (5, 15000) THEN NULL ELSE i % 100 END")}) WHERE id <> 3 ORDER BY id DESC`,
    ]);
    const [left, right] = now.pages.panels;
    await left.page.locator(".scroller").focus();
    await left.page.keyboard.press("Control+Home");
    await left.send({ type: "do", action: "showDifferences" });
    const said = (panel: PanelPage) => panel.page.locator(".compare-state");
    await said(left)
      .getByText(
        "2 rows differ, 1 row only here, 1 row only in after · paired by id",
      )
      .waitFor();
    await said(right)
      .getByText("2 rows differ, 1 row only here, 1 row only in before")
      .waitFor();
    const marked = (panel: PanelPage, kind: string) =>
      panel.page.locator(`.row:not([hidden]) .cell.${kind}`).allInnerTexts();
    await until(
      "marks",
      async () => (await marked(left, "differs")).length > 0,
    );
    assert.deepEqual(await marked(left, "differs"), ["5"]);
    assert.deepEqual(await marked(left, "only-here"), ["3", "name 3", "3"]);
    for (const theme of Object.keys(themes) as ThemeName[]) {
      await left.useTheme(theme);
      await keepPicture(left.page, `webview-compare-${theme}`);
      const rules = theme === "dark" ? "all" : "colours";
      assert.deepEqual(await accessibilityViolations(left.page, rules), []);
    }
    await left.page.emulateMedia({ forcedColors: "active" });
    await keepPicture(left.page, "webview-compare-forced");
    await left.page.emulateMedia({ forcedColors: null });
    for (const ordinal of [1, 2, 3]) {
      await left.send({ type: "do", action: "nextDifference" });
      await said(left).getByText(`${ordinal} of 4: `).waitFor();
    }
    const active = (panel: PanelPage) =>
      panel.page.locator(".cell.active").first().innerText();
    await until("both to be there", async () => {
      await left.settled();
      await right.settled();
      return (await active(left)) === "0" && (await active(right)) === "NULL";
    });
    await until("the mark", async () =>
      (await marked(right, "differs")).includes("NULL"),
    );
    const tops = await Promise.all(
      [left, right].map((panel) =>
        panel.page
          .locator(".cell.active")
          .first()
          .evaluate((cell) => Math.round(cell.getBoundingClientRect().top)),
      ),
    );
    assert.equal(tops[0], tops[1]);
    await keepPicture(left.page, "webview-compare-left-step");
    await keepPicture(right.page, "webview-compare-right-step");
    // What is beside each other stays so.
    await left.page.mouse.move(200, 200);
    await left.page.mouse.wheel(0, 110);
    await until("the other one to follow", async () => {
      const [one = 0] = await left.rowsOnScreen();
      const [other = 0] = await right.rowsOnScreen();
      return one > 14_985 && other === one - 10_000;
    });
    now.pages.key = [];
    await left.send({ type: "do", action: "compareByKey" });
    await said(left).getByText("paired by place").waitFor();
    await left.send({ type: "do", action: "sortDescending" });
    await said(right)
      .getByText("Other rows are shown than were compared.")
      .waitFor();
    await right.page.getByRole("button", { name: "Compare Again" }).click();
    await said(left)
      .getByText(/paired by id/)
      .waitFor();
    await right.page
      .getByRole("button", { name: "End the comparison" })
      .click();
    await left.page.locator(".compare-bar").waitFor({ state: "hidden" });
    assert.equal((await marked(left, "differs")).length, 0);
  });
});
