import assert from "node:assert/strict";
import type { LintReportView } from "../../src/protocol/lintPanel";
import { accessibilityViolations } from "./support/accessibility";
import { fullView, LintReportPage } from "./support/lintReportPage";
import { themeNames } from "./support/doctorPage";
import { keepPicture } from "./support/pictures";
import { type SuiteBrowser, openBrowser } from "./support/suiteBrowser";

const progress = { checkedFiles: 420, totalFiles: 1431, findings: 3 };
const states: Readonly<Record<string, Partial<LintReportView>>> = {
  done: {},
  running: { state: "running", progress },
  cancelled: { state: "cancelled" },
  failed: { state: "failed", report: null, problem: "The server is gone." },
  off: { state: "off", report: null },
};

describe("the page of the workspace's credentials", () => {
  let browser: SuiteBrowser;

  before(async () => {
    browser = await openBrowser();
  });

  after(async () => {
    await browser.close();
  });

  for (const theme of themeNames) {
    describe(`in ${theme}`, () => {
      let view: LintReportPage;

      before(async () => {
        view = await LintReportPage.open(browser, theme);
      });
      after(() => view.close());

      for (const [state, given] of Object.entries(states)) {
        it(`${state} is accessible and within the policy`, async () => {
          await view.show(fullView(given));
          assert.deepEqual(
            await accessibilityViolations(
              view.page,
              theme === "dark" ? "all" : "colours",
            ),
            [],
          );
          await keepPicture(view.page, `webview-lint-${state}-${theme}`);
          assert.deepEqual(await view.policyViolations(), []);
        });
      }
    });
  }

  it("says of each finding where it is, how it begins and what git knows", async () => {
    const view = await LintReportPage.open(browser, "dark");
    try {
      await view.show(fullView());
      const text = await view.page.locator("body").innerText();
      assert.match(
        text,
        /4 findings in 3 of 1,431 files: 2 errors, 1 warning, 1 for information · 16:42:07/,
      );
      assert.match(text, /2 values are in git's history/);
      assert.match(text, /4 findings left out/);
      assert.match(text, /1 entry of the baseline matches nothing any more/);
      const item = view.page.locator("li.finding", { hasText: '"app"' });
      assert.match(
        await item.innerText(),
        /Hard-coded password for role "app"\s+Error\s+CS101\s+Ln 3, Col 34\s+k7••••••••\s+In git since 2026-01-19: rotate it/,
      );
      assert.deepEqual(await view.page.locator("h2").allInnerTexts(), [
        ".env.shared",
        "migrations/0007_roles.sql",
        "notebooks/churn.ipynb",
      ]);
    } finally {
      await view.close();
    }
  });

  it("arranges by rule, the most severe first", async () => {
    const view = await LintReportPage.open(browser, "light");
    try {
      await view.show(fullView());
      const toggle = view.page.getByRole("button", {
        name: "Rule",
        exact: true,
      });
      await toggle.click();
      assert.equal(await toggle.getAttribute("aria-pressed"), "true");
      const headings = await view.page.locator("h2").allInnerTexts();
      assert.deepEqual(
        headings.map((each) => each.slice(0, 5)),
        ["CS101", "CS104", "CY210", "CS112"],
      );
      assert.match(
        await view.page.locator("li.finding").first().innerText(),
        /migrations\/0007_roles\.sql, Ln 3, Col 34/,
      );
      await view.page
        .getByRole("button", { name: "Show Rule CS104" })
        .press("Enter");
      assert.deepEqual((await view.posted()).at(-1), {
        type: "rule",
        rule: "CS104",
      });
      assert.deepEqual(await accessibilityViolations(view.page), []);
    } finally {
      await view.close();
    }
  });

  it("is used by keyboard, and each button says what it is about", async () => {
    const view = await LintReportPage.open(browser, "dark");
    try {
      await view.show(fullView());
      const seen: string[] = [];
      for (let count = 0; count < 4; count++) {
        await view.page.keyboard.press("Tab");
        seen.push(await view.focused());
        await view.page.keyboard.press("Enter");
      }
      assert.deepEqual(seen, [
        "Run Again",
        "Add All to Baseline…",
        "Export SARIF…",
        "Export JSON…",
      ]);
      const press = (name: RegExp | string) =>
        view.page.getByRole("button", { name }).press("Space");
      await press(/role "app": migrations\/0007_roles\.sql, Ln 3, Col 34/);
      await press(/^Quick Fix… notebooks\/churn\.ipynb, Cell 2/);
      await press("Fix All migrations/0007_roles.sql");
      await press("Have Git Ignore It .env.shared");
      await press("Add to Baseline… notebooks/churn.ipynb");
      assert.deepEqual((await view.posted()).slice(1), [
        { type: "run" },
        { type: "baseline", revision: 7, file: null },
        { type: "export", as: "sarif" },
        { type: "export", as: "json" },
        { type: "open", revision: 7, file: 1, finding: 0 },
        { type: "quickFix", revision: 7, file: 2, finding: 0 },
        { type: "fixFile", revision: 7, file: 1 },
        { type: "ignoreFile", revision: 7, file: 0 },
        { type: "baseline", revision: 7, file: 2 },
      ]);
    } finally {
      await view.close();
    }
  });

  it("shows names and messages as text, and can be cancelled or switched on", async () => {
    const view = await LintReportPage.open(browser, "dark");
    try {
      const { report } = fullView();
      assert.ok(report !== null);
      const [file] = report.files;
      assert.ok(file !== undefined);
      const name = "<img src=x onerror=alert(1)>";
      await view.show(
        fullView({ report: { ...report, files: [{ ...file, path: name }] } }),
      );
      assert.equal(await view.page.locator("h2").innerText(), name);
      assert.equal(await view.page.locator("img").count(), 0);
      await view.show(fullView({ state: "running", progress }));
      const summary = view.page.locator(".summary");
      assert.match(await summary.innerText(), /420 of 1,431 files checked/);
      await view.page.getByRole("button", { name: "Cancel" }).click();
      await view.show(fullView(states["off"]));
      await view.page.getByRole("button", { name: "Switch On" }).click();
      assert.deepEqual(
        (await view.posted()).slice(1).map(({ type }) => type),
        ["cancel", "switchOn"],
      );
    } finally {
      await view.close();
    }
  });
});
