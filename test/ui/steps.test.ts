import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Browser } from "playwright-core";
import { startDemoInVscode, type DemoInVscode } from "../support/demo";
import { until } from "../support/until";
import { launchBrowser } from "../support/vscode/browser";
import { Workbench } from "./support/workbench";

const alias = "source_memories";

/** What a user does in the demo, step by step, in the real workbench. */
describe("the demo, from a click to a result", () => {
  let demo: DemoInVscode;
  let browser: Browser;
  let workbench: Workbench;

  before(async function () {
    this.timeout(180_000);
    demo = await startDemoInVscode({
      settings: { "workbench.colorTheme": "Dark Modern" },
    });
    browser = await launchBrowser();
    workbench = await Workbench.open(browser, demo.url);
  });

  after(async () => {
    await browser.close();
    await demo.stop();
  });

  afterEach(async function () {
    if (this.currentTest?.state === "failed") {
      const name = this.currentTest.title.replace(/[^\w]+/g, "-").slice(0, 40);
      console.log(await workbench.screenshot(`failed-${name}`));
    }
  });

  /** The results page, whatever it shows. */
  const results = () => workbench.webview("#results");

  /** Waits until the grid has drawn what it asked for: a picture of placeholders says nothing. */
  async function rowsDrawn(): Promise<void> {
    const frame = await results().frame();
    await frame.locator('[role="row"][aria-rowindex="2"]').waitFor();
    await frame
      .locator('[role="row"][aria-busy="true"]')
      .first()
      .waitFor({ state: "detached" });
  }

  /** Queries that run in the server on Viaduct's behalf. */
  async function busyBackends(): Promise<number> {
    const client = await demo.postgres.connect();
    try {
      const { rows } = await client.query<{ busy: number }>(
        `SELECT count(*)::int AS busy FROM pg_stat_activity
         WHERE application_name ILIKE 'viaduct%' AND state = 'active'`,
      );
      return rows[0]?.busy ?? 0;
    } finally {
      await client.end();
    }
  }

  it("1. attaches from the env file with a click and a pick, and unfolds the tree", async () => {
    await workbench.sideBar.open("Viaduct");
    await workbench.screenshot("welcome-dark");
    await workbench.sideBar.welcomeButton("Attach from env file").click();
    await until("the choice", async () =>
      (await workbench.quickInput.entries()).some((entry) =>
        entry.includes(alias),
      ),
    );
    await workbench.screenshot("attach-dark");
    await workbench.quickInput.choose(alias);
    await workbench.sideBar.row(alias, 1);
    await workbench.sideBar.expand(alias, 1);
    await workbench.sideBar.expand("public", 2);
    await workbench.sideBar.expand("raw_memories", 3);
    await workbench.sideBar.row("memory_id", 4);
    const rows = await workbench.sideBar.rows();
    const described = (name: string): string =>
      rows.find((row) => row.startsWith(`${name} `)) ?? "";
    assert.match(described("memory_id"), /bigint · primary key/);
    assert.match(described(alias), /read-only/);
    await workbench.screenshot("tree-dark");
    await assertNoPassword();
  });

  it("2. runs the guide's hybrid join from its lens; rows, time and completeness are shown", async () => {
    await workbench.openFile("04-hybrid.sql");
    assert.ok(
      (await workbench.editor.lenses()).some((lens) =>
        lens.includes(`Run on ${alias}`),
      ),
    );
    await workbench.editor.clickLens(/^\W*Run$/);
    const text = await results().waitForText(/complete/, 60_000);
    assert.match(text, /DuckDB \(hybrid\)/);
    assert.match(text, /[\d,.]+ rows/);
    assert.doesNotMatch(text, /incomplete/);
    await rowsDrawn();
    await workbench.screenshot("hybrid-dark");
  });

  it("2b. fetches pages while it is scrolled, to the last row", async () => {
    await workbench.openFile("03-simple-query.sql");
    await workbench.editor.goTo(9);
    await workbench.editor.press("Control+Enter");
    await results().waitForText(/03-simple-query[^]* rows\s+complete/, 60_000);
    const frame = await results().frame();
    const grid = frame.locator('[role="grid"]');
    const count = Number(await grid.getAttribute("aria-rowcount"));
    assert.ok(count > 100_000, `only ${String(count)} rows`);
    await grid.focus();
    await workbench.page.keyboard.press("Control+End");
    // aria-rowcount counts the header row, and so does the last row's index.
    await frame
      .locator(`[role="row"][aria-rowindex="${String(count)}"]`)
      .waitFor();
    await until("the last row's cells", async () => {
      const row = frame.locator(
        `[role="row"][aria-rowindex="${String(count)}"]`,
      );
      return (
        (await row.getAttribute("aria-busy")) !== "true" &&
        /\d/.test(await row.innerText())
      );
    });
    await workbench.screenshot("scrolled-dark");
  });

  it("3. runs natively in PostgreSQL: notice and command tag", async () => {
    await workbench.openFile("06-run-on-postgres.sql");
    await workbench.editor.clickLens(`Run on ${alias}`, 0);
    const text = await results().waitForText(/hello from PostgreSQL/, 30_000);
    assert.match(text, new RegExp(alias));
    assert.match(text, /\bDO\b/);
    await workbench.screenshot("native-dark");
  });

  it("3b. refuses a write on the read-only attachment, and RETURNING works once writes are allowed", async () => {
    await workbench.openFile("06-run-on-postgres.sql");
    await workbench.editor.clickLens(`Run on ${alias}`, 1);
    await results().waitForText(/read-only/i, 30_000);
    await workbench.screenshot("read-only-dark");
    const frame = await results().frame();
    await frame
      .getByRole("button", { name: /writes/i })
      .first()
      .click();
    await workbench.page
      .locator(".monaco-dialog-box")
      .getByRole("button", { name: "Allow Writes" })
      .click();
    await until("the tree to say it", async () =>
      (await workbench.sideBar.rows()).some((row) =>
        row.includes("read-write"),
      ),
    );
    await workbench.openFile("06-run-on-postgres.sql");
    await workbench.editor.clickLens(`Run on ${alias}`, 1);
    // Each write is confirmed once more, with the catalog that it hits.
    await workbench.page
      .locator(".monaco-dialog-box")
      .getByRole("button", { name: "Run It" })
      .click();
    const text = await results().waitForText(
      /written from the demo[^]*complete/,
      30_000,
    );
    assert.match(text, /INSERT 0 1/);
    await workbench.screenshot("returning-dark");
  });

  for (const [name, lens, index] of [
    ["pg_sleep natively", `Run on ${alias}`, 0],
    ["pg_sleep through DuckDB", /^\W*Run$/, 1],
    ["a huge local cross join", /^\W*Run$/, 2],
  ] as const) {
    it(`4. cancels ${name} by the button, and leaves no query in the server`, async () => {
      await workbench.openFile("07-cancel.sql");
      await workbench.editor.clickLens(lens, index);
      const frame = await results().frame();
      const cancel = frame.getByRole("button", { name: /^Cancel/ });
      await cancel.waitFor();
      if (index < 2) {
        await until(
          "the query to reach the server",
          async () => (await busyBackends()) > 0,
        );
      }
      if (index === 2) {
        await workbench.screenshot("running-dark");
      }
      await cancel.click();
      await results().waitForText(/cancelled/i, 15_000);
      await until(
        "the server to be idle",
        async () => (await busyBackends()) === 0,
      );
    });
  }

  it("5. warns of credentials in SQL and YAML, and moves one into the env file", async () => {
    await workbench.openFile("profiles.yml");
    await workbench.editor.waitForSquiggle("error");
    await workbench.screenshot("credentials-yaml-dark");
    await workbench.openFile("08-credentials.sql");
    await workbench.editor.waitForSquiggle("error");
    await workbench.editor.goTo(2, 35);
    const fixes = await workbench.editor.quickFixes();
    assert.ok(
      fixes.some((fix) => fix.includes(".env")),
      fixes.join("; "),
    );
    await workbench.screenshot("credentials-dark");
    await workbench.editor.applyQuickFix(/\.env/);
    await until("the reference in its place", async () => {
      const text = await workbench.editor.text();
      return text.includes("getenv(") && !text.includes("sw0rdfish");
    });
    const env = await readFile(path.join(demo.workspace, ".env"), "utf8");
    assert.match(env, /sw0rdfish-invented/);
    await until(
      "the finding to be gone",
      async () => (await workbench.editor.squiggles("error")) === 0,
    );
    await workbench.screenshot("credentials-fixed-dark");
  });

  it("6. shows a mistake at its place, with what to do", async () => {
    await workbench.openFile("09-mistake.sql");
    await workbench.editor.goTo(3);
    await workbench.editor.press("Control+Enter");
    await workbench.editor.waitForSquiggle("error");
    const text = await results().waitForText(/memory_strenght/, 30_000);
    assert.match(text, /Did you mean memory_strength\?/);
    await workbench.notifications.clear();
    await workbench.useTheme("Light Modern");
    await workbench.screenshot("error-light");
  });

  it("looks right in light, too", async () => {
    await workbench.openFile("04-hybrid.sql");
    await workbench.editor.clickLens(/^\W*Run$/);
    await results().waitForText(/04-hybrid[^]* rows\s+complete/, 60_000);
    await rowsDrawn();
    await workbench.screenshot("hybrid-light");
  });

  it(
    "keeps the password out of everything that can be seen or that is stored",
    assertNoPassword,
  );

  /** The password of the env file is in no settings file, not in the page and not in what the hosts print. */
  async function assertNoPassword(): Promise<void> {
    const env = await readFile(path.join(demo.workspace, ".env"), "utf8");
    const password = /^POSTGRES_PASSWORD='?([^'\n]+)/m.exec(env)?.[1];
    assert.ok(password, "the demo has a password");
    const settings = await readFile(
      path.join(demo.workspace, ".vscode/settings.json"),
      "utf8",
    );
    assert.ok(!settings.includes(password));
    assert.ok(!(await workbench.page.content()).includes(password));
    assert.ok(!workbench.console.join("\n").includes(password));
  }
});
