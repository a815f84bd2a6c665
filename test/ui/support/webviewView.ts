import type { Frame, Page } from "playwright-core";
import { until } from "../../support/until";

/** The page of an extension inside a webview: two frames deep, the outer one is VS Code's own. */
export class WebviewView {
  readonly #page: Page;
  readonly #marker: string;

  /** @param marker a selector that only this webview's page has, such as `viaduct-results` */
  constructor(page: Page, marker: string) {
    this.#page = page;
    this.#marker = marker;
  }

  /** The inner frame, once its page is there. Ask again after the view was hidden: it may have been made anew. */
  async frame(timeoutMs?: number): Promise<Frame> {
    return until(
      `a webview with ${this.#marker}`,
      async () => {
        for (const frame of this.#page.frames()) {
          if (frame.parentFrame()?.parentFrame() !== this.#page.mainFrame())
            continue;
          if ((await frame.locator(this.#marker).count()) > 0) return frame;
        }
        return null;
      },
      timeoutMs,
    );
  }

  /** What can be read in it. */
  async text(): Promise<string> {
    return (await this.frame()).locator("body").innerText();
  }

  /** Waits until its text has this. */
  async waitForText(
    text: string | RegExp,
    timeoutMs?: number,
  ): Promise<string> {
    const last = { text: "" };
    try {
      return await until(
        `the webview to say ${String(text)}`,
        async () => {
          last.text = await this.text();
          const found =
            typeof text === "string"
              ? last.text.includes(text)
              : text.test(last.text);
          return found ? last.text : null;
        },
        timeoutMs,
      );
    } catch (error) {
      throw new Error(
        `the webview does not say ${String(text)}, but:\n${last.text}`,
        { cause: error },
      );
    }
  }
}
