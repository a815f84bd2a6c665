import { until } from "../../support/until";
import type { WebviewView } from "./webviewView";
import type { Workbench } from "./workbench";

/** A key is pressed again after so long: each may have opened the next list by then. */
const patienceMs = 15_000;

/** A workbench that is used without a mouse. */
export class Keyboard {
  constructor(private readonly workbench: Workbench) {}

  /** Runs a command of the palette. */
  async command(title: string): Promise<void> {
    const { quickInput } = this.workbench;
    await until(`the command ${title}`, async () => {
      await quickInput.open("F1");
      await quickInput.type(`>${title}`, 5_000);
      return this.#goTo((entry) => entry === title, 3_000).catch(async () => {
        // The palette has what was registered when it was opened.
        await quickInput.dismiss();
        return false;
      });
    });
    await quickInput.accept(patienceMs);
  }

  /** Types into a list that asks for this, and chooses the first entry that begins so. */
  async choose(asked: RegExp, entry: string): Promise<void> {
    const { quickInput } = this.workbench;
    await quickInput.waitForPrompt(asked);
    await quickInput.type(entry);
    await this.#goTo((each) => each.startsWith(entry));
    await quickInput.accept(patienceMs);
  }

  /** Presses keys, one after the other. */
  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.workbench.page.keyboard.press(key);
  }

  /** Puts the keyboard on the rows of a page of results. */
  async toRows(panel: WebviewView): Promise<void> {
    await this.command("Viaduct: Results: Focus Rows");
    const frame = await panel.frame();
    await until("the keyboard on the rows", async () =>
      frame.evaluate<boolean>(
        `document.hasFocus() && document.activeElement.closest('[role="grid"]') !== null`,
      ),
    );
  }

  /** Puts the keyboard into the file that is edited. */
  async toEditor(): Promise<void> {
    await this.press("Control+1");
    await until("the keyboard in the editor", async () =>
      this.workbench.page.evaluate<boolean>(
        "document.activeElement.closest('.editor-instance .monaco-editor') !== null",
      ),
    );
  }

  /** Goes with Tab (or backwards) to the control of a page that has this name. */
  async tabTo(panel: WebviewView, name: string, key = "Tab"): Promise<void> {
    const frame = await panel.frame();
    const seen: string[] = [];
    for (let step = 0; step < 40; step += 1) {
      const at = await frame.evaluate<string>(
        `(document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent ?? "").trim()`,
      );
      if (at === name) return;
      seen.push(at.slice(0, 40));
      await this.press(key);
    }
    throw new Error(`${key} does not come to ${name}, but: ${seen.join(", ")}`);
  }

  /** Goes to a button of the workbench's own that is in sight, such as one of a dialog, and presses it. */
  async pressButton(name: string): Promise<void> {
    const { page } = this.workbench;
    await until(`the button ${name}`, async () => {
      const at = await page.evaluate<string>(
        "document.activeElement?.textContent ?? ''",
      );
      if (at.trim() === name) return true;
      await this.press("Tab");
      return false;
    });
    await this.press("Enter");
  }

  /** Goes down the list to the first entry that is wanted; the first of all is where the keyboard is. */
  async #goTo(
    isWanted: (entry: string) => boolean,
    timeoutMs?: number,
  ): Promise<boolean> {
    const { quickInput } = this.workbench;
    const at = { index: -1 };
    await until(
      "an entry",
      async () => {
        at.index = (await quickInput.entries()).findIndex(isWanted);
        return at.index >= 0;
      },
      timeoutMs,
    );
    for (let step = 0; step < at.index; step += 1)
      await this.press("ArrowDown");
    return true;
  }
}
