import type { Locator, Page } from "playwright-core";
import { until } from "../../support/until";

/** What is not there by then is tried again from the start. */
const soon = { timeout: 3000 } as const;

/** The side bar, with the trees of the view container that the activity bar shows. */
export class SideBar {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Shows a view container by its title on the activity bar. */
  async open(title: string): Promise<void> {
    const tab = this.#page
      .locator(".part.activitybar")
      .getByRole("tab", { name: title });
    const shown = this.#page
      .locator(".part.sidebar .composite.title")
      .getByText(title, { exact: false })
      .first();
    await until(`the side bar's ${title}`, async () => {
      if ((await tab.getAttribute("aria-selected", soon)) !== "true")
        await tab.click(soon);
      await shown.waitFor(soon);
      return true;
    });
  }

  /** A button of a welcome view, by its text. */
  welcomeButton(text: string | RegExp): Locator {
    return this.#page
      .locator(".part.sidebar .welcome-view-content")
      .getByRole("button", { name: text });
  }

  /** Waits for a row that is drawn with this text: what stands behind a name comes later than the name. */
  async drawn(text: string | RegExp): Promise<string> {
    const isWanted = (row: string): boolean =>
      typeof text === "string" ? row === text : text.test(row);
    const last: { rows: readonly string[] } = { rows: [] };
    try {
      return await until(`the row “${String(text)}”`, async () => {
        last.rows = await this.rows();
        return last.rows.find(isWanted);
      });
    } catch (error) {
      throw new Error(`no “${String(text)}” among: ${last.rows.join(" | ")}`, {
        cause: error,
      });
    }
  }

  /** Text of the rows, with their descriptions, as they are drawn. */
  async rows(): Promise<readonly string[]> {
    return this.#rows().evaluateAll((rows) =>
      rows.map((row) =>
        [".label-name", ".label-description"]
          .map((part) => row.querySelector(part)?.textContent.trim() ?? "")
          .join(" ")
          .trim(),
      ),
    );
  }

  /** Waits for a row whose label is exactly this, or matches; `level` is its depth, from 1. */
  async row(label: string | RegExp, level?: number): Promise<Locator> {
    return until(`the row ${String(label)} in the side bar`, async () => {
      for (const row of await this.#rows().all()) {
        const name = (
          await row.locator(".label-name").first().innerText({ timeout: 1000 })
        ).trim();
        const isWanted =
          typeof label === "string" ? name === label : label.test(name);
        const depth = Number(
          await row.getAttribute("aria-level", { timeout: 1000 }),
        );
        if (isWanted && (level === undefined || depth === level))
          return this.#stable(row);
      }
      return null;
    });
  }

  /** Opens a row, if it is closed, and waits until it shows that it is open. */
  async expand(label: string | RegExp, level?: number): Promise<void> {
    const row = await this.#turn(label, level, "true");
    // The twistie turns while the children are asked for.
    await row
      .locator(".monaco-tl-twistie.codicon-tree-item-loading")
      .waitFor({ state: "detached" });
  }

  /** Closes a row, so that what is below it is not found any more. */
  async collapse(label: string | RegExp, level?: number): Promise<void> {
    await this.#turn(label, level, "false");
  }

  /** Clicks a row's twistie until it shows this: a row that is drawn anew under the mouse loses the click. */
  async #turn(
    label: string | RegExp,
    level: number | undefined,
    expanded: "true" | "false",
  ): Promise<Locator> {
    const is = async (row: Locator): Promise<boolean> =>
      (await row.getAttribute("aria-expanded", soon)) === expanded;
    return until(
      `${String(label)} to be ${expanded === "true" ? "open" : "closed"}`,
      async () => {
        const row = await this.row(label, level);
        if (await is(row)) return row;
        await row.locator(".monaco-tl-twistie").click(soon);
        return until("it", async () => (await is(row)) && row, 5000);
      },
      30_000,
    );
  }

  /** What a row's tooltip says, once that fits: it is drawn when what it tells may still be on its way. */
  async tooltip(label: string | RegExp, fits = /./): Promise<string> {
    const hover = this.#page
      .locator(".monaco-hover:visible, .workbench-hover:visible")
      .first();
    return until(
      `the tooltip of ${String(label)}`,
      async () => {
        // That of another row goes first, and a row that is drawn anew loses its own.
        await this.#page.mouse.move(700, 4);
        await hover.waitFor({ state: "hidden" });
        await (await this.row(label)).hover(soon);
        const text = await hover.innerText(soon);
        if (!fits.test(text)) throw new Error(`it says “${text}”`);
        return text;
      },
      30_000,
    );
  }

  /** Clicks an inline action of a row, by its title. */
  async inlineAction(label: string | RegExp, action: string): Promise<void> {
    await until(`${action} of ${String(label)}`, async () => {
      const row = await this.row(label);
      await row.hover(soon);
      await row.getByRole("button", { name: action }).click(soon);
      return true;
    });
  }

  /** Chooses from a row's context menu; again when the menu goes away, as it does when the tree is drawn anew. */
  async contextAction(label: string | RegExp, action: string): Promise<void> {
    const menu = this.#page.locator(".monaco-menu");
    const item = menu.getByRole("menuitem", { name: action });
    await until(
      `${action} in the menu of ${String(label)}`,
      async () => {
        if (await menu.first().isVisible())
          await this.#page.keyboard.press("Escape");
        await (await this.row(label)).click({ button: "right", ...soon });
        await item.hover(soon);
        await item.click(soon);
        await menu.first().waitFor({ state: "hidden" });
        return true;
      },
      45_000,
    );
  }

  #rows(): Locator {
    return this.#page.locator(
      '.part.sidebar .monaco-list-row[role="treeitem"]',
    );
  }

  /** A row by its place in the tree, not by its place on the screen: rows move when others open. */
  async #stable(row: Locator): Promise<Locator> {
    const id = await row.getAttribute("id", { timeout: 1000 });
    if (id === null) return row;
    return this.#page.locator(`.part.sidebar [id="${id}"]`);
  }
}
