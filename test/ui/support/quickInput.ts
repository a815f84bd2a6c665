import type { Locator, Page } from "playwright-core";
import { until } from "../../support/until";

/** The box that drops from the top: command palette, quick open, picks and input boxes. */
export class QuickInput {
  readonly #page: Page;
  readonly #widget: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.#widget = page.locator(".quick-input-widget:visible");
  }

  /** Presses a key until the box is there: the workbench may not listen yet, just after it was drawn. */
  async open(key: string): Promise<void> {
    await until(`the quick input after ${key}`, async () => {
      await this.#page.keyboard.press(key);
      return this.#widget
        .waitFor({ timeout: 2000 })
        .then(() => true)
        .catch(() => false);
    });
  }

  /** Waits until it is there, by itself. */
  async waitFor(timeoutMs = 20_000): Promise<void> {
    await this.#widget.waitFor({ timeout: timeoutMs });
  }

  /**
   * Opens the box, types and chooses. From the start again when the box goes away in between: whatever takes the focus,
   * such as a panel that comes up late, closes it.
   */
  async pick(key: string, text: string, label: string): Promise<void> {
    await until(
      `to choose ${label}`,
      async () => {
        if (!(await this.#widget.isVisible())) await this.open(key);
        await this.type(text);
        await this.choose(label, 6000).catch(async (error: unknown) => {
          // The list has what was there when it was opened, and not what an extension brings later.
          await this.dismiss();
          throw error;
        });
        return true;
      },
      30_000,
    );
  }

  /** Replaces what is typed. */
  async type(text: string): Promise<void> {
    await this.#widget
      .locator(".quick-input-box input, .quick-input-filter input")
      .first()
      .fill(text, { timeout: 5000 });
  }

  /** Title, placeholder and message, for a look at what is asked. */
  async prompt(): Promise<string> {
    const parts = await this.#widget
      .locator(".quick-input-title:visible, .quick-input-message:visible")
      .allInnerTexts();
    const placeholder = await this.#widget
      .locator("input")
      .first()
      .getAttribute("placeholder");
    return [...parts, placeholder ?? ""].join(" ").trim();
  }

  /** Labels of the entries that can be seen. */
  async entries(): Promise<readonly string[]> {
    const rows = await this.#rows().evaluateAll((elements) =>
      elements.map(
        (element) => element.querySelector(".label-name")?.textContent ?? "",
      ),
    );
    return rows.map((row) => row.replaceAll("\u00a0", " ").trim());
  }

  /** Chooses the entry with exactly this label (or matching it), as soon as it is there. */
  async choose(label: string | RegExp, timeoutMs = 20_000): Promise<void> {
    const isWanted = (entry: string): boolean =>
      typeof label === "string" ? entry === label : label.test(entry);
    const seen: { entries: readonly string[] } = { entries: [] };
    try {
      await until(
        `the entry ${String(label)}`,
        async () => {
          seen.entries = await this.entries();
          const index = seen.entries.findIndex(isWanted);
          if (index < 0) return false;
          // The list is filtered while one types: what was read may have moved, so read it again at the click.
          const row = this.#rows().nth(index);
          const text = await row
            .locator(".label-name")
            .first()
            .textContent({ timeout: 1000 });
          if (!isWanted((text ?? "").replaceAll("\u00a0", " ").trim()))
            return false;
          await row.click({ timeout: 2000 });
          return true;
        },
        timeoutMs,
      );
    } catch (error) {
      throw new Error(
        `no entry ${String(label)} among: ${seen.entries.join(" | ")}`,
        { cause: error },
      );
    }
  }

  /** Types an answer, once it is asked for this, and accepts it; without a text what is proposed is accepted. */
  async answer(asked: RegExp, text?: string): Promise<void> {
    await until(`to be asked ${String(asked)}`, async () =>
      asked.test(await this.prompt()),
    );
    if (text !== undefined) await this.type(text);
    await this.accept();
  }

  /** Accepts what is typed, in an input box. */
  async accept(): Promise<void> {
    await this.#page.keyboard.press("Enter");
  }

  /** Closes it. */
  async dismiss(): Promise<void> {
    await this.#page.keyboard.press("Escape");
    await this.#widget.waitFor({ state: "hidden" });
  }

  #rows(): Locator {
    return this.#widget.locator(".quick-input-list .monaco-list-row");
  }
}
