import assert from "node:assert/strict";
import { TestEngine } from "../../../support/engineHarness";
import { type SuiteBrowser, openBrowser } from "../../support/suiteBrowser";
import { openOnEngine } from "./enginePanel";
import type { PanelPage } from "./panel";
import { partStatements } from "./parts";

/** One page on the rows of `partStatements`, for the tests of what stands around them. */
export interface PartsSuite {
  /** The page as it begins, with a statement's rows. */
  readonly fresh: (statement: number) => Promise<PanelPage>;
  /** The engine that has the rows. */
  readonly engine: () => TestEngine;
}

/** Gives the surrounding `describe` a browser, a DuckDB engine, and the page that its tests share. */
export function usePartsSuite(): PartsSuite {
  const now: {
    browser?: SuiteBrowser;
    engine?: TestEngine;
    panel?: PanelPage;
  } = {};

  before(async () => {
    now.browser = await openBrowser();
    now.engine = await TestEngine.startAlone();
    now.panel = await openOnEngine(now.browser, now.engine, partStatements, {
      reducedMotion: true,
    });
  });

  after(async () => {
    await now.browser?.close();
    await now.engine?.close();
  });

  return {
    fresh: async (statement) => {
      const { panel } = now;
      assert.ok(panel, "the suite has not been started");
      await panel.page.evaluate(() => {
        sessionStorage.clear();
      });
      await panel.page.reload();
      await panel.page.locator(".tab").nth(statement).click();
      if (statement !== 2) await panel.settled();
      return panel;
    },
    engine: () => {
      assert.ok(now.engine, "the suite has not been started");
      return now.engine;
    },
  };
}
