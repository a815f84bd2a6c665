import assert from "node:assert/strict";
import { accessibilityViolations } from "./support/accessibility";
import { DoctorPageView, sickView, themeNames } from "./support/doctorPage";
import { keepPicture } from "./support/pictures";
import { type SuiteBrowser, openBrowser } from "./support/suiteBrowser";

describe("the doctor's page", () => {
  let browser: SuiteBrowser;

  before(async () => {
    browser = await openBrowser();
  });

  after(async () => {
    await browser.close();
  });

  for (const theme of themeNames) {
    describe(`in ${theme}`, () => {
      let view: DoctorPageView;

      before(async () => {
        view = await DoctorPageView.open(browser, theme);
      });
      after(() => view.close());

      for (const state of ["done", "running", "failed"] as const) {
        it(`${state} is accessible and within the policy`, async () => {
          await view.show(sickView(state));
          assert.deepEqual(
            await accessibilityViolations(
              view.page,
              theme === "dark" ? "all" : "colours",
            ),
            [],
          );
          if (state !== "failed") {
            await keepPicture(
              view.page,
              `webview-doctor-${state}-${theme}`,
              state === "done",
            );
          }
          assert.deepEqual(await view.policyViolations(), []);
        });
      }
    });
  }

  it("would be found inaccessible: a button without a name, and grey on grey", async () => {
    const view = await DoctorPageView.open(browser, "light");
    try {
      await view.show(sickView("done"));
      await view.page.evaluate(() => {
        document.body.append(document.createElement("button"));
        const faint = document.createElement("p");
        faint.textContent = "faint";
        faint.style.color = "#bbb";
        document.body.append(faint);
      });
      const found = async (rules: "all" | "colours") =>
        JSON.stringify(await accessibilityViolations(view.page, rules));
      assert.match(await found("all"), /button-name.*color-contrast.*faint/);
      assert.match(await found("colours"), /^\[\["color-contrast".*faint/);
    } finally {
      await view.close();
    }
  });

  it("says each check's status in words, its reason and its next step", async () => {
    const view = await DoctorPageView.open(browser, "dark");
    try {
      await view.show(sickView("done"));
      const item = view.page.locator("li", { hasText: "Rights of the role" });
      assert.match(
        await item.innerText(),
        /Rights of the role\s+Warning\s+admin is a superuser\.\s+Next step: Attach with a role/,
      );
      assert.equal(await item.locator("pre").isVisible(), false);
      await item.locator("summary").click();
      assert.match(await item.locator("pre").innerText(), /^-- Run this as/);
      const headings = await view.page.locator("h2").allInnerTexts();
      assert.deepEqual(headings, [
        "DuckDB",
        "DuckDB file",
        "Extensions",
        "source_memories",
      ]);
    } finally {
      await view.close();
    }
  });

  it("is used by keyboard: run, copy, fix", async () => {
    const view = await DoctorPageView.open(browser, "light");
    try {
      await view.show(sickView("done"));
      const seen: string[] = [];
      for (const name of ["Run Again", "Copy as Markdown", "Copy as JSON"]) {
        await view.page.keyboard.press("Tab");
        seen.push(await view.focused());
        await view.page.keyboard.press("Enter");
        assert.equal(seen.at(-1), name);
      }
      const fix = view.page.getByRole("button", {
        name: "Copy SQL: Rights of the role",
      });
      await fix.focus();
      await view.page.keyboard.press("Space");
      const posted = await view.posted();
      assert.deepEqual(
        posted.map(({ type }) => type),
        ["ready", "run", "copy", "copy", "fix"],
      );
      const { report } = sickView("done");
      const last = posted.at(-1);
      assert.ok(last?.type === "fix");
      assert.equal(last.fix, "copySql");
      assert.equal(report?.checks[last.check]?.id, "role.superuser");
    } finally {
      await view.close();
    }
  });

  it("offers only what its host can carry out, and shows names as text", async () => {
    const view = await DoctorPageView.open(browser, "dark");
    try {
      const sick = sickView("done");
      await view.show({
        ...sick,
        fixes: ["copySql"],
        report: {
          checks: (sick.report?.checks ?? []).map((check) => ({
            ...check,
            reason: "<img src=x onerror=alert(1)>",
          })),
        },
      });
      const labels = await view.page.locator(".check-fixes").allInnerTexts();
      assert.ok(labels.length > 0);
      assert.ok(labels.every((label) => label === "Copy SQL"));
      assert.equal(await view.page.locator("img").count(), 0);
    } finally {
      await view.close();
    }
  });

  it("keeps the last report in sight while another is made, and where one has scrolled to", async () => {
    const view = await DoctorPageView.open(browser, "dark");
    try {
      const done = sickView("done");
      await view.show(done);
      await view.page.evaluate(() => {
        window.scrollTo(0, 300);
      });
      await view.show({ ...done, state: "running" });
      assert.equal(
        await view.page.getByRole("button", { name: "Run Again" }).isDisabled(),
        true,
      );
      assert.equal(await view.page.getByRole("progressbar").isVisible(), true);
      assert.equal(await view.page.evaluate(() => window.scrollY), 300);
      assert.ok((await view.page.locator("li").count()) > 20);
    } finally {
      await view.close();
    }
  });
});
