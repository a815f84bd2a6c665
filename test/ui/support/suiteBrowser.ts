import type { Browser, BrowserContext } from "playwright-core";
import { launchBrowser } from "../../support/vscode/browser";

/** What pages are opened in. */
export type Contexts = Pick<Browser, "newContext">;

/** The browser of a suite: what is opened in it, it closes. */
export interface SuiteBrowser extends Contexts {
  close(): Promise<void>;
}

const now: { browser?: Promise<Browser> } = {};

// Outside of any suite: after the last one.
after(async () => {
  await (await now.browser)?.close();
});

/**
 * One program serves the suites of all files, as starting one takes a second; contexts keep them apart. One that has
 * crashed is followed by another.
 */
export async function openBrowser(): Promise<SuiteBrowser> {
  const browser = await runningBrowser();
  const opened = new Set<BrowserContext>();
  return {
    newContext: async (options) => {
      const context = await browser.newContext(options);
      opened.add(context);
      context.once("close", () => opened.delete(context));
      return context;
    },
    close: async () => {
      await Promise.all([...opened].map((context) => context.close()));
    },
  };
}

async function runningBrowser(): Promise<Browser> {
  const last = await now.browser;
  if (last?.isConnected() === true) return last;
  const next = launchBrowser();
  now.browser = next;
  return next;
}
