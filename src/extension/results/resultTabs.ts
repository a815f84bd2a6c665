import type { RunView } from "../../protocol/panel";
import { Emitter } from "../lifetime/emitter";
import {
  isLive,
  keyOf,
  resultIdsOf,
  titleOf,
  type ResultTab,
  type TabInput,
} from "./resultTab";

/** What the list of tabs needs. */
export interface ResultTabsParts {
  /** How many tabs that are not pinned are kept. */
  readonly kept: () => number;
  readonly newId: () => string;
  /** These rows will not be asked for again. */
  readonly release: (resultIds: readonly string[]) => void;
}

/** The tabs of results of this window: which there are, which one is shown, and when one makes room for another. */
export class ResultTabs {
  private readonly tabs = new Map<string, ResultTab>();
  private readonly changed = new Emitter<void>();
  private readonly runEnded = new Emitter<ResultTab>();
  private readonly closed = new Emitter<ResultTab>();
  private activeId: string | null = null;
  private clock = 0;

  constructor(private readonly parts: ResultTabsParts) {}

  /** The zone in which times with a zone are shown; null for that of each run. */
  get timeZone(): string | null {
    return this.zone;
  }

  /** Shows times in another zone, in every result. */
  showTimesIn(zone: string | null): void {
    this.zone = zone;
    this.changed.fire();
  }

  /** Anything about the tabs changed. */
  readonly onChanged = this.changed.event;
  private zone: string | null = null;
  /** The run of a tab has come to its end. */
  readonly onRunEnded = this.runEnded.event;
  /** A tab is there no more. */
  readonly onClosed = this.closed.event;

  /** The tabs of the panel, in their order. */
  get listed(): readonly ResultTab[] {
    return [...this.tabs.values()].filter(({ listed }) => listed);
  }

  /** Every tab, those that are only beside among them. */
  get all(): readonly ResultTab[] {
    return [...this.tabs.values()];
  }

  /** The tab that the panel shows. */
  get active(): ResultTab | undefined {
    return this.activeId === null ? undefined : this.tabs.get(this.activeId);
  }

  get(tabId: string): ResultTab | undefined {
    return this.tabs.get(tabId);
  }

  /** The tab that shows a run. */
  ofRun(runId: string): ResultTab | undefined {
    return this.all.find(({ run }) => run.runId === runId);
  }

  /** The tab whose rows can be read under this name. */
  ofResult(resultId: string): ResultTab | undefined {
    return this.all.find(
      ({ rows, run }) => rows === "here" && resultIdsOf(run).includes(resultId),
    );
  }

  /** A run begins: in the tab `into`, in that of the same document and target, or in a new one. It is shown. */
  open(run: RunView, input: TabInput, into: string | null): ResultTab {
    const key = keyOf(input);
    const before = this.placeFor(key, into);
    if (before?.rows === "here") this.parts.release(resultIdsOf(before.run));
    const tab: ResultTab = {
      tabId: before?.tabId ?? this.parts.newId(),
      key: before?.key ?? key,
      title: before?.title ?? titleOf(input.source),
      run,
      input,
      pinned: before?.pinned ?? false,
      rows: "here",
      problem: null,
      listed: before?.listed ?? true,
      beside: before?.beside ?? 0,
      shownAt: this.tick(),
    };
    this.tabs.set(tab.tabId, tab);
    if (tab.listed) this.activeId = tab.tabId;
    this.makeRoom();
    this.changed.fire();
    return tab;
  }

  /** A tab of an earlier window, at the end of the list; it is shown when nothing else is. */
  restore(tab: ResultTab): void {
    if (this.tabs.has(tab.tabId)) return;
    this.tabs.set(tab.tabId, tab);
    this.activeId ??= tab.tabId;
    this.changed.fire();
  }

  /** The run of a tab has come further. Rows of a run whose tab was closed meanwhile are let go of at its end. */
  update(run: RunView): void {
    const tab = this.ofRun(run.runId);
    if (tab === undefined) {
      if (!isLive({ run })) this.parts.release(resultIdsOf(run));
      return;
    }
    const ended = isLive(tab) && !isLive({ run });
    this.change(tab.tabId, { run });
    const now = this.tabs.get(tab.tabId);
    if (ended && now !== undefined) this.runEnded.fire(now);
  }

  /** Changes what is given about a tab. */
  change(
    tabId: string,
    changes: Partial<
      Pick<ResultTab, "title" | "run" | "pinned" | "rows" | "problem">
    >,
  ): void {
    const tab = this.tabs.get(tabId);
    if (tab === undefined) return;
    this.tabs.set(tabId, { ...tab, ...changes });
    this.changed.fire();
  }

  /** The user chose a tab of the panel. */
  show(tabId: string): void {
    const tab = this.tabs.get(tabId);
    if (tab?.listed !== true) return;
    this.tabs.set(tabId, { ...tab, shownAt: this.tick() });
    this.activeId = tabId;
    this.changed.fire();
  }

  /** Shows the tab that is `step` further in the list, around its ends. */
  step(step: number): ResultTab | undefined {
    const listed = this.listed;
    const at = listed.findIndex(({ tabId }) => tabId === this.activeId);
    const next = listed[(at + step + listed.length) % listed.length];
    if (next !== undefined) this.show(next.tabId);
    return next;
  }

  /** Takes a tab out of the panel's list; it lives on in editors that show it beside. */
  close(tabId: string): void {
    const tab = this.tabs.get(tabId);
    if (tab?.listed !== true) return;
    const listed = this.listed;
    const at = listed.indexOf(tab);
    if (this.activeId === tabId) {
      this.activeId = (listed[at + 1] ?? listed[at - 1])?.tabId ?? null;
    }
    this.tabs.set(tabId, { ...tab, listed: false });
    this.sweep(tabId);
    this.changed.fire();
  }

  /** Closes all tabs of the panel but one. Pinned ones stay. */
  closeOthers(tabId: string): void {
    for (const other of this.listed) {
      if (other.tabId !== tabId && !other.pinned) this.close(other.tabId);
    }
  }

  /** An editor shows a tab beside. */
  openBeside(tabId: string): void {
    const tab = this.tabs.get(tabId);
    if (tab === undefined) return;
    this.tabs.set(tabId, { ...tab, beside: tab.beside + 1 });
  }

  /** An editor that showed a tab beside was closed. */
  closeBeside(tabId: string): void {
    const tab = this.tabs.get(tabId);
    if (tab === undefined) return;
    this.tabs.set(tabId, { ...tab, beside: Math.max(0, tab.beside - 1) });
    this.sweep(tabId);
    this.makeRoom();
    this.changed.fire();
  }

  /** The engine that had the rows has ended; `isSaved` says which tabs have theirs in files. */
  rowsLost(isSaved: (tab: ResultTab) => boolean): void {
    for (const tab of this.tabs.values()) {
      if (tab.rows !== "here" || resultIdsOf(tab.run).length === 0) continue;
      const rows = isSaved(tab) ? "saved" : "gone";
      this.tabs.set(tab.tabId, { ...tab, rows });
    }
    this.changed.fire();
  }

  dispose(): void {
    for (const emitter of [this.changed, this.runEnded, this.closed]) {
      emitter.dispose();
    }
  }

  /** What stands beside stays as it is, to be compared with what comes. */
  private placeFor(key: string, into: string | null): ResultTab | undefined {
    if (into !== null) return this.tabs.get(into);
    return this.listed.findLast(
      (tab) => tab.key === key && !tab.pinned && tab.beside === 0,
    );
  }

  private makeRoom(): void {
    const loose = this.listed
      .filter((tab) => !tab.pinned && tab.beside === 0 && !isLive(tab))
      .filter(({ tabId }) => tabId !== this.activeId)
      .sort((a, b) => a.shownAt - b.shownAt);
    const others = this.listed.filter(({ pinned }) => !pinned).length;
    const tooMany = others - Math.max(1, this.parts.kept());
    for (const tab of loose.slice(0, Math.max(0, tooMany))) {
      this.close(tab.tabId);
    }
  }

  /** Forgets a tab that nothing shows any more. */
  private sweep(tabId: string): void {
    const tab = this.tabs.get(tabId);
    if (tab === undefined || tab.listed || tab.beside > 0) return;
    this.tabs.delete(tabId);
    if (tab.rows === "here" && !isLive(tab)) {
      this.parts.release(resultIdsOf(tab.run));
    }
    this.closed.fire(tab);
  }

  private tick(): number {
    this.clock += 1;
    return this.clock;
  }
}
