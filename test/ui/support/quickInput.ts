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

  /**
   * Opens the box, types and chooses. From the start again when the box goes away in between: whatever takes the focus,
   * such as a panel that comes up late, closes it.
   */
  async pick(key: string, text: string, label: string): Promise<void> {
    const patience = { ms: 750 };
    await until(
      `to choose ${label}`,
      async () => {
        if (!(await this.#widget.isVisible())) await this.open(key);
        await this.type(text, 5000);
        patience.ms = Math.min(6000, 2 * patience.ms);
        await this.choose(label, patience.ms).catch(async (error: unknown) => {
          // The list has what was there when it was opened, and not what an extension brings later: at the start no file.
          await this.dismiss();
          throw error;
        });
        return true;
      },
      60_000,
    );
  }

  /** Replaces what is typed; again when the box that comes up late has put its own text in its place. */
  async type(text: string, timeoutMs = 20_000): Promise<void> {
    await until(
      "what is typed to be in the box",
      async () => {
        await this.#input().fill(text, { timeout: 2000 });
        return (await this.#input().inputValue({ timeout: 1000 })) === text;
      },
      timeoutMs,
    );
  }

  /** Title, placeholder and message, for a look at what is asked. */
  async prompt(): Promise<string> {
    const parts = await this.#widget
      .locator(".quick-input-title:visible, .quick-input-message:visible")
      .allInnerTexts();
    const placeholder = await this.#widget
      .locator("input")
      .first()
      .getAttribute("placeholder", { timeout: 2000 });
    return [...parts, placeholder ?? ""].join(" ").trim();
  }

  /** Waits until it asks for this, and returns all that it says. */
  async waitForPrompt(asked: RegExp, timeoutMs = 20_000): Promise<string> {
    return until(
      `to be asked ${String(asked)}`,
      async () => {
        const prompt = await this.prompt();
        return asked.test(prompt) ? prompt : null;
      },
      timeoutMs,
    );
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
          const asked = await this.#asked();
          await row.click({ timeout: 2000 });
          // A row that is drawn anew under the mouse loses the click.
          return soon(
            async () =>
              (await this.#asked()) !== asked ||
              !(await this.entries()).some(isWanted),
          );
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
    await this.waitForPrompt(asked);
    if (text !== undefined) await this.type(text);
    await this.accept();
  }

  /**
   * Accepts what is typed, in an input box that takes it: it goes away, or asks something else. With more patience where
   * a second Enter would answer the next question.
   */
  async accept(patienceMs?: number): Promise<void> {
    const asked = await this.#asked();
    await this.#pressUntil(
      "Enter",
      async () => (await this.#asked()) !== asked,
      patienceMs,
    );
  }

  /** Closes it. */
  async dismiss(): Promise<void> {
    await this.#pressUntil(
      "Escape",
      async () => !(await this.#widget.isVisible()),
    );
  }

  /** A key that is pressed before the box has the focus is not for it: it gets the focus first, and the key again. */
  async #pressUntil(
    key: string,
    taken: () => Promise<boolean>,
    patienceMs?: number,
  ): Promise<void> {
    const isTaken = { soon: false };
    await until(`the quick input to take ${key}`, async () => {
      if (isTaken.soon || !(await this.#widget.isVisible())) return true;
      await this.#input().press(key, { timeout: 2000 });
      isTaken.soon = await soon(taken, patienceMs);
      return isTaken.soon;
    });
  }

  /** What tells one question from the next, as it is at this moment; null when nothing is asked. */
  async #asked(): Promise<string | null> {
    const [asked] = await this.#widget.evaluateAll((widgets) =>
      widgets.map((widget) => {
        const input = widget.querySelector("input.input");
        return JSON.stringify([
          widget.querySelector(".quick-input-title")?.textContent,
          input?.getAttribute("placeholder"),
          input instanceof HTMLInputElement ? input.value : null,
        ]);
      }),
    );
    return asked ?? null;
  }

  #input(): Locator {
    return this.#widget
      .locator(".quick-input-box input, .quick-input-filter input")
      .first();
  }

  #rows(): Locator {
    return this.#widget.locator(".quick-input-list .monaco-list-row");
  }
}

/** Whether it comes true within two seconds: a key or a click that is lost has to be given again. */
function soon(
  probe: () => Promise<boolean>,
  patienceMs = 2000,
): Promise<boolean> {
  return until("it", probe, patienceMs).catch(() => false);
}
