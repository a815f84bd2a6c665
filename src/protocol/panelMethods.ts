import type { ResultRequests } from "./results";

/** Requests that the panel's page may make through the host. */
export const panelMethods = [
  "openView",
  "closeViews",
  "cellText",
  "cellBytes",
  "find",
  "findNext",
  "findIn",
  "closeFind",
  "differencesIn",
  "columnStatistics",
  "distinctValues",
  "aggregate",
  "chartData",
  "cancelTask",
] as const satisfies readonly (keyof ResultRequests)[];

/** Name of one of them. */
export type PanelMethod = (typeof panelMethods)[number];
