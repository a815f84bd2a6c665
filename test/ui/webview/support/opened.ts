import assert from "node:assert/strict";
import { TestEngine } from "../../../support/engineHarness";
import { type SuiteBrowser, openBrowser } from "../../support/suiteBrowser";

/** What a suite of pages on real rows has, from before its tests until after them. */
export interface Opened {
  readonly browser: SuiteBrowser;
  readonly engine: TestEngine;
}

/** Gives the surrounding `describe` a browser and a DuckDB engine; what it returns gives them to hooks and tests. */
export function useOpened(): () => Opened {
  const now: Partial<{ browser: SuiteBrowser; engine: TestEngine }> = {};

  before(async () => {
    now.browser = await openBrowser();
    now.engine = await TestEngine.startAlone();
  });

  after(async () => {
    await now.browser?.close();
    await now.engine?.close();
  });

  return () => {
    const { browser, engine } = now;
    assert.ok(browser && engine, "the suite has not been started");
    return { browser, engine };
  };
}
