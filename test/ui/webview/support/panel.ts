import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Page } from "playwright-core";
import type {
  HostToPanel,
  PanelToHost,
  RunView,
} from "../../../../src/protocol/panel";
import type { FakeResult, SentRun } from "./fakeHost";
import { installFakeHost } from "./fakeHost";
import type { PanelState } from "./states";
import type { ThemeName } from "./themes";
import { themes } from "./themes";
import type { Contexts } from "../../support/suiteBrowser";

const root = path.resolve(import.meta.dirname, "../../../..");
const origin = "https://panel.viaduct.test";
const nonce = "bm9uY2U";
/** As the extension sets it. */
const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${origin}`;

/** How a panel is opened. */
export interface PanelOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  readonly results?: Readonly<Record<string, FakeResult>>;
  readonly run?: RunView | null;
  readonly reducedMotion?: boolean;
  readonly latencyMs?: number;
  /** Answers what the page asks of an engine; see `openOnEngine`. */
  readonly ask?: (message: PanelToHost) => Promise<HostToPanel>;
  /** Hears what else the page says. */
  readonly tell?: (message: PanelToHost) => void;
}

/** The built panel in a browser, with a fake host behind it. */
export class PanelPage {
  constructor(readonly page: Page) {}

  /** Opens the built page under the real policy. */
  static async open(
    browser: Contexts,
    options: PanelOptions = {},
  ): Promise<PanelPage> {
    const context = await browser.newContext({
      viewport: { width: options.width ?? 1100, height: options.height ?? 420 },
      reducedMotion: options.reducedMotion === true ? "reduce" : null,
    });
    const page = await context.newPage();
    await page.route(`${origin}/**`, async (route) => {
      const name = new URL(route.request().url()).pathname.slice(1);
      if (name === "") {
        await route.fulfill({
          contentType: "text/html",
          body: html,
          headers: { "content-security-policy": policy },
        });
        return;
      }
      const type = name.endsWith(".css") ? "text/css" : "text/javascript";
      const body = readFileSync(path.join(root, "dist/webview", name));
      await route.fulfill({ contentType: type, body });
    });
    page.on("pageerror", (error) => {
      console.error(error);
    });
    if (options.ask !== undefined) {
      await page.exposeFunction("askEngine", options.ask);
    }
    if (options.tell !== undefined) {
      await page.exposeFunction("tellHost", options.tell);
    }
    // tsx keeps names of functions by a helper that the page does not have.
    await page.addInitScript({ content: "globalThis.__name = (f) => f;" });
    await page.addInitScript(installFakeHost, themes[options.theme ?? "dark"]);
    await page.addInitScript(
      ({ results, run, latencyMs }) => {
        window.fakeHost.results = { ...results };
        window.fakeHost.run = run;
        window.fakeHost.latencyMs = latencyMs;
      },
      {
        results: options.results ?? {},
        run: options.run ?? null,
        latencyMs: options.latencyMs ?? 4,
      },
    );
    await page.goto(`${origin}/`);
    await page.waitForFunction(() =>
      window.fakeHost.posted.some(({ type }) => type === "ready"),
    );
    await page.waitForSelector(".shell:not([hidden]), .welcome:not([hidden])");
    return new PanelPage(page);
  }

  /** Sends a message as the host. */
  async send(message: HostToPanel | SentRun): Promise<void> {
    await this.page.evaluate((sent) => {
      window.fakeHost.send(sent);
    }, message);
  }

  /** Shows a state from the start, as the host does for a page that is ready, and waits until it is drawn. */
  async show({ run, results = {}, tab = {} }: PanelState): Promise<void> {
    await this.page.evaluate(
      (given) => {
        window.fakeHost.results = { ...given.results };
        window.fakeHost.tab = given.tab;
        return new Promise<void>((resolve) => {
          // After the page's own listener, which was there first.
          const drawn = (): void => {
            requestAnimationFrame(() => {
              requestAnimationFrame(() => {
                resolve();
              });
            });
          };
          window.addEventListener("message", drawn, { once: true });
          window.fakeHost.send({ type: "state", run: given.run });
        });
      },
      { run, results, tab },
    );
  }

  /** Waits until every row in sight is here. */
  async settled(): Promise<void> {
    await this.page.waitForFunction(
      () =>
        document.querySelector(".body-clip .row:not([hidden])") !== null &&
        document.querySelector(".row[aria-busy]:not([hidden])") === null,
    );
  }

  /** Cells in sight by their ARIA place. */
  visibleCells(): Promise<{ row: number; column: number; text: string }[]> {
    return this.page.evaluate(() => {
      const cells = [];
      for (const row of document.querySelectorAll(
        ".body-clip .row:not([hidden]):not([aria-busy])",
      )) {
        for (const cell of row.querySelectorAll("[role=gridcell]")) {
          cells.push({
            row: Number(row.getAttribute("aria-rowindex")) - 2,
            column: Number(cell.getAttribute("aria-colindex")) - 1,
            text: cell.textContent,
          });
        }
      }
      return cells;
    });
  }

  /** Every cell in sight is the one that the synthetic source has there, and the rows follow one another on screen. */
  async assertSyntheticCells(): Promise<readonly number[]> {
    const cells = await this.visibleCells();
    assert.ok(cells.length > 0, "no cells in sight");
    for (const { row, column, text } of cells) {
      const isNull = (row * 31 + column) % 97 === 0;
      assert.equal(text, isNull ? "NULL" : `${row}:${column}`);
    }
    return [...new Set(cells.map(({ row }) => row))].sort((a, b) => a - b);
  }

  /** Row numbers from the top of the view to its bottom, by where they are on the screen. */
  rowsOnScreen(): Promise<number[]> {
    return this.page.evaluate(() => {
      const body = document.querySelector(".body-clip");
      const box = body?.getBoundingClientRect();
      if (box === undefined) return [];
      return [
        ...document.querySelectorAll<HTMLElement>(
          ".body-clip .row:not([hidden])",
        ),
      ]
        .map((row) => ({
          top: row.getBoundingClientRect().top,
          index: Number(row.getAttribute("aria-rowindex")) - 2,
        }))
        .filter(({ top }) => top >= box.top - 30 && top < box.bottom)
        .sort((a, b) => a.top - b.top)
        .map(({ index }) => index);
    });
  }

  /** Sets the scroll bar as a drag of its thumb does. */
  async dragScrollBar(fraction: number): Promise<void> {
    await this.page.evaluate((to) => {
      const scroller = document.querySelector(".scroller");
      if (scroller === null) throw new Error("no grid");
      const max = scroller.scrollHeight - scroller.clientHeight;
      scroller.scrollTop = max * to;
    }, fraction);
    await this.frame();
  }

  /** Waits until what was done is on the screen. */
  async frame(): Promise<void> {
    await this.page.evaluate(
      () =>
        new Promise((resolve) => {
          requestAnimationFrame(() => requestAnimationFrame(resolve));
        }),
    );
  }

  /** Changes the theme as VS Code does: in place. */
  async useTheme(theme: ThemeName): Promise<void> {
    await this.page.evaluate(({ bodyClass, variables }) => {
      const { style } = document.documentElement;
      style.cssText = "";
      for (const [name, value] of Object.entries(variables)) {
        style.setProperty(`--vscode-${name}`, value);
      }
      document.body.className = bodyClass;
    }, themes[theme]);
    await this.frame();
  }

  /** Reads the fake host's counters. */
  host(): Promise<{
    maxInFlight: number;
    pageRequests: number;
    largestPage: number;
    violations: string[];
  }> {
    return this.page.evaluate(() => {
      const { maxInFlight, pageRequests, largestPage, violations } =
        window.fakeHost;
      return { maxInFlight, pageRequests, largestPage, violations };
    });
  }

  /** What the page asked of its host, rows aside. */
  posted(type: string): Promise<unknown[]> {
    return this.page.evaluate(
      (wanted) =>
        window.fakeHost.posted.filter((message) => message.type === wanted),
      type,
    );
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}

const html = `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Viaduct results</title>
<link rel="stylesheet" href="${origin}/results.css"></head>
<body><script nonce="${nonce}" src="${origin}/results.js"></script></body></html>`;
