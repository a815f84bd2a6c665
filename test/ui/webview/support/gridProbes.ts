import assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import type { PanelPage } from "./panel";

/** The header of a column by its name. */
export const head = (grid: PanelPage, name: string): Locator =>
  grid.page.locator(".head-cell", { hasText: new RegExp(`^${name}[A-Z]`) });

/** Names of the headers in sight from left to right, as they are on the screen. */
export const names = async (grid: PanelPage): Promise<string[]> =>
  grid.page.$$eval(".head-cell", (cells) =>
    cells
      .map((cell) => ({
        left: cell.getBoundingClientRect().left,
        name: cell.querySelector(".head-name")?.textContent ?? "",
      }))
      .sort((a, b) => a.left - b.left)
      .map(({ name }) => name),
  );

/** Every row's cells are under their headers: by name, by place on the screen, and by ARIA. */
export const assertCellsUnderHeaders = async (
  grid: PanelPage,
): Promise<void> => {
  const wrong = await grid.page.evaluate(() => {
    const heads = [...document.querySelectorAll(".head-cell")].map((cell) => ({
      left: Math.round(cell.getBoundingClientRect().left),
      index: cell.getAttribute("aria-colindex"),
      column: cell.querySelector(".head-name")?.textContent.split("_")[1],
    }));
    const found: string[] = [];
    for (const cell of document.querySelectorAll(
      ".row:not([hidden]) [role=gridcell]",
    )) {
      const left = Math.round(cell.getBoundingClientRect().left);
      const index = cell.getAttribute("aria-colindex");
      const above = heads.find((each) => each.index === index);
      const text = cell.textContent;
      const column = text.split(":")[1];
      const isRight = text === "NULL" || column === above?.column;
      if (!isRight || left !== above?.left)
        found.push(`${text} at ${left} under ${JSON.stringify(above)}`);
    }
    return found;
  });
  assert.deepEqual(wrong, []);
};
