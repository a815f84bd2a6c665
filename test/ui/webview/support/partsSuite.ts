import assert from "node:assert/strict";
import type { TestEngine } from "../../../support/engineHarness";
import { openOnEngine } from "./enginePanel";
import { useOpened } from "./opened";
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
  const opened = useOpened();
  const now: { panel?: PanelPage } = {};

  before(async () => {
    const { browser, engine } = opened();
    now.panel = await openOnEngine(browser, engine, partStatements, {
      reducedMotion: true,
    });
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
    engine: () => opened().engine,
  };
}
