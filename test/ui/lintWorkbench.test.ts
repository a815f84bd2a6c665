import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { until } from "../support/until";
import { demoSuite } from "./support/demoSuite";

const value = "k7-invented-Pw";

describe("the credential lint in the workbench", () => {
  const suite = demoSuite({
    prepare: async ({ workspace }) => {
      const git = (...args: string[]) =>
        execFileSync("git", args, {
          cwd: workspace,
          env: {
            ...process.env,
            GIT_AUTHOR_NAME: "a",
            GIT_AUTHOR_EMAIL: "a@example.org",
            GIT_COMMITTER_NAME: "a",
            GIT_COMMITTER_EMAIL: "a@example.org",
            GIT_COMMITTER_DATE: "2026-03-05T10:00:00Z",
          },
        });
      await mkdir(path.join(workspace, "deploy"));
      await writeFile(
        path.join(workspace, "deploy/compose.yaml"),
        `services:\n  db:\n    image: postgres:17\n    ports: ["5432:5432"]\n    environment:\n      POSTGRES_USER: app\n      POSTGRES_PASSWORD: ${value}\n`,
      );
      await writeFile(
        path.join(workspace, "roles.sql"),
        `CREATE ROLE app LOGIN PASSWORD '${value}';\n-- CREATE ROLE old PASSWORD 'k8-invented-Pw';\n`,
      );
      await writeFile(
        path.join(workspace, "shared.env"),
        `DB_HOST=db\nDB_PASSWORD=${value}\n`,
      );
      await writeFile(
        path.join(workspace, "more.sql"),
        `SELECT 1;\nCREATE ROLE more PASSWORD '${value}';\n`,
      );
      git("init", "-q");
      git("add", "roles.sql", "deploy", "sql", "profiles.yml", "shared.env");
      git("commit", "-q", "-m", "first");
    },
  });

  /** Points at a word of the editor until the hover has this; answers what it says. */
  async function hoverSays(word: string, text: string): Promise<string> {
    const { page } = suite.workbench;
    const hover = page.locator(".monaco-hover:visible");
    const place = page
      .locator(".editor-group-container.active .view-line span span")
      .filter({ hasText: word })
      .first();
    return until(
      `a hover with ${text}`,
      async () => {
        await page.mouse.move(700, 600);
        await place.hover({ timeout: 5000 });
        await hover.getByText(text).first().waitFor({ timeout: 5000 });
        return hover.first().innerText();
      },
      60_000,
    );
  }

  it("explains a finding at its place, and shows its rule's page offline", async () => {
    const { workbench } = suite;
    await workbench.openFile("roles.sql");
    await workbench.editor.waitForSquiggle("error");
    await workbench.editor.goTo(1, 36);
    const text = await hoverSays("k7-", "pg_stat_statements");
    const hover = workbench.page.locator(".monaco-hover:visible");
    assert.match(text, /pg_stat_statements/);
    assert.ok(!text.includes(value), text);
    await workbench.screenshot("lint-hover-sql-dark");
    const rule = workbench.page.locator('.tab[aria-label*="CS101"]');
    await until(
      "the page of the rule",
      async () => {
        // A hover goes away when what it is about is looked at anew.
        if (!(await hover.isVisible()))
          await hoverSays("k7-", "pg_stat_statements");
        await hover
          .getByRole("link", { name: "CS101" })
          .last()
          .click({ timeout: 3000 });
        await rule.waitFor({ timeout: 10_000 });
        return true;
      },
      60_000,
    );
  });

  it("explains in YAML, too, and offers what can be done", async () => {
    const { workbench } = suite;
    await workbench.openFile("compose.yaml");
    await workbench.editor.waitForSquiggle("warning");
    await workbench.editor.goTo(7, 28);
    await hoverSays("k7-", "docker inspect");
    await workbench.screenshot("lint-hover-yaml-dark");
    await workbench.page.keyboard.press("Escape");
    const fixes = await workbench.editor.quickFixes();
    await workbench.screenshot("lint-bulb-dark");
    for (const wanted of [/\.env/, /Ignore CY203/, /baseline/, /[Aa]llow/]) {
      assert.ok(
        fixes.some((fix) => wanted.test(fix)),
        `${String(wanted)}: ${fixes.join("; ")}`,
      );
    }
    await workbench.editor.applyQuickFix(/\.env/);
    await until("the reference", async () =>
      (await workbench.editor.text()).includes("${POSTGRES_PASSWORD:?}"),
    );
    const env = path.join(suite.demo.workspace, "deploy/.env");
    assert.match(await readFile(env, "utf8"), new RegExp(value));
    await until(
      "the finding to be gone",
      async () => (await workbench.editor.squiggles("warning")) === 0,
    );
    await workbench.screenshot("lint-fixed-dark");
    await workbench.runCommand("File: Save");
    await workbench.notifications.clear();
  });

  it("shows the whole workspace on a page that opens, fixes and forgets what is fixed", async () => {
    const { workbench } = suite;
    await workbench.runCommand("Viaduct: Check Workspace for Credentials");
    const page = workbench.webview("li.finding");
    const text = await page.waitForText(/findings in \d+ of \d+ files/, 60_000);
    assert.ok(!text.includes(value) && !text.includes("sw0rdfish"), text);
    assert.match(text, /In git since 2026-03-05: rotate it/);
    assert.match(text, /roles\.sql\s+Tracked by git/);
    await workbench.screenshot("lint-report-dark");
    await workbench.useTheme("Light Modern");
    await workbench.screenshot("lint-report-light");
    await workbench.useTheme("Dark High Contrast");
    await workbench.screenshot("lint-report-highContrast");
    await workbench.useTheme("Dark Modern");
    const frame = await page.frame();
    await frame.getByRole("button", { name: /^Fix All roles\.sql/ }).click();
    await workbench.editor.waitForActive("roles.sql");
    await until("the fix", async () =>
      (await workbench.editor.text()).includes(":'app_password'"),
    );
    await workbench.page.locator('.tab[aria-label^="Credentials in"]').click();
    await until(
      "the page without the file",
      async () => !/roles\.sql\s+Tracked/.test(await page.text()),
    );
    await workbench.problems("08-credentials.sql");
  });

  it("opens a place, exports, has git ignore a file and accepts the rest from that page", async () => {
    const { workbench, demo } = suite;
    const at = (name: string) => path.join(demo.workspace, name);
    const tab = workbench.page.locator('.tab[aria-label^="Credentials in"]');
    await workbench.runCommand("Viaduct: Check Workspace for Credentials");
    const page = workbench.webview("li.finding");
    assert.match(
      await page.waitForText(/shared\.env/, 60_000),
      /shared\.env\s+Tracked by git[^]*In git since 2026-03-05: rotate it/,
    );
    const press = async (name: RegExp) => {
      await tab.click();
      await (await page.frame()).getByRole("button", { name }).click();
    };
    await press(/role "more"\.?: more\.sql, Ln 2/);
    await workbench.editor.waitForActive("more.sql");
    await until("the place", async () => {
      const { line, column } = await workbench.editor.cursor();
      return line === 2 && column > 1;
    });

    for (const [label, file] of [
      ["SARIF", "viaduct.sarif"],
      ["JSON", "viaduct-findings.json"],
    ] as const) {
      await press(new RegExp(`^Export ${label}`));
      await workbench.page.locator(".quick-input-widget:visible").waitFor();
      await workbench.screenshot(`lint-export-${label.toLowerCase()}`);
      await workbench.quickInput.accept();
      await workbench.notifications.waitFor(`The findings are in ${file}.`);
      const text = await readFile(at(file), "utf8");
      assert.ok(!text.includes(value) && !text.includes(demo.workspace), text);
      assert.match(JSON.stringify(JSON.parse(text)), /"more\.sql"/);
    }

    await press(/^Have Git Ignore It shared\.env/);
    await workbench.notifications.waitFor(
      /still has it: git rm --cached shared/,
    );
    assert.match(await readFile(at(".gitignore"), "utf8"), /^shared\.env$/m);
    await workbench.screenshot("lint-ignored-dark");

    await press(/^Add All to Baseline/);
    const dialog = workbench.page.locator(".monaco-dialog-box");
    await dialog.waitFor();
    await workbench.screenshot("lint-baseline-dark");
    await dialog.getByRole("button", { name: "Add to Baseline" }).click();
    await workbench.notifications.waitFor(/Added to the baseline in/);
    const baseline = await readFile(at(".viaduct-lint-baseline.json"), "utf8");
    assert.ok(!baseline.includes(value) && baseline.includes("more.sql"));
    await workbench
      .webview(".summary")
      .waitForText(/No .*credentials|left out/);
    await workbench.screenshot("lint-accepted-dark");
  });
});
