import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { until } from "../support/until";
import { demoSuite } from "./support/demoSuite";

const alias = "source_memories";

/** What a user does in the demo, step by step, in the real workbench. */
describe("the demo, from a click to a result", () => {
  const suite = demoSuite();

  /** The results page, whatever it shows. */
  const results = () => suite.workbench.webview("#results");

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
    const client = await suite.demo.postgres.connect();
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
    await suite.workbench.sideBar.open("Viaduct");
    await until("the extensions to be active", async () =>
      (await suite.workbench.statusBar()).every(
        (entry) => !entry.includes("Activating Extensions"),
      ),
    );
    await suite.workbench.screenshot("welcome-dark");
    await suite.workbench.sideBar.welcomeButton("Attach from env file").click();
    await until("the choice", async () =>
      (await suite.workbench.quickInput.entries()).some((entry) =>
        entry.includes(alias),
      ),
    );
    await suite.workbench.screenshot("attach-dark");
    await suite.workbench.quickInput.choose(alias);
    await suite.workbench.sideBar.row(alias, 1);
    await suite.workbench.sideBar.expand(alias, 1);
    await suite.workbench.sideBar.expand("public", 2);
    await suite.workbench.sideBar.expand("raw_memories", 3);
    await suite.workbench.sideBar.row("memory_id", 4);
    await suite.workbench.sideBar.drawn(/^memory_id .*bigint · primary key/);
    await suite.workbench.sideBar.drawn(new RegExp(`^${alias} .*read-only`));
    await suite.workbench.screenshot("tree-dark");
    await assertNoPassword();
  });

  it("2. runs the guide's hybrid join from its lens; rows, time and completeness are shown", async () => {
    await suite.workbench.openFile("04-hybrid.sql");
    await suite.workbench.editor.lenses(`Run on ${alias}`);
    await suite.workbench.editor.clickLens(/^\W*Run$/);
    const text = await results().waitForText(/complete/, 60_000);
    assert.match(text, /DuckDB \(hybrid\)/);
    assert.match(text, /[\d,.]+ rows/);
    assert.doesNotMatch(text, /incomplete/);
    await rowsDrawn();
    await suite.workbench.screenshot("hybrid-dark");
  });

  it("2b. fetches pages while it is scrolled, to the last row", async () => {
    await suite.workbench.openFile("03-simple-query.sql");
    await suite.workbench.editor.goTo(9);
    await suite.workbench.editor.press("Control+Enter");
    await results().waitForText(/03-simple-query[^]* rows\s+complete/, 60_000);
    const frame = await results().frame();
    const grid = frame.locator('[role="grid"]');
    const count = Number(await grid.getAttribute("aria-rowcount"));
    assert.ok(count > 100_000, `only ${String(count)} rows`);
    await grid.focus();
    await suite.workbench.page.keyboard.press("Control+End");
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
    await suite.workbench.screenshot("scrolled-dark");
  });

  it("3. runs natively in PostgreSQL: notice and command tag", async () => {
    await suite.workbench.openFile("06-run-on-postgres.sql");
    await suite.workbench.editor.clickLens(`Run on ${alias}`, 0);
    const text = await results().waitForText(/hello from PostgreSQL/, 30_000);
    assert.match(text, new RegExp(alias));
    assert.match(text, /\bDO\b/);
    await suite.workbench.screenshot("native-dark");
  });

  it("3b. refuses a write on the read-only attachment, and RETURNING works once writes are allowed", async () => {
    await suite.workbench.openFile("06-run-on-postgres.sql");
    await suite.workbench.editor.clickLens(`Run on ${alias}`, 1);
    await results().waitForText(/read-only/i, 30_000);
    await suite.workbench.screenshot("read-only-dark");
    const frame = await results().frame();
    await frame
      .getByRole("button", { name: /writes/i })
      .first()
      .click();
    await suite.workbench.page
      .locator(".monaco-dialog-box")
      .getByRole("button", { name: "Allow Writes" })
      .click();
    await until("the tree to say it", async () =>
      (await suite.workbench.sideBar.rows()).some((row) =>
        row.includes("read-write"),
      ),
    );
    await suite.workbench.openFile("06-run-on-postgres.sql");
    await suite.workbench.editor.clickLens(`Run on ${alias}`, 1);
    // Each write is confirmed once more, with the catalog that it hits.
    await suite.workbench.page
      .locator(".monaco-dialog-box")
      .getByRole("button", { name: "Run It" })
      .click();
    const text = await results().waitForText(
      /written from the demo[^]*complete/,
      30_000,
    );
    assert.match(text, /INSERT 0 1/);
    await suite.workbench.screenshot("returning-dark");
  });

  for (const [name, lens, index] of [
    ["pg_sleep natively", `Run on ${alias}`, 0],
    ["pg_sleep through DuckDB", /^\W*Run$/, 1],
    ["a huge local cross join", /^\W*Run$/, 2],
  ] as const) {
    it(`4. cancels ${name} by the button, and leaves no query in the server`, async () => {
      await suite.workbench.openFile("07-cancel.sql");
      await suite.workbench.editor.clickLens(lens, index);
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
        await suite.workbench.screenshot("running-dark");
      }
      await cancel.click();
      await results().waitForText(/cancelled/i, 30_000);
      await until(
        "the server to be idle",
        async () => (await busyBackends()) === 0,
      );
    });
  }

  it("5. warns of credentials in SQL and YAML, and moves one into the env file", async () => {
    await suite.workbench.openFile("profiles.yml");
    await suite.workbench.editor.waitForSquiggle("error");
    await suite.workbench.screenshot("credentials-yaml-dark");
    await suite.workbench.openFile("08-credentials.sql");
    await suite.workbench.editor.waitForSquiggle("error");
    await suite.workbench.editor.goTo(2, 35);
    const fixes = await suite.workbench.editor.quickFixes();
    assert.ok(
      fixes.some((fix) => fix.includes(".env")),
      fixes.join("; "),
    );
    await suite.workbench.screenshot("credentials-dark");
    await suite.workbench.editor.applyQuickFix(/\.env/);
    await until("the reference in its place", async () => {
      const text = await suite.workbench.editor.text();
      return text.includes("getenv(") && !text.includes("sw0rdfish");
    });
    const env = await readFile(path.join(suite.demo.workspace, ".env"), "utf8");
    assert.match(env, /sw0rdfish-invented/);
    await until(
      "the finding to be gone",
      async () => (await suite.workbench.editor.squiggles("error")) === 0,
    );
    await suite.workbench.screenshot("credentials-fixed-dark");
  });

  it("6. shows a mistake at its place, with what to do", async () => {
    await suite.workbench.openFile("09-mistake.sql");
    await suite.workbench.editor.goTo(3);
    await suite.workbench.editor.press("Control+Enter");
    await suite.workbench.editor.waitForSquiggle("error");
    const text = await results().waitForText(/memory_strenght/, 30_000);
    assert.match(text, /Did you mean memory_strength\?/);
    await suite.workbench.notifications.clear();
    await suite.workbench.useTheme("Light Modern");
    await suite.workbench.screenshot("error-light");
  });

  it("looks right in light, too", async () => {
    await suite.workbench.openFile("04-hybrid.sql");
    await suite.workbench.editor.clickLens(/^\W*Run$/);
    await results().waitForText(/04-hybrid[^]* rows\s+complete/, 60_000);
    await rowsDrawn();
    await suite.workbench.screenshot("hybrid-light");
  });

  it(
    "keeps the password out of everything that can be seen or that is stored",
    assertNoPassword,
  );

  /** The password of the env file is in no settings file, not in the page and not in what the hosts print. */
  async function assertNoPassword(): Promise<void> {
    const env = await readFile(path.join(suite.demo.workspace, ".env"), "utf8");
    const password = /^POSTGRES_PASSWORD='?([^'\n]+)/m.exec(env)?.[1];
    assert.ok(password, "the demo has a password");
    const settings = await readFile(
      path.join(suite.demo.workspace, ".vscode/settings.json"),
      "utf8",
    );
    assert.ok(!settings.includes(password));
    assert.ok(!(await suite.workbench.page.content()).includes(password));
    assert.ok(!suite.workbench.console.join("\n").includes(password));
  }
});
