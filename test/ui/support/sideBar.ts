import type { Locator, Page } from "playwright-core";
import { until } from "../../support/until";

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
    await tab.waitFor();
    if ((await tab.getAttribute("aria-selected")) !== "true") await tab.click();
    await this.#page
      .locator(".part.sidebar .composite.title")
      .getByText(title, { exact: false })
      .first()
      .waitFor();
  }

  /** A button of a welcome view, by its text. */
  welcomeButton(text: string | RegExp): Locator {
    return this.#page
      .locator(".part.sidebar .welcome-view-content")
      .getByRole("button", { name: text });
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
    const row = await this.row(label, level);
    if ((await row.getAttribute("aria-expanded")) !== "true")
      await row.locator(".monaco-tl-twistie").click();
    await until(
      `${String(label)} to open`,
      async () => (await row.getAttribute("aria-expanded")) === "true",
    );
    // The twistie turns while the children are asked for.
    await row
      .locator(".monaco-tl-twistie.codicon-tree-item-loading")
      .waitFor({ state: "detached" });
  }

  /** Closes a row, so that what is below it is not found any more. */
  async collapse(label: string | RegExp, level?: number): Promise<void> {
    const row = await this.row(label, level);
    await row.locator(".monaco-tl-twistie").click();
    await until(
      `${String(label)} to close`,
      async () => (await row.getAttribute("aria-expanded")) === "false",
    );
  }

  /** What a row's tooltip says. */
  async tooltip(label: string | RegExp): Promise<string> {
    const hover = this.#page
      .locator(".monaco-hover:visible, .workbench-hover:visible")
      .first();
    return until(`the tooltip of ${String(label)}`, async () => {
      // That of another row goes first, and a row that is drawn anew loses its own.
      await this.#page.mouse.move(700, 4);
      await hover.waitFor({ state: "hidden" });
      await (await this.row(label)).hover();
      return hover.innerText({ timeout: 3000 }).catch(() => undefined);
    });
  }

  /** Clicks an inline action of a row, by its title. */
  async inlineAction(label: string | RegExp, action: string): Promise<void> {
    const row = await this.row(label);
    await row.hover();
    await row.getByRole("button", { name: action }).click();
  }

  /** Chooses from a row's context menu. */
  async contextAction(label: string | RegExp, action: string): Promise<void> {
    await (await this.row(label)).click({ button: "right" });
    const item = this.#page
      .locator(".monaco-menu")
      .getByRole("menuitem", { name: action });
    await item.waitFor();
    await item.hover();
    await item.click();
  }

  /** Clicks an action in the title of a view (`Viaduct: Connections`), by its tooltip. */
  async viewAction(action: string): Promise<void> {
    const header = this.#page.locator(
      ".part.sidebar .pane-header, .part.sidebar .composite.title",
    );
    await header.first().hover();
    await header.getByRole("button", { name: action }).first().click();
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
