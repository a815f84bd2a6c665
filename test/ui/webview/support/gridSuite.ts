import assert from "node:assert/strict";
import { PanelPage } from "./panel";
import { syntheticRun } from "./runs";
import { type SuiteBrowser, openBrowser } from "../../support/suiteBrowser";

/** Opens the panel in the suite's browser; it is closed, and its manners are checked, after each test. */
export interface GridSuite {
  readonly open: (
    options: Parameters<typeof PanelPage.open>[1],
  ) => Promise<PanelPage>;
  /** The panel on a synthetic result, with its first rows drawn. */
  readonly openBig: (rowCount: number, columns?: number) => Promise<PanelPage>;
}

/** Gives the surrounding `describe` a browser. After each test: no policy violation, and no greedy requests. */
export function useGridSuite(): GridSuite {
  const now: { browser?: SuiteBrowser; panel?: PanelPage } = {};

  before(async () => {
    now.browser = await openBrowser();
  });

  afterEach(async () => {
    const { panel } = now;
    delete now.panel;
    if (panel === undefined) return;
    const host = await panel.host();
    await panel.close();
    assert.deepEqual(host.violations, []);
    assert.ok(host.maxInFlight <= 2, `${host.maxInFlight} requests at a time`);
    assert.ok(host.largestPage <= 256);
  });

  after(async () => {
    await now.browser?.close();
  });

  const open: GridSuite["open"] = async (options) => {
    assert.ok(now.browser, "the browser has not been started");
    now.panel = await PanelPage.open(now.browser, options);
    return now.panel;
  };
  return {
    open,
    openBig: async (rowCount, columns = 20) => {
      const panel = await open({
        results: { big: { synthetic: { rowCount, columns } } },
        run: syntheticRun(rowCount, columns),
      });
      await panel.settled();
      return panel;
    },
  };
}
