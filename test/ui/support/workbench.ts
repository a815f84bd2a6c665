import type { Page } from "playwright-core";
import { until } from "../../support/until";
import { EditorPart } from "./editorPart";
import { Notifications } from "./notifications";
import { pictureFile } from "./pictures";
import { QuickInput } from "./quickInput";
import { SideBar } from "./sideBar";
import { WebviewView } from "./webviewView";
import type { Contexts } from "./suiteBrowser";

const STARTED_MS = 90_000;

/** The VS Code workbench in a browser, as a user sees it. */
export class Workbench {
  readonly page: Page;
  readonly quickInput: QuickInput;
  readonly editor: EditorPart;
  readonly sideBar: SideBar;
  readonly notifications: Notifications;
  readonly #console: string[] = [];

  private constructor(page: Page) {
    this.page = page;
    this.quickInput = new QuickInput(page);
    this.editor = new EditorPart(page, this.quickInput);
    this.sideBar = new SideBar(page);
    this.notifications = new Notifications(page);
    page.on("console", (message) => this.#console.push(message.text()));
  }

  /** Opens an address of a served VS Code and waits until the workbench can be used. */
  static async open(browser: Contexts, url: string): Promise<Workbench> {
    const context = await browser.newContext({
      viewport: { width: 1400, height: 900 },
      permissions: ["clipboard-read", "clipboard-write"],
    });
    const page = await context.newPage();
    const workbench = new Workbench(page);
    await page.goto(url);
    await page
      .locator(".monaco-workbench .part.statusbar")
      .waitFor({ timeout: STARTED_MS });
    await page
      .locator(".monaco-workbench .explorer-folders-view")
      .waitFor({ timeout: STARTED_MS });
    return workbench;
  }

  /** What the page and the extension host printed. */
  get console(): readonly string[] {
    return this.#console;
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }

  /** Runs a command by its title, with the category: `Viaduct: Run Statement`. */
  async runCommand(title: string): Promise<void> {
    await this.quickInput.pick("F1", `>${title}`, title);
  }

  /** Reloads by VS Code's own command: a page that is merely loaded anew can lose which editors were open. */
  async reloadWindow(): Promise<void> {
    const loaded = this.page.waitForEvent("load", { timeout: STARTED_MS });
    // The list goes away with the page, chosen or not.
    await this.runCommand("Developer: Reload Window").catch(() => undefined);
    await loaded;
  }

  /** Opens a file of the workspace by its name. */
  async openFile(name: string): Promise<void> {
    const patience = { ms: 5_000 };
    await until(
      `${name} to be open`,
      async () => {
        await this.quickInput.pick("Control+P", name, name);
        patience.ms *= 2;
        // On a busy machine the list can go away without having taken the choice.
        await this.editor.waitForActive(name, patience.ms);
        return true;
      },
      90_000,
    );
  }

  /** Text of the status bar's entries that can be seen. */
  async statusBar(): Promise<readonly string[]> {
    return this.page
      .locator(".part.statusbar .statusbar-item:visible")
      .allInnerTexts();
  }

  /** Waits for a status bar entry with this text and returns it whole. */
  async statusBarEntry(
    text: string | RegExp,
    timeoutMs?: number,
  ): Promise<string> {
    const matches = (entry: string): boolean =>
      typeof text === "string" ? entry.includes(text) : text.test(entry);
    return until(
      `a status bar entry ${String(text)}`,
      async () => (await this.statusBar()).find(matches),
      timeoutMs,
    );
  }

  /** Shows one of the panel's views by the name on its tab. */
  async openPanelView(name: string): Promise<void> {
    const tab = this.page
      .locator(".part.panel .composite-bar")
      .getByRole("tab", { name });
    await until(
      `the panel's ${name}`,
      async () => {
        if (!(await tab.isVisible())) {
          await this.runCommand("View: Toggle Panel Visibility");
          await tab.waitFor({ timeout: 5000 });
        }
        await tab.click({ timeout: 5000 });
        return true;
      },
      45_000,
    );
  }

  /** Waits until the Problems view has a row of this text; answers its rows: message, source, position. */
  async problems(wanted: string | RegExp): Promise<readonly string[]> {
    const rows = this.page.locator(".markers-panel .monaco-list-row");
    if (!(await this.page.locator(".markers-panel").isVisible())) {
      await this.runCommand("View: Focus Problems (Errors, Warnings, Infos)");
    }
    const last: { rows: readonly string[] } = { rows: [] };
    try {
      return await until(`the problem ${String(wanted)}`, async () => {
        last.rows = (await rows.allInnerTexts()).map((row) =>
          row.replace(/\s+/g, " ").trim(),
        );
        const isWanted = (row: string): boolean =>
          typeof wanted === "string" ? row.includes(wanted) : wanted.test(row);
        return last.rows.some(isWanted) && last.rows;
      });
    } catch (error) {
      throw new Error(
        `no problem ${String(wanted)} among: ${last.rows.join("\n")}`,
        { cause: error },
      );
    }
  }

  /** The page inside a webview, found by a selector that only its page has. */
  webview(marker: string): WebviewView {
    return new WebviewView(this.page, marker);
  }

  /** Switches the color theme. */
  async useTheme(
    theme:
      | "Dark Modern"
      | "Light Modern"
      | "Dark High Contrast"
      | "Light High Contrast",
  ): Promise<void> {
    const base = theme.startsWith("Light")
      ? /(?:^|\s)(?:vs|hc-light)(?:\s|$)/
      : /(?:^|\s)(?:vs-dark|hc-black)(?:\s|$)/;
    await this.runCommand("Preferences: Color Theme");
    await this.quickInput.type(theme);
    await this.quickInput.choose(theme);
    await until(`the theme ${theme}`, async () =>
      base.test(
        (await this.page
          .locator(".monaco-workbench")
          .first()
          .getAttribute("class")) ?? "",
      ),
    );
  }

  /** Takes a picture of the whole window; returns its file. */
  async screenshot(name: string): Promise<string> {
    const file = pictureFile(name);
    await this.page.screenshot({
      path: file,
      animations: "disabled",
      caret: "hide",
    });
    return file;
  }
}
