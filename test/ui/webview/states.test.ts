import assert from "node:assert/strict";
import { accessibilityViolations } from "../support/accessibility";
import { keepPicture } from "../support/pictures";
import { PanelPage } from "./support/panel";
import { panelStates } from "./support/states";
import type { ThemeName } from "./support/themes";
import { type SuiteBrowser, openBrowser } from "../support/suiteBrowser";

const themeNames: readonly ThemeName[] = ["dark", "light", "highContrast"];

describe("results panel: every state", () => {
  let browser: SuiteBrowser;

  before(async () => {
    browser = await openBrowser();
  });

  after(async () => {
    await browser.close();
  });

  for (const theme of themeNames) {
    describe(`in ${theme}`, () => {
      let panel: PanelPage;

      before(async () => {
        panel = await PanelPage.open(browser, { theme, reducedMotion: true });
      });
      after(() => panel.close());

      for (const [name, state] of Object.entries(panelStates)) {
        it(`${name} is accessible and within the policy`, async () => {
          await panel.show(state);
          await panel.page
            .locator(".run:visible, .welcome:visible")
            .first()
            .waitFor();
          const hasRows = await panel.page.isVisible("viaduct-grid");
          const isEmpty = await panel.page.isVisible(".grid-note");
          if (hasRows && !isEmpty) await panel.settled();
          if (theme !== "highContrast" || name === "rows") {
            await keepPicture(panel.page, `webview-${name}-${theme}`);
          }
          assert.deepEqual(
            await accessibilityViolations(
              panel.page,
              theme === "dark" ? "all" : "colours",
            ),
            [],
          );
          assert.deepEqual((await panel.host()).violations, []);
        });
      }
    });
  }
});
