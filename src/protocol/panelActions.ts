/**
 * What the results page can be told to do by a command: each is the command `viaduct.results.<action>` of the palette
 * (in `package.json` and `package.nls.json`), and a handler that a part of the page registers with `PageActions`.
 */
export const panelActions = [
  "focusTabs",
  "focusRows",
  "nextStatement",
  "previousStatement",
  "toggleMessages",
  "toggleSent",
  "find",
  "findNext",
  "findPrevious",
  "filterColumn",
  "filterByCondition",
  "columnStatistics",
  "openCell",
  "chart",
  "clearFilters",
  "jumpToRow",
  "columnMenu",
  "sortAscending",
  "sortDescending",
  "clearSort",
  "hideColumn",
  "showAllColumns",
  "freezeColumns",
  "unfreezeColumns",
  "fitColumn",
  "scrollTogether",
  "showDifferences",
  "compareByKey",
  "nextDifference",
  "previousDifference",
] as const;

/** Name of an action of the results page. */
export type PanelAction = (typeof panelActions)[number];
