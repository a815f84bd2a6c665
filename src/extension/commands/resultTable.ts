import type { ExactWay } from "../../protocol/engine";
import type { TabView } from "../../protocol/panel";
import { panelActions, type PanelAction } from "../../protocol/panelActions";
import type {
  CellArea,
  CopyFormat,
  ExportFormat,
  ExportOutcome,
  TableTarget,
} from "../../protocol/results";

/** A tab that a command is about: what the page's menu knows of the place that was clicked; else the one in use. */
export interface TabReference {
  readonly tabId?: string;
}

/** Which cells a command is about: what the page's menu knows of the selection; else the whole of the shown result. */
export interface ResultCommandArguments {
  readonly area?: CellArea | null;
}

/** What `viaduct.exportResult` may be told, so that it need not ask. */
export interface ExportArguments extends ResultCommandArguments {
  readonly format?: ExportFormat;
  /** Absolute path. */
  readonly file?: string;
}

/** What `viaduct.saveResultAsTable` may be told, so that it need not ask. */
export interface TableArguments extends ResultCommandArguments {
  readonly target?: TableTarget;
}

/** What `viaduct.copyResultAs` may be told, so that it need not ask. */
export interface CopyArguments extends ResultCommandArguments {
  readonly format?: CopyFormat;
  readonly headers?: boolean;
}

/** What `viaduct.showExactValues` may be told, so that it need not ask. */
export interface ExactArguments {
  readonly resultId?: string;
  readonly kind?: ExactWay["kind"];
}

/** Commands about the rows of a result; undefined when the user did not want to in the end. */
export interface RowsCommandTable {
  "viaduct.exportResult": (
    wish?: ExportArguments,
  ) => Promise<ExportOutcome | undefined>;
  "viaduct.saveResultAsTable": (
    wish?: TableArguments,
  ) => Promise<{ readonly rows: number } | undefined>;
  "viaduct.copyResultAs": (
    wish?: CopyArguments,
  ) => Promise<{ readonly rows: number } | undefined>;
  /** Answers the way that was chosen. */
  "viaduct.showExactValues": (
    wish?: ExactArguments,
  ) => Promise<ExactWay | undefined>;
  /** Answers the zone; null for that of each run. */
  "viaduct.showTimesIn": (
    timeZone?: string | null,
  ) => Promise<string | null | undefined>;
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

/** Every command about results. */
export interface ResultCommandTable
  extends TabCommandTable, PanelCommandTable, RowsCommandTable {}

/** Ids of all, for the check of the manifest against the table. */
export const resultCommandIds: readonly (keyof ResultCommandTable)[] = [
  ...(Object.keys({
    "viaduct.exportResult": true,
    "viaduct.saveResultAsTable": true,
    "viaduct.copyResultAs": true,
    "viaduct.showExactValues": true,
    "viaduct.showTimesIn": true,
  } satisfies Record<
    keyof RowsCommandTable,
    true
  >) as (keyof RowsCommandTable)[]),
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
