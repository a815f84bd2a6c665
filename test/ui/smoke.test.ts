import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { cp, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { inRepository } from "../support/paths";
import { until } from "../support/until";
import { ServedVscode } from "../support/vscode/servedVscode";
import { Workbench } from "./support/workbench";
import { type SuiteBrowser, openBrowser } from "./support/suiteBrowser";

/** Each page object, on an extension that has one of each thing: a broken helper is told from a broken product. */
describe("the workbench harness", () => {
  let vscode: ServedVscode;
  let browser: SuiteBrowser;
  let workspace: string;
  let workbench: Workbench;

  before(async function () {
    this.timeout(120_000);
    workspace = await mkdtemp(path.join(os.tmpdir(), "viaduct-probe-"));
    await cp(inRepository("test/fixtures/probe-workspace"), workspace, {
      recursive: true,
    });
    vscode = await ServedVscode.start({
      extension: inRepository("test/fixtures/probe-extension"),
      env: { CI_PROBE: "handed on" },
    });
    browser = await openBrowser();
    workbench = await Workbench.open(browser, vscode.url(workspace));
  });

  after(async () => {
    await browser.close();
    await vscode.stop();
    await rm(workspace, { recursive: true });
  });

  it("hands the environment on to a real extension host, whose console the page repeats", async () => {
    const line = await until("the probe’s greeting", () =>
      workbench.console.find((text) => text.includes("probe active")),
    );
    assert.match(line, /VS Code 1\.\d+\.\d+, CI_PROBE=handed on, autoSave=off/);
  });

  it("opens a file, reads its text and moves the cursor", async () => {
    await workbench.openFile("probe.sql");
    await workbench.editor.waitForText("SELECT 1;\nSELECT wrong;\nSELECT 3;\n");
    await workbench.editor.goTo(2, 8);
    assert.deepEqual(await workbench.editor.cursor(), { line: 2, column: 8 });
  });

  it("clicks the lens of a certain line, and reads and closes notifications", async () => {
    await until("a lens for each statement", async () =>
      isDeepStrictEqual(await workbench.editor.lenses("Run"), ["Run", "Run"]),
    );
    await workbench.editor.clickLens("Run", 1);
    assert.equal(
      await workbench.notifications.waitFor("Menu line"),
      "Menu line 1 of 4",
    );
    await workbench.notifications.clear();
    assert.deepEqual(await workbench.notifications.messages(), []);
  });

  it("answers a notification, after a key in the editor", async () => {
    await workbench.editor.press("Control+Enter");
    await workbench.notifications.press("Probe notifies", "Answer");
    assert.equal(await workbench.notifications.waitFor("Got"), "Got Answer");
    await workbench.notifications.clear();
  });

  it("sees squiggles and problems, applies a quick fix, and types", async () => {
    await workbench.editor.waitForSquiggle("warning");
    assert.equal(await workbench.editor.squiggles("error"), 0);
    await workbench.problems(/this is wrong.*Ln 2, Col 8/);
    await workbench.editor.goTo(2, 8);
    assert.deepEqual(await workbench.editor.quickFixes(), ["Replace it"]);
    await workbench.editor.applyQuickFix("Replace it");
    await until("the fix", async () =>
      (await workbench.editor.text()).includes("SELECT fixed;"),
    );
    await workbench.editor.replaceAll("SELECT (4);");
    await workbench.editor.waitForText("SELECT (4);");
    await workbench.editor.goTo(1, 12);
    await workbench.editor.insert('\n-- "end');
    await workbench.editor.waitForText('SELECT (4);\n-- "end');
  });

  it("chooses exactly the entry that is named", async () => {
    await workbench.runCommand("Probe: Pick");
    await workbench.quickInput.waitForPrompt(/Which color\?/);
    const colors = ["red", "green", "light green"];
    await until("the colors", async () =>
      isDeepStrictEqual(await workbench.quickInput.entries(), colors),
    );
    await workbench.quickInput.choose("green");
    assert.equal(
      await workbench.notifications.waitFor("Picked"),
      "Picked green",
    );
    await workbench.notifications.clear();
  });

  it("opens a tree, its rows and their actions", async () => {
    const { sideBar, notifications } = workbench;
    await sideBar.open("Probe");
    await sideBar.row("beta", 1);
    await sideBar.expand("alpha");
    await sideBar.row("two", 2);
    assert.deepEqual(await sideBar.rows(), [
      "alpha the alpha",
      "one the one",
      "two the two",
      "beta the beta",
    ]);
    assert.match(await sideBar.tooltip("two"), /Tooltip of two/);
    await sideBar.inlineAction("one", "Row Action");
    assert.equal(await notifications.waitFor("Row"), "Row one");
    await notifications.clear();
    await sideBar.contextAction("two", "Menu Action");
    assert.equal(await notifications.waitFor("Menu"), "Menu two");
    await notifications.clear();
    await sideBar.welcomeButton("Attach Something").click();
    await notifications.waitFor("Probe notifies");
    await notifications.clear();
  });

  it("reads a webview in the panel, and the status bar", async () => {
    await workbench.openPanelView("Probe Panel");
    await workbench.webview("probe-page").waitForText("Hello from the probe");
    assert.equal(await workbench.statusBarEntry("Probe"), "Probe ready");
  });

  it("switches the theme and takes pictures", async () => {
    await workbench.useTheme("Light Modern");
    const file = await workbench.screenshot("smoke-light");
    await workbench.useTheme("Dark Modern");
    assert.ok(existsSync(file));
  });

  it("fails in words when something is not there", async () => {
    await assert.rejects(
      until("nothing", () => false, 100),
      /waited 100 ms for nothing/,
    );
    await workbench.quickInput.open("F1");
    await workbench.quickInput.type(">Probe: Pick");
    await assert.rejects(
      workbench.quickInput.choose("Probe: Absent", 500),
      /no entry Probe: Absent among: Probe: Pick/,
    );
    await workbench.quickInput.dismiss();
  });
});
