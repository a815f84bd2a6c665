import assert from "node:assert/strict";
import type { HostToPanel } from "../../../src/protocol/panel";
import { until } from "../../support/until";
import { accessibilityViolations } from "../support/accessibility";
import { keepPicture } from "../support/pictures";
import { PanelPage } from "./support/panel";
import type { ThemeName } from "./support/themes";
import { memoryRows } from "./support/runs";
import { state, tabOf } from "./support/tabs";
import { type SuiteBrowser, openBrowser } from "../support/suiteBrowser";

describe("results panel: the tabs", () => {
  let browser: SuiteBrowser;

  before(async () => {
    browser = await openBrowser();
  });

  after(async () => {
    await browser.close();
  });

  async function withTabs(
    message: HostToPanel,
    use: (panel: PanelPage) => Promise<void>,
    options: { readonly theme?: ThemeName; readonly width?: number } = {},
  ): Promise<void> {
    const rows = memoryRows(1284);
    const panel = await PanelPage.open(browser, {
      results: { orders: { rows }, customers: { rows }, dates: { rows } },
      reducedMotion: true,
      ...options,
    });
    try {
      await panel.send(message);
      await panel.page.waitForSelector(".run-header");
      await panel.settled();
      await use(panel);
      assert.deepEqual((await panel.host()).violations, []);
    } finally {
      await panel.close();
    }
  }

  const three = state(
    [
      tabOf("orders", { pinned: true }),
      tabOf("customers"),
      tabOf("dates", { native: true, target: "source_memories" }),
    ],
    "customers",
  );
  const selected = (panel: PanelPage) =>
    panel.page.locator('.result-tab[aria-selected="true"]').innerText();
  const deeds = async (panel: PanelPage) =>
    (await panel.posted("tab")).map((message) => {
      const { tabId, deed } = message as { tabId: string; deed: string };
      return `${deed} ${tabId}`;
    });

  it("shows the tab that is chosen at once, and tells the host", async () => {
    await withTabs(three, async (panel) => {
      assert.match(await selected(panel), /customers/);
      await panel.page.getByRole("tab", { name: /^orders/ }).click();
      assert.match(await selected(panel), /orders/);
      assert.equal(await panel.page.innerText(".source"), "sql/orders.sql");
      assert.deepEqual(await deeds(panel), ["show orders"]);
    });
  });

  it("is used by keyboard alone: along the tabs, rename, close, to the rows and the tools", async () => {
    await withTabs(three, async (panel) => {
      const { page } = panel;
      await page.getByRole("tab", { name: /^customers/ }).focus();
      await page.keyboard.press("ArrowRight");
      assert.match(await selected(panel), /dates/);
      await page.keyboard.press("Home");
      await page.keyboard.press("F2");
      await page.keyboard.press("Delete");
      await page.keyboard.press("Tab");
      assert.equal(
        await page.evaluate(() => document.activeElement?.ariaLabel),
        "Run again",
      );
      await page.keyboard.press("Enter");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Space");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await page.getByRole("tab", { name: /^orders/ }).focus();
      await page.keyboard.press("Enter");
      assert.equal(
        await page.evaluate(() => document.activeElement?.className),
        "scroller",
      );
      assert.deepEqual(await deeds(panel), [
        "show dates",
        "show orders",
        "rename orders",
        "close orders",
        "rerun orders",
        "unpin orders",
        "openBeside orders",
      ]);
    });
  });

  it("keeps the place and the selection of each tab while others are shown, and the place over a reload", async () => {
    await withTabs(three, async (panel) => {
      const { page } = panel;
      await panel.dragScrollBar(0.5);
      await panel.settled();
      const before = await panel.rowsOnScreen();
      assert.ok((before[0] ?? 0) > 100);
      await page.getByRole("tab", { name: /^dates/ }).click();
      await panel.settled();
      assert.equal((await panel.rowsOnScreen())[0], 0);
      await page.getByRole("tab", { name: /^customers/ }).click();
      await panel.settled();
      assert.deepEqual(await panel.rowsOnScreen(), before);
      await until("the place to be stored", () =>
        page.evaluate(() =>
          JSON.stringify(window.fakeHost.stored).includes('"top":1'),
        ),
      );
      await page.reload();
      await page.waitForSelector(".welcome:not([hidden])");
      const rows = memoryRows(1284);
      await page.evaluate((given) => {
        window.fakeHost.results = { customers: { rows: given } };
      }, rows);
      await panel.send(three);
      await panel.settled();
      assert.deepEqual(await panel.rowsOnScreen(), before);
    });
  });

  it("closes by the mark on a tab and the middle button, and unpins by the pin", async () => {
    await withTabs(three, async (panel) => {
      const { page } = panel;
      await page.locator("#result-tab-customers .close-mark").click();
      await page.locator("#result-tab-dates").click({ button: "middle" });
      await page.locator("#result-tab-orders .pin-mark").click();
      assert.deepEqual(await deeds(panel), [
        "close customers",
        "close dates",
        "unpin orders",
      ]);
    });
  });

  it("has no strip for one result that nothing was done to, nor beside", async () => {
    await withTabs(state([tabOf("orders")], "orders"), async (panel) => {
      assert.equal(await panel.page.isVisible(".result-tabs"), false);
      await panel.send(state([tabOf("orders", { pinned: true })], "orders"));
      await panel.page.waitForSelector(".result-tab");
      await panel.send(
        state([tabOf("orders", { pinned: true })], "orders", true),
      );
      await panel.page.waitForSelector(".result-tab", { state: "detached" });
      assert.equal(
        await panel.page.getByRole("button", { name: "Open beside" }).count(),
        0,
      );
    });
  });

  it("does what a command of the palette says", async () => {
    await withTabs(three, async (panel) => {
      const focused = () =>
        panel.page.evaluate(() => document.activeElement?.className);
      await panel.send({ type: "do", action: "focusRows" });
      await until("the rows", async () => (await focused()) === "scroller");
      await panel.send({ type: "do", action: "focusTabs" });
      await until("the tabs", async () => (await focused()) === "result-tab");
    });
  });

  it("tells the host that it has the keyboard", async () => {
    await withTabs(three, async (panel) => {
      await panel.page.evaluate(() => {
        window.dispatchEvent(new Event("blur"));
        window.dispatchEvent(new Event("focus"));
      });
      const told = await panel.posted("focus");
      assert.deepEqual(told.slice(-2), [
        { type: "focus", focused: false },
        { type: "focus", focused: true },
      ]);
    });
  });

  for (const theme of ["dark", "light", "highContrast"] as const) {
    it(`is accessible in ${theme}, also when narrow`, async () => {
      await withTabs(
        three,
        async (panel) => {
          await keepPicture(panel.page, `webview-tabs-${theme}`);
          assert.deepEqual(
            await accessibilityViolations(panel.page, "all"),
            [],
          );
          await panel.page.setViewportSize({ width: 320, height: 300 });
          await panel.settled();
          await keepPicture(panel.page, `webview-tabs-narrow-${theme}`);
          assert.deepEqual(
            await accessibilityViolations(panel.page, "all"),
            [],
          );
          const outside = await panel.page.evaluate(
            () => document.documentElement.scrollWidth > window.innerWidth,
          );
          assert.equal(outside, false);
        },
        { theme },
      );
    });
  }
});
