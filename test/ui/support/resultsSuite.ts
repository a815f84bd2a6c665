import { mkdir, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Frame } from "playwright-core";
import { type DemoInVscode, startDemoInVscode } from "../../support/demo";
import { until } from "../../support/until";
import { type SuiteBrowser, openBrowser } from "./suiteBrowser";
import type { WebviewView } from "./webviewView";
import { Workbench } from "./workbench";

interface Window {
  readonly demo: DemoInVscode;
  readonly browser: SuiteBrowser;
  workbench: Workbench;
}

const now: { window?: Promise<Window> } = {};

// Outside of any suite: after the last one.
after(async () => {
  const window = await now.window;
  await window?.browser.close();
  await window?.demo.stop();
});

/** Settings of the workspace: rows can be written to the server, too. */
const workspaceSettings = {
  "viaduct.attachments": [
    { alias: "source_memories", envFile: ".env", readOnly: false },
  ],
} as const;

/** What the suites about results in the workbench share: one demo and one window, started by the first of them. */
export class ResultsSuite {
  #window: Window | null = null;

  get demo(): DemoInVscode {
    return this.#started.demo;
  }

  get workbench(): Workbench {
    return this.#started.workbench;
  }

  /** Opens another window, on the demo's folder if no other is given. */
  async openWindow(folder = this.demo.workspace): Promise<Workbench> {
    return Workbench.open(this.#started.browser, this.demo.vscode.url(folder));
  }

  /** Every window gone, and the server with all it has started; then the server again, and one window of a new browser. */
  async restart(): Promise<void> {
    const window = this.#started;
    await window.browser.close();
    await window.demo.vscode.restart();
    window.workbench = await Workbench.open(window.browser, window.demo.url);
  }

  /** Folder of the server's data, the extension's storage among them. */
  get dataFolder(): string {
    return path.dirname(this.demo.vscode.extensions);
  }

  /** Names below it that match, from it on. */
  async stored(name: RegExp): Promise<readonly string[]> {
    const all = await readdir(this.dataFolder, { recursive: true });
    return all.filter((each) => name.test(each));
  }

  /** Processes of engines that have a folder of temporary files, whether they live or not. */
  async engines(): Promise<readonly number[]> {
    const names = await this.stored(/[\\/]viaduct-engine-\d+$/);
    return names.map((name) => Number(/\d+$/.exec(name)?.[0]));
  }

  /** The page of results. */
  panel(workbench = this.workbench): WebviewView {
    return workbench.webview("#results");
  }

  /** The tab strip's names as they can be read. */
  async tabs(workbench = this.workbench): Promise<readonly string[]> {
    const frame = await this.panel(workbench).frame();
    const names = await frame.locator(".result-tab-title").allInnerTexts();
    return names.map((name) => name.trim());
  }

  /** Shows a tab by its name. */
  async showTab(name: RegExp): Promise<void> {
    const frame = await this.panel().frame();
    await frame.locator(".result-tab").filter({ hasText: name }).click();
  }

  /** Pins the tab that is shown, and waits for its file. */
  async pin(workbench = this.workbench): Promise<void> {
    const frame = await this.panel(workbench).frame();
    const files = await this.#pinned();
    await frame.getByRole("button", { name: "Pin", exact: true }).click();
    await until(
      "the pin's file",
      async () => (await this.#pinned()).length > files.length,
    );
  }

  /** Opens a file and runs it by its key; without an `answer`, until the panel says that its result is complete. */
  async run(
    file: string,
    {
      workbench = this.workbench,
      answer,
      until: told = new RegExp(`${file}[^]*complete`),
    }: {
      readonly workbench?: Workbench;
      readonly answer?: () => Promise<void>;
      readonly until?: RegExp;
    } = {},
  ): Promise<void> {
    await workbench.openFile(file);
    await workbench.editor.press("Control+Shift+Enter");
    await answer?.();
    await this.panel(workbench).waitForText(told, 90_000);
  }

  /** Writes the settings of the workspace: those of all suites, and others. */
  async set(others: Readonly<Record<string, unknown>>): Promise<void> {
    const folder = path.join(this.demo.workspace, ".vscode");
    await mkdir(folder, { recursive: true });
    await writeFile(
      path.join(folder, "settings.json"),
      JSON.stringify({ ...workspaceSettings, ...others }),
    );
  }

  /** Takes the window, with these files in its workspace, as if nothing had been done in it. */
  async begin(files: Readonly<Record<string, string>>): Promise<void> {
    this.#window = await (now.window ??= start());
    await this.set({});
    for (const [name, text] of Object.entries(files)) {
      await writeFile(path.join(this.demo.workspace, name), text);
    }
    await this.workbench.page.keyboard.press("Escape");
    if ((await this.#openPage()) === undefined) return;
    await this.workbench.runCommand("View: Close All Editors");
    const discard = this.workbench.page
      .locator(".monaco-dialog-box")
      .getByRole("button", { name: "Don't Save" });
    await until("no result", async () => {
      // Asked of an editor without a file, which may come up late.
      if (await discard.isVisible()) await discard.click({ timeout: 2000 });
      const page = await this.#openPage();
      const close = page?.locator(".tab-tools").getByTitle("Close");
      if ((await close?.isVisible()) !== true) return true;
      await close?.click({ timeout: 2000 });
      return false;
    });
  }

  get #started(): Window {
    if (this.#window === null) throw new Error("the demo has not started yet");
    return this.#window;
  }

  async #pinned(): Promise<readonly string[]> {
    return this.stored(/viaduct\.viaduct[\\/]results[\\/].+\.json$/);
  }

  /** The page of results, if there is one by now. */
  async #openPage(): Promise<Frame | undefined> {
    return this.panel()
      .frame(500)
      .catch(() => undefined);
  }
}

async function start(): Promise<Window> {
  const demo = await startDemoInVscode({
    settings: { "workbench.colorTheme": "Dark Modern" },
  });
  const browser = await openBrowser();
  return { demo, browser, workbench: await Workbench.open(browser, demo.url) };
}

/** The window that suites about results share, with these files in its workspace while the suite runs. */
export function resultsSuite(
  files: Readonly<Record<string, string>>,
): ResultsSuite {
  const suite = new ResultsSuite();

  before(async function () {
    this.timeout(180_000);
    await suite.begin(files);
  });

  afterEach(async function () {
    if (this.currentTest?.state === "failed") {
      const name = this.currentTest.title.replace(/[^\w]+/g, "-").slice(0, 40);
      console.log(await suite.workbench.screenshot(`failed-${name}`));
    }
  });

  return suite;
}
