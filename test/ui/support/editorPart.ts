import type { Locator, Page } from "playwright-core";
import { until } from "../../support/until";
import type { QuickInput } from "./quickInput";

/** The text editor that has the focus, with its lenses and squiggles. */
export class EditorPart {
  readonly #page: Page;
  readonly #quickInput: QuickInput;

  constructor(page: Page, quickInput: QuickInput) {
    this.#page = page;
    this.#quickInput = quickInput;
  }

  /** Waits until the file is the one that is edited. */
  async waitForActive(name: string, timeoutMs = 30_000): Promise<void> {
    await this.#page
      .locator(
        `.editor-group-container.active .tab.active[data-resource-name="${name}"]`,
      )
      .waitFor({ timeout: timeoutMs });
    await this.#editor()
      .locator(".view-line")
      .first()
      .waitFor({ timeout: timeoutMs });
  }

  /** The lines that are drawn: all of a short file. */
  async text(): Promise<string> {
    const lines = await this.#editor()
      .locator(".view-lines .view-line")
      .evaluateAll((elements) =>
        elements
          .map((element) => ({
            top: element.getBoundingClientRect().top,
            text: element.textContent,
          }))
          .sort((left, right) => left.top - right.top)
          .map((line) => line.text),
      );
    return lines.join("\n").replaceAll("\u00a0", " ");
  }

  /** Waits until the lines that are drawn are these: after an edit they are drawn a little later. */
  async waitForText(expected: string): Promise<void> {
    await until(
      `the editor to show “${expected}”`,
      async () => (await this.text()) === expected,
    );
  }

  /** Puts the cursor somewhere; lines and columns from 1. */
  async goTo(line: number, column = 1): Promise<void> {
    await this.#quickInput.open("Control+G");
    await this.#quickInput.type(`:${line}:${column}`);
    await this.#quickInput.accept();
    await until(`the cursor at ${line}:${column}`, async () => {
      const cursor = await this.cursor();
      return cursor.line === line && cursor.column === column;
    });
  }

  /** Where the cursor is, by the status bar. */
  async cursor(): Promise<{ line: number; column: number }> {
    const text = await this.#page
      .locator("#status\\.editor\\.selection")
      .innerText();
    const match = /Ln (\d+), Col (\d+)/.exec(text);
    if (match === null) throw new Error(`no cursor in “${text}”`);
    return { line: Number(match[1]), column: Number(match[2]) };
  }

  /** Gives the editor the focus and presses a key, such as `Control+Enter`. */
  async press(key: string): Promise<void> {
    await this.focus();
    await this.#page.keyboard.press(key);
  }

  /** Types at the cursor, as one paste: nothing is completed or closed by the editor. */
  async insert(text: string): Promise<void> {
    await this.focus();
    await this.#page.keyboard.insertText(text);
  }

  /** Replaces the whole text. */
  async replaceAll(text: string): Promise<void> {
    await this.press("Control+A");
    await this.#page.keyboard.insertText(text);
  }

  async focus(): Promise<void> {
    const input = this.#editor()
      .locator(".native-edit-context, textarea.inputarea")
      .first();
    await input.evaluate((element) => {
      (element as HTMLElement).focus();
    });
    await this.#page
      .locator(".editor-group-container.active .monaco-editor.focused")
      .waitFor();
  }

  /** Titles of the lenses, top to bottom, once each of these is among them. */
  async lenses(...wanted: readonly string[]): Promise<readonly string[]> {
    const lenses = this.#editor().locator(".codelens-decoration a");
    const last: { titles: readonly string[] } = { titles: [] };
    try {
      return await until("the lenses", async () => {
        last.titles = await lenses.allInnerTexts();
        const has = (title: string): boolean =>
          last.titles.some((each) => each.includes(title));
        return last.titles.length > 0 && wanted.every(has) && last.titles;
      });
    } catch (error) {
      throw new Error(
        `no lenses ${wanted.join()} among: ${last.titles.join(" | ")}`,
        { cause: error },
      );
    }
  }

  /** Clicks a lens by its title; `index` counts the lenses of that title, in the order of the lines. */
  async clickLens(title: string | RegExp, index = 0): Promise<void> {
    const lens = this.#editor()
      .locator(".codelens-decoration a")
      .filter({ hasText: title });
    await until(`the lens ${String(title)}`, async () => {
      // Lenses are drawn in any order, and anew after an edit: sort by where they are now.
      const tops = await lens.evaluateAll((elements) =>
        elements.map((element) => element.getBoundingClientRect().top),
      );
      const order = tops
        .map((top, at) => ({ top, at }))
        .sort((left, right) => left.top - right.top);
      const wanted = order[index];
      if (wanted === undefined) return false;
      await lens.nth(wanted.at).click({ timeout: 3000 });
      return true;
    });
  }

  /** How many squiggles of a severity are drawn. */
  async squiggles(severity: "error" | "warning" | "info"): Promise<number> {
    return this.#editor().locator(`.squiggly-${severity}`).count();
  }

  /** Waits for a squiggle. */
  async waitForSquiggle(
    severity: "error" | "warning" | "info",
    timeoutMs = 20_000,
  ): Promise<void> {
    await this.#editor()
      .locator(`.squiggly-${severity}`)
      .first()
      .waitFor({ state: "attached", timeout: timeoutMs });
  }

  /** Opens the quick fixes at the cursor and returns their titles; again while there are none yet. */
  async quickFixes(): Promise<readonly string[]> {
    const rows = this.#fixes();
    await until(
      "the quick fixes",
      async () => {
        await this.press("Control+.");
        await rows.first().waitFor({ timeout: 5000 });
        return true;
      },
      30_000,
    );
    return rows.locator(".title").allInnerTexts();
  }

  /** Applies one of the quick fixes that `quickFixes` showed; opens them again when they went away. */
  async applyQuickFix(title: string | RegExp): Promise<void> {
    const fix = this.#fixes().filter({ hasText: title }).first();
    await until(
      `the quick fix ${String(title)}`,
      async () => {
        if (!(await fix.isVisible())) await this.quickFixes();
        await fix.click({ timeout: 3000 });
        return true;
      },
      30_000,
    );
  }

  #fixes(): Locator {
    return this.#page.locator(".action-widget .monaco-list-row.action");
  }

  #editor(): Locator {
    return this.#page
      .locator(".editor-group-container.active .editor-instance .monaco-editor")
      .first();
  }
}
