import type { TabDeed, TabView } from "../../protocol/panel";
import { panelActions } from "../../protocol/panelActions";
import type {
  PanelCommandTable,
  TabCommandTable,
  TabReference,
} from "../commands/resultTable";
import type { Results } from "./results";
import { viewOf } from "./resultTab";

/** The commands about results. */
export function resultCommands(
  results: Results,
): TabCommandTable & PanelCommandTable {
  const deed =
    (name: TabDeed) =>
    async (
      reference?: TabReference,
      title?: unknown,
    ): Promise<TabView | undefined> => {
      await results.restored();
      const tab = await results.do(
        name,
        reference?.tabId,
        typeof title === "string" ? title : undefined,
      );
      return tab === undefined ? undefined : viewOf(tab);
    };
  const step = (by: number) => async (): Promise<TabView | undefined> => {
    await results.restored();
    const tab = results.tabs.step(by);
    return tab === undefined ? undefined : viewOf(tab);
  };
  const actions = panelActions.map((action) => [
    `viaduct.results.${action}`,
    () => results.act(action),
  ]);
  return {
    "viaduct.pinResult": deed("pin"),
    "viaduct.unpinResult": deed("unpin"),
    "viaduct.closeResult": deed("close"),
    "viaduct.closeOtherResults": deed("closeOthers"),
    "viaduct.renameResult": deed("rename"),
    "viaduct.rerunResult": deed("rerun"),
    "viaduct.openResultBeside": deed("openBeside"),
    "viaduct.nextResult": step(1),
    "viaduct.previousResult": step(-1),
    ...(Object.fromEntries(actions) as PanelCommandTable),
  };
}
