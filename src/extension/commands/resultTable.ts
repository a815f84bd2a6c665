import type { TabView } from "../../protocol/panel";
import { panelActions, type PanelAction } from "../../protocol/panelActions";

/** A tab that a command is about: what the page's menu knows of the place that was clicked; else the one in use. */
export interface TabReference {
  readonly tabId?: string;
}

/** A command about a tab of results: answers the tab as it is then, or was last. */
type TabCommand = (tab?: TabReference) => Promise<TabView | undefined>;

/** Commands about the tabs of results. */
export interface TabCommandTable {
  "viaduct.pinResult": TabCommand;
  "viaduct.unpinResult": TabCommand;
  "viaduct.closeResult": TabCommand;
  "viaduct.closeOtherResults": TabCommand;
  /** Asks for a name when none is given. */
  "viaduct.renameResult": (
    tab?: TabReference,
    title?: string,
  ) => Promise<TabView | undefined>;
  "viaduct.rerunResult": TabCommand;
  "viaduct.openResultBeside": TabCommand;
  "viaduct.nextResult": TabCommand;
  "viaduct.previousResult": TabCommand;
}

/** Commands that the page of results carries out; they answer whether there was a page. */
export type PanelCommandTable = {
  readonly [A in PanelAction as `viaduct.results.${A}`]: () => Promise<boolean>;
};

/** Ids of both, for the check of the manifest against the table. */
export const resultCommandIds: readonly (
  keyof TabCommandTable | keyof PanelCommandTable
)[] = [
  ...(Object.keys({
    "viaduct.pinResult": true,
    "viaduct.unpinResult": true,
    "viaduct.closeResult": true,
    "viaduct.closeOtherResults": true,
    "viaduct.renameResult": true,
    "viaduct.rerunResult": true,
    "viaduct.openResultBeside": true,
    "viaduct.nextResult": true,
    "viaduct.previousResult": true,
  } satisfies Record<
    keyof TabCommandTable,
    true
  >) as (keyof TabCommandTable)[]),
  ...panelActions.map((action) => `viaduct.results.${action}` as const),
];
