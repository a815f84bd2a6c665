import type { TabView } from "../../protocol/panel";
import type { PanelPort } from "../port";
import type { Drawer, TabState, ViewState } from "../viewState";
import {
  freshTab,
  memoryOf,
  readMemory,
  readViewState,
  storable,
} from "../viewState";

/** States that are kept of tabs which are not there. */
const maxOthers = 30;

/** What the page remembers of its tabs, in this and later lives. */
export class TabStates {
  #state: ViewState;
  /** What the host has of each tab. */
  readonly #told = new Map<string, string>();

  constructor(private readonly port: PanelPort) {
    this.#state = readViewState(port.loadState());
  }

  get drawer(): Drawer | null {
    return this.#state.drawer;
  }

  set drawer(drawer: Drawer | null) {
    this.#store({ ...this.#state, drawer });
  }

  /** The state of a tab: a fresh one when another run is in it, but for the looks of its results. */
  of({ tabId, startedAt }: TabView): TabState {
    const state = this.#state.tabs[tabId];
    return state?.startedAt === startedAt
      ? state
      : freshTab(startedAt, state?.looks);
  }

  /** Remembers changes of a tab. */
  change(tab: TabView, changes: Partial<TabState>): void {
    const changed = { ...this.of(tab), ...changes };
    this.#store(this.#with(tab.tabId, changed));
    this.#tell(tab, memoryOf(changed));
  }

  /** Takes what the host has of tabs: an earlier window told it, or an earlier life of the page. */
  recall(memories: Readonly<Record<string, string>>): void {
    for (const [tabId, memory] of Object.entries(memories)) {
      this.#told.set(tabId, memory);
      const found = readMemory(memory);
      const own = this.#state.tabs[tabId];
      if (found === null) continue;
      const isSameRun = own?.startedAt === found.startedAt;
      const { places } = isSameRun ? own : found;
      this.#store(this.#with(tabId, { ...found, places }));
    }
  }

  /** Says which tabs there are: a page beside others remembers which one it is about. */
  note(tabs: readonly TabView[], alone: boolean): void {
    const ids = new Set(tabs.map(({ tabId }) => tabId));
    // Pinned tabs of the window before come a little later than the page: what is not there now is not forgotten at once.
    const others = Object.keys(this.#state.tabs).filter((id) => !ids.has(id));
    const forgotten = new Set(others.slice(0, -maxOthers));
    const kept = Object.entries(this.#state.tabs).filter(
      ([id]) => !forgotten.has(id),
    );
    this.#store({
      ...this.#state,
      alone: alone ? (tabs[0]?.tabId ?? this.#state.alone) : null,
      tabs: Object.fromEntries(kept),
    });
  }

  #with(tabId: string, state: TabState): ViewState {
    return { ...this.#state, tabs: { ...this.#state.tabs, [tabId]: state } };
  }

  /** An editor's page tells nothing: its tab looks in the panel as the panel has it. */
  #tell({ tabId, startedAt }: TabView, memory: string): void {
    const known = this.#told.get(tabId) ?? memoryOf(freshTab(startedAt));
    if (memory === known || this.#state.alone !== null) return;
    this.#told.set(tabId, memory);
    this.port.post({ type: "remember", tabId, memory });
  }

  #store(state: ViewState): void {
    if (JSON.stringify(state) === JSON.stringify(this.#state)) return;
    this.#state = state;
    this.port.saveState(storable(state));
  }
}
