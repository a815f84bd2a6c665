import assert from "node:assert/strict";
import type { PanelAction } from "../../../../src/protocol/panelActions";
import { TestEngine } from "../../../support/engineHarness";
import { accessibilityViolations } from "../../support/accessibility";
import { keepPicture } from "../../support/pictures";
import { openOnEngine } from "./enginePanel";
import type { PanelPage } from "./panel";
import { type SuiteBrowser, openBrowser } from "../../support/suiteBrowser";

/** Opens the panel on rows of the suite's engine; it is closed, and its manners are checked, after each test. */
export interface EngineSuite {
  /** The panel on what a statement returns, with its first rows drawn. */
  readonly open: (statement: string) => Promise<PanelPage>;
  /** The engine that has the rows. */
  readonly engine: () => TestEngine;
}

/** Gives the surrounding `describe` a browser and a DuckDB engine. After each test: no policy violation. */
export function useEngineSuite(): EngineSuite {
  const now: {
    browser?: SuiteBrowser;
    engine?: TestEngine;
    panel?: PanelPage;
  } = {};

  before(async () => {
    now.browser = await openBrowser();
    now.engine = await TestEngine.startAlone();
  });

  afterEach(async () => {
    const { panel } = now;
    delete now.panel;
    if (panel === undefined) return;
    const { violations } = await panel.host();
    await panel.close();
    assert.deepEqual(violations, []);
  });

  after(async () => {
    await now.browser?.close();
    await now.engine?.close();
  });

  return {
    open: async (statement) => {
      const { browser, engine } = now;
      assert.ok(browser && engine, "the suite has not been started");
      now.panel = await openOnEngine(browser, engine, [statement]);
      await now.panel.settled();
      return now.panel;
    },
    engine: () => {
      assert.ok(now.engine, "the suite has not been started");
      return now.engine;
    },
  };
}

/** What a command of the palette tells the page to do. */
export function act(panel: PanelPage, action: PanelAction): Promise<void> {
  return panel.send({ type: "do", action });
}

/** Nothing for axe-core to say; the picture is for people. */
export async function looksRight(
  panel: PanelPage,
  name: string,
): Promise<void> {
  assert.deepEqual(await accessibilityViolations(panel.page), []);
  await keepPicture(panel.page, `webview-${name}-dark`);
}
