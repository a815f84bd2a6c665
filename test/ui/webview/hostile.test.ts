import assert from "node:assert/strict";
import type { PanelAction } from "../../../src/protocol/panelActions";
import { TestEngine } from "../../support/engineHarness";
import { openOnEngine } from "./support/enginePanel";
import type { PanelPage } from "./support/panel";
import { type SuiteBrowser, openBrowser } from "../support/suiteBrowser";

/** Would act, reorder what is around it, or hide, if it were taken for anything but text. */
const hostile = [
  `<img src=x onerror="window.hit=1"><script>window.hit=1</script>`,
  "safe\u202Egnp.exe\u2066\u200Bx",
  "\u001B[31mred\u001B]0;title\u0007",
  "nul\u0000in\u0000it",
  "שלום עולם",
  "Z\u0351\u036F\u0310a\u0344lgo",
  "👩‍👩‍👧‍👦 𝔘𝔫𝔦",
];
const name = "<b>n</b>\u202Eeman\u001B[0m";

/** What must be nowhere as it is: it moves what stands around it. */
const acting =
  // eslint-disable-next-line no-control-regex -- these are what is looked for
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\u200B]/;

describe("hostile values are text everywhere", () => {
  const now: {
    browser?: SuiteBrowser;
    engine?: TestEngine;
    panel?: PanelPage;
  } = {};
  const quoted = (text: string): string =>
    `'${text.replaceAll("'", "''").replaceAll("\u0000", "' || chr(0) || '")}'`;
  const values = [...hostile, "x".repeat(1_000_000)].map(
    (text, at) => `SELECT ${quoted(text)} AS "${name}", ${at} AS n`,
  );

  before(async () => {
    now.browser = await openBrowser();
    now.engine = await TestEngine.startAlone();
    now.panel = await openOnEngine(now.browser, now.engine, [
      values.join(" UNION ALL "),
    ]);
    await now.panel.settled();
  });

  after(async () => {
    await now.browser?.close();
    await now.engine?.close();
  });

  async function act(action: PanelAction): Promise<void> {
    await now.panel?.send({ type: "do", action });
  }

  /** Nothing was made of the values, and nothing that is read or pointed at has what acts. */
  async function assertInert(panel: PanelPage): Promise<void> {
    const found = await panel.page.evaluate((pattern) => {
      const isActing = new RegExp(pattern);
      const texts: string[] = [];
      const walker = document.createTreeWalker(
        document.body,
        NodeFilter.SHOW_TEXT,
      );
      while (walker.nextNode() !== null) {
        texts.push(`text ${walker.currentNode.nodeValue ?? ""}`);
      }
      for (const element of document.body.querySelectorAll("*")) {
        for (const shown of ["title", "aria-label", "aria-description"]) {
          texts.push(`${shown} ${element.getAttribute(shown) ?? ""}`);
        }
      }
      return {
        made: document.querySelectorAll("img, b, iframe, body script + script")
          .length,
        hit: "hit" in window,
        acting: texts.filter((text) => isActing.test(text)),
      };
    }, acting.source);
    assert.deepEqual(found, { made: 0, hit: false, acting: [] });
    assert.deepEqual((await panel.host()).violations, []);
  }

  const parts: Readonly<Record<string, (panel: PanelPage) => Promise<void>>> = {
    "the grid, with tooltips": async (panel) => {
      for (const cell of await panel.page.locator(".cell").all()) {
        await cell.hover();
      }
    },
    "the line about the sort": async (panel) => {
      await panel.page.focus(".scroller");
      await panel.page.keyboard.press("ArrowDown");
      await act("sortAscending");
      await panel.page.getByText(/^Sorted by/).waitFor();
    },
    "the list to filter by": async (panel) => {
      await act("filterColumn");
      await panel.page.getByText("8 different values").waitFor();
    },
    "the filters": async (panel) => {
      await panel.page.locator(".value-item input").nth(1).click();
      await panel.page.locator(".value-item input").nth(2).click();
      await panel.page.getByRole("button", { name: "Hide These" }).click();
      await panel.page.locator(".filter-chip").waitFor();
      await act("clearFilters");
      await panel.page.locator(".filter-chip").waitFor({ state: "detached" });
    },
    "the statistics": async (panel) => {
      await act("columnStatistics");
      await panel.page.getByText("Over 8 rows").waitFor();
    },
    "a cell as a whole": async (panel) => {
      await act("openCell");
      for (let row = 0; row < hostile.length; row += 1) {
        await panel.page.focus(".scroller");
        await panel.page.keyboard.press("ArrowDown");
        await panel.page
          .locator(".cell-facts")
          .getByText(/ character/)
          .waitFor();
        await assertInert(panel);
      }
    },
    "a menu of a column": async (panel) => {
      await act("columnMenu");
      await panel.page.getByRole("menu").waitFor();
    },
    "a chart, and its numbers": async (panel) => {
      await panel.page.keyboard.press("Escape");
      await act("chart");
      await panel.page.locator(".chart-area canvas").waitFor();
      await panel.page.getByRole("button", { name: "Show Data" }).click();
    },
  };

  for (const [part, open] of Object.entries(parts)) {
    it(`in ${part}`, async () => {
      const { panel } = now;
      assert.ok(panel);
      await open(panel);
      await assertInert(panel);
    });
  }

  it("in tabs, statements, messages, and errors", async () => {
    const { panel } = now;
    assert.ok(panel);
    const [, text = ""] = hostile;
    const outcome = await now.engine?.succeed("SELECT 1 AS a");
    assert.ok(outcome !== undefined);
    const statement = {
      index: 0,
      text,
      state: "succeeded" as const,
      result: null,
      percentage: null,
      notices: [],
      outcome: {
        ...outcome,
        index: 0,
        notices: hostile.map((message) => ({ severity: "NOTICE", message })),
        sent: [{ alias: text, sql: hostile.join("\n") }],
        commandTag: text,
      },
    };
    const failed = {
      ...statement,
      index: 1,
      state: "failed" as const,
      outcome: {
        ...statement.outcome,
        index: 1,
        status: "failed" as const,
        complete: false,
        resultId: null,
        error: {
          class: "unknown" as const,
          origin: "postgres" as const,
          message: hostile.join("\n"),
          hint: text,
          actions: [],
        },
      },
    };
    const run = {
      runId: "hostile",
      target: text,
      native: true,
      source: text,
      startedAt: 1,
      state: "failed" as const,
      statements: [statement, failed],
    };
    const tab = {
      tabId: "t",
      title: text,
      pinned: true,
      runId: "hostile",
      target: text,
      native: true,
      startedAt: 1,
      state: "failed" as const,
      rows: "here" as const,
      problem: text,
      canRerun: true,
    };
    const view = { tabs: [tab], active: "t", runs: [run], alone: false };
    await panel.send({ type: "state", ...view });
    await panel.page.locator(".error-message").waitFor();
    await assertInert(panel);
    await panel.page.locator(".tab").first().click();
    await act("toggleMessages");
    await assertInert(panel);
  });
});
