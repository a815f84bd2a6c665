import type { Locator, Page } from "playwright-core";
import { until } from "../../support/until";

/** The messages at the lower right corner. */
export class Notifications {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Messages that are shown now. */
  async messages(): Promise<readonly string[]> {
    return this.#toasts()
      .locator(".notification-list-item-message")
      .allInnerTexts();
  }

  /** Waits for a message and returns it whole. */
  async waitFor(text: string | RegExp, timeoutMs = 20_000): Promise<string> {
    const message = this.#toast(text).locator(
      ".notification-list-item-message",
    );
    await message.waitFor({ timeout: timeoutMs });
    return message.innerText();
  }

  /** Presses a button of the message with this text. */
  async press(text: string | RegExp, button: string): Promise<void> {
    const toast = this.#toast(text);
    await toast.waitFor();
    await toast.getByRole("button", { name: button }).click();
  }

  /** Closes all of them. */
  async clear(): Promise<void> {
    await until("the notifications to go", async () => {
      const toast = this.#toasts().first();
      if ((await toast.count()) === 0) return true;
      // One that goes by itself meanwhile is not waited for.
      await toast.hover({ timeout: 2000 });
      await toast
        .locator(".codicon-notifications-clear")
        .first()
        .click({ timeout: 2000 });
      return false;
    });
  }

  #toasts(): Locator {
    return this.#page.locator(".notification-toast .notification-list-item");
  }

  #toast(text: string | RegExp): Locator {
    return this.#toasts().filter({ hasText: text }).first();
  }
}
