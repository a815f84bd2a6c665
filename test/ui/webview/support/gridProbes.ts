import assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import type { PanelPage } from "./panel";

declare global {
  interface Window {
    /** Movements since a fast scroll began. */
    scrollEvents: number;
  }
}

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

/** What was seen in the frames of a scroll over synthetic rows. */
interface ScrollSeen {
  /** Cells and numbers of another row than the one in whose place they are. */
  readonly wrong: readonly string[];
  /** Rows that were in sight without their cells. */
  readonly announced: number;
  /** Rows that were in sight with their cells. */
  readonly drawn: number;
  /** Movements in all. */
  readonly events: number;
}

/** Moves the rows by so many pixels in each of some frames, or in every other one, and looks at all that is in sight. */
export const fastScroll = (
  grid: PanelPage,
  pixels: number,
  frames: number,
  everyOther = false,
): Promise<ScrollSeen> =>
  grid.page.evaluate(
    async ({ by, count, pauses }) => {
      const scroller = document.querySelector<HTMLElement>(".scroller");
      if (scroller === null) throw new Error("no grid");
      window.scrollEvents = 0;
      scroller.onscroll = () => (window.scrollEvents += 1);
      const wrong: string[] = [];
      let announced = 0;
      let drawn = 0;
      const topOf = (element: Element): number =>
        Math.round(element.getBoundingClientRect().top);
      const look = (): void => {
        const rows = [
          ...document.querySelectorAll(".body-clip .row:not([hidden])"),
        ];
        const numbers = new Map(
          [...document.querySelectorAll(".gutter-cell:not([hidden])")].map(
            (each) => [topOf(each), Number(each.textContent)],
          ),
        );
        for (const row of rows) {
          const index = Number(row.getAttribute("aria-rowindex")) - 2;
          const number = numbers.get(topOf(row));
          if (number !== index + 1) wrong.push(`${index} beside ${number}`);
          const busy = row.hasAttribute("aria-busy");
          const cells = [...row.querySelectorAll("[role=gridcell]")];
          if (busy) announced += 1;
          else drawn += 1;
          if (!busy && cells.length === 0) wrong.push(`${index} is empty`);
          for (const cell of cells) {
            const column = Number(cell.getAttribute("aria-colindex")) - 1;
            const isNull = (index * 31 + column) % 97 === 0;
            const due = isNull ? "NULL" : `${index}:${column}`;
            const text = cell.textContent;
            if (text !== (busy ? "" : due)) wrong.push(`${due}: ${text}`);
          }
        }
        if (rows.length !== numbers.size) wrong.push("rows without a number");
        const active = scroller.getAttribute("aria-activedescendant");
        if (active !== null && document.getElementById(active) === null)
          wrong.push(`no ${active}`);
      };
      for (let frame = 0; frame < count; frame += 1) {
        scroller.scrollTop += by;
        await new Promise(requestAnimationFrame);
        look();
        if (pauses) await new Promise(requestAnimationFrame);
      }
      return { wrong, announced, drawn, events: window.scrollEvents };
    },
    { by: pixels, count: frames, pauses: everyOther },
  );
