import type { PanelAction } from "../../../../src/protocol/panelActions";
import type { PanelPage } from "./panel";

const png =
  "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGP4z8AARAwQCgAf7gP9i18U1AAAAABJRU5ErkJggg==";
const json = `{"id": 9007199254740993, "tags": ["a", "b"], "open": true, "nested": {"deep": {"deeper": null}}}`;

/** Results that the parts are about, as statements of one run. */
export const partStatements = [
  `SELECT i AS id, ['Nordic', 'Iberia', 'Alps'][1 + i % 3] AS region,
    CASE WHEN i % 11 = 0 THEN NULL ELSE (1 + i * 37 % 900)::DECIMAL(9,2) / 4 END AS price,
    TIMESTAMPTZ '2026-01-01 08:00:00+00' + (i % 90) * INTERVAL 1 DAY AS sold_at
    FROM range(20000) t(i)`,
  `SELECT NULL AS nothing, '${json}' AS document, from_base64('${png}') AS picture,
    '\\x00\\xFFabc\\x1B[31m'::BLOB AS bytes, repeat('A long line of words. ', 30) AS words
    UNION ALL SELECT NULL, replace('${json}', '"a"', '"c"'), NULL, ''::BLOB, 'short'`,
  "SELECT 1 AS only_column WHERE false",
] as const;

/** A state of a part of the page. */
export interface PartState {
  /** Which of the statements it is about; the first when not said. */
  readonly of?: number;
  readonly open: (panel: PanelPage) => Promise<void>;
}

function act(panel: PanelPage, action: PanelAction): Promise<void> {
  return panel.send({ type: "do", action });
}

/** Puts the keyboard on a cell of the first row, by its column. */
async function onCell(panel: PanelPage, column: number): Promise<void> {
  const { keyboard } = panel.page;
  await panel.page.focus(".scroller");
  await keyboard.press("ArrowDown");
  await keyboard.press("Control+Home");
  for (let at = 0; at < column; at += 1) await keyboard.press("ArrowRight");
}

function find(
  text: string,
  said: RegExp,
  isRegex = false,
): (panel: PanelPage) => Promise<void> {
  return async (panel) => {
    await act(panel, "find");
    if (isRegex)
      await panel.page
        .getByRole("button", { name: "Regular expression" })
        .click();
    await panel.page.getByLabel("Find in all rows").fill(text);
    await panel.page.locator(".find-state").getByText(said).waitFor();
  };
}

async function condition(panel: PanelPage, sql: string): Promise<void> {
  await act(panel, "filterByCondition");
  await panel.page.keyboard.type(sql);
  await panel.page.keyboard.press("Enter");
}

function statistics(column: number): (panel: PanelPage) => Promise<void> {
  return async (panel) => {
    await onCell(panel, column);
    await act(panel, "columnStatistics");
    await panel.page.getByText("Over 20,000 rows").waitFor();
  };
}

function cell(column: number, said: RegExp): PartState {
  return {
    of: 1,
    open: async (panel) => {
      await onCell(panel, column);
      await act(panel, "openCell");
      await panel.page.locator(".cell-facts").getByText(said).waitFor();
    },
  };
}

async function chart(panel: PanelPage): Promise<void> {
  await act(panel, "chart");
  await panel.page.locator(".chart-area canvas").waitFor();
}

/** Every part that can stand around the rows, in each state that looks different. */
export const partStates: Readonly<Record<string, PartState>> = {
  "find-matches": { open: find("Alps", /1 of 6,666 matches/) },
  "find-none": { open: find("nowhere", /No matches/) },
  "find-wrong": { open: find("(", /parenthes|missing/i, true) },
  "filter-box": {
    open: async (panel) => {
      await onCell(panel, 1);
      await act(panel, "filterColumn");
      await panel.page.getByText("3 different values").waitFor();
      await panel.page.locator(".value-item input").first().click();
    },
  },
  "filter-passing": {
    open: async (panel) => {
      await condition(panel, "price > 100 AND region <> 'Alps'");
      await panel.page.getByText(/of 20,000 rows pass/).waitFor();
      await act(panel, "filterByCondition");
    },
  },
  "filter-all-hidden": {
    open: async (panel) => {
      await condition(panel, "id < 0");
      await panel.page.getByText(/^0 of 20,000 rows pass/).waitFor();
    },
  },
  "filter-wrong": {
    open: async (panel) => {
      await condition(panel, "nosuch = 1");
      await panel.page.getByText(/The rows are as they were/).waitFor();
    },
  },
  "statistics-numbers": { open: statistics(2) },
  "statistics-texts": { open: statistics(1) },
  "statistics-times": { open: statistics(3) },
  "cell-json": cell(1, /characters/),
  "cell-text": cell(4, /characters/),
  "cell-picture": cell(2, /bytes/),
  "cell-bytes": cell(3, /bytes/),
  "cell-null": cell(0, /NULL/),
  "cell-difference": {
    of: 1,
    open: async (panel) => {
      await cell(1, /characters/).open(panel);
      await panel.page.getByRole("button", { name: /^Compare/ }).click();
      await panel.page.locator(".scroller").focus();
      await panel.page.keyboard.press("ArrowDown");
      await panel.page.locator(".cell-diff ins").waitFor();
    },
  },
  "chart-lines": { open: chart },
  "chart-bars": {
    open: async (panel) => {
      await onCell(panel, 1);
      await chart(panel);
      await panel.page
        .getByRole("combobox", { name: "Chart" })
        .selectOption("bar");
      await panel.page
        .getByLabel("X axis", { exact: true })
        .selectOption({ label: "region" });
      await panel.page
        .getByLabel("Series", { exact: true })
        .selectOption({ label: "None" });
      await panel.page.getByRole("img", { name: /^bar chart/i }).waitFor();
    },
  },
  "chart-settings": {
    open: async (panel) => {
      await chart(panel);
      await panel.page.locator(".chart-columns summary").click();
    },
  },
  "chart-empty": {
    of: 2,
    open: async (panel) => {
      await act(panel, "chart");
      await panel.page.getByText("There is nothing to draw").waitFor();
    },
  },
  "column-menu": {
    open: async (panel) => {
      await onCell(panel, 1);
      await act(panel, "columnMenu");
      await panel.page.getByRole("menu").waitFor();
    },
  },
  "jump-wrong": {
    open: async (panel) => {
      await act(panel, "jumpToRow");
      // The command is on its way: what is typed before would go to the grid.
      await panel.page.locator(".jump-input:focus").waitFor();
      await panel.page.keyboard.type("no row");
      await panel.page.keyboard.press("Enter");
      await panel.page.locator(".jump-error").waitFor();
    },
  },
  "sorted-hidden": {
    open: async (panel) => {
      await onCell(panel, 1);
      await act(panel, "sortDescending");
      await panel.page.getByText("Sorted by region ↓.").waitFor();
      await act(panel, "hideColumn");
      await panel.page.getByText("1 column hidden.").waitFor();
    },
  },
  selection: {
    open: async (panel) => {
      await onCell(panel, 2);
      await panel.page.keyboard.press("Control+A");
      await panel.page.locator(".selection-summary").getByText(/sum/).waitFor();
    },
  },
};
