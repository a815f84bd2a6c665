import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser } from "playwright-core";
import { launchBrowser } from "../../support/vscode/browser";
import { pictureFile } from "../support/pictures";
import { PanelPage } from "./support/panel";
import { panelStates } from "./support/states";
import type { ThemeName } from "./support/themes";

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve("axe-core/axe.min.js"),
  "utf8",
);
const themeNames: readonly ThemeName[] = ["dark", "light", "highContrast"];

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly {
      readonly html: string;
      failureSummary: string;
    }[];
  }[];
}

describe("results panel: every state", () => {
  let browser: Browser;

  before(async () => {
    browser = await launchBrowser();
  });

  after(async () => {
    await browser.close();
  });

  for (const theme of themeNames) {
    for (const [name, state] of Object.entries(panelStates)) {
      it(`${name} in ${theme} is accessible and within the policy`, async () => {
        const panel = await PanelPage.open(browser, {
          theme,
          reducedMotion: true,
          ...(state.results === undefined ? {} : { results: state.results }),
          run: state.run,
        });
        try {
          await panel.page.waitForSelector(
            ".run:not([hidden]), .welcome:not([hidden])",
          );
          const hasRows = await panel.page.isVisible("viaduct-grid");
          const isEmpty = await panel.page.isVisible(".grid-note");
          if (hasRows && !isEmpty) await panel.settled();
          if (theme !== "highContrast" || name === "rows") {
            await panel.page.screenshot({
              path: pictureFile(`webview-${name}-${theme}`),
            });
          }
          await panel.page.evaluate(axeSource);
          const result = await panel.page.evaluate(() =>
            (
              window as unknown as {
                axe: { run: (options: unknown) => Promise<AxeResult> };
              }
            ).axe.run({ preload: false, resultTypes: ["violations"] }),
          );
          assert.deepEqual(
            result.violations.map(({ id, nodes }) => [
              id,
              nodes.map(
                ({ html, failureSummary }) => `${html} ${failureSummary}`,
              ),
            ]),
            [],
          );
          assert.deepEqual((await panel.host()).violations, []);
        } finally {
          await panel.close();
        }
      });
    }
  }
});
