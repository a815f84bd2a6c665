import assert from "node:assert/strict";
import type { PanelAction } from "../../../../src/protocol/panelActions";
import type { TestEngine } from "../../../support/engineHarness";
import { accessibilityViolations } from "../../support/accessibility";
import { keepPicture } from "../../support/pictures";
import { openOnEngine } from "./enginePanel";
import { useOpened } from "./opened";
import type { PanelPage } from "./panel";

/** Opens the panel on rows of the suite's engine; it is closed, and its manners are checked, after each test. */
export interface EngineSuite {
  /** The panel on what a statement returns, with its first rows drawn. */
  readonly open: (statement: string) => Promise<PanelPage>;
  /** The engine that has the rows. */
  readonly engine: () => TestEngine;
}

/** Gives the surrounding `describe` a browser and a DuckDB engine. After each test: no policy violation. */
export function useEngineSuite(): EngineSuite {
  const opened = useOpened();
  const now: { panel?: PanelPage } = {};

  afterEach(async () => {
    const { panel } = now;
    delete now.panel;
    if (panel === undefined) return;
    const { violations } = await panel.host();
    await panel.close();
    assert.deepEqual(violations, []);
  });

  return {
    open: async (statement) => {
      const { browser, engine } = opened();
      now.panel = await openOnEngine(browser, engine, [statement]);
      await now.panel.settled();
      return now.panel;
    },
    engine: () => opened().engine,
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
