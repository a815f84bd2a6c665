import type * as vscode from "vscode";
import { toErrorInfo } from "../../core/errors/viaductError";
import type {
  HostToPanel,
  PageRows,
  PanelToHost,
  RunView,
  TabDeed,
  TabsView,
} from "../../protocol/panel";
import type { PanelAction } from "../../protocol/panelActions";
import {
  carryOut,
  executeCommand,
  showError,
} from "../commands/registerCommands";
import type { EngineSession } from "../engine/engineSession";
import { DisposableStore, type Disposable } from "../lifetime/disposableStore";
import type { RunActions } from "../run/runActions";
import { copyCells } from "./copyCells";
import { answerCall, answerPage } from "./panelCalls";
import { viewOf, type ResultTab } from "./resultTab";
import type { Comparing } from "./comparing";
import type { ComparedPage } from "./pageComparison";
import type { ResultTabs } from "./resultTabs";
import { savePicture } from "./savePicture";
import { MemoriesTold, type TabMemories } from "./tabMemories";

/** What a page of results needs besides its webview. */
export interface ResultsLinkParts {
  readonly session: EngineSession;
  readonly tabs: ResultTabs;
  readonly comparing: Comparing;
  /** Carries out the actions of an error that are about its run. */
  readonly actions: RunActions;
  /** Does what the user wants with a tab. */
  readonly deed: (tabId: string, deed: TabDeed) => Promise<unknown>;
  /** A page has the keyboard, or lost it. */
  readonly focused: (link: ResultsLink, focused: boolean) => void;
  /** A page is there no more. */
  readonly left: (link: ResultsLink) => void;
  /** The rows of a tab are wanted: it is shown. */
  readonly shown: (tab: ResultTab) => void;
  /** What the panel's page remembers of tabs, over its life and the window's. */
  readonly memories: Pick<TabMemories, "of" | "note">;
}

/** Where a page is: a view of the panel's, or an editor. */
export interface ResultsPlace {
  readonly webview: vscode.Webview;
  readonly visible: boolean;
}

/** One page of results: gives it its tabs and their rows, and does what it asks for. */
export class ResultsLink implements Disposable, ComparedPage {
  private readonly store = new DisposableStore();
  private readonly sent = new Map<string, RunView>();
  private readonly memories: MemoriesTold;
  private lastTabs = "";
  private isReady = false;
  private pageRows: PageRows | null = null;

  /** @param alone the one tab that the page shows; null for the panel's, which shows all */
  constructor(
    private readonly place: ResultsPlace,
    private readonly parts: ResultsLinkParts,
    readonly alone: string | null,
  ) {
    const { webview } = place;
    this.memories = new MemoriesTold(parts.memories);
    this.store.add(
      webview.onDidReceiveMessage((message: PanelToHost) => {
        this.receive(message).catch((error: unknown) =>
          showError(toErrorInfo(error)),
        );
      }),
    );
    this.store.add(
      parts.tabs.onChanged(() => {
        this.sync();
      }),
    );
    this.store.add(
      parts.comparing.onChanged(() => {
        this.sync();
      }),
    );
    this.store.add(
      parts.session.onEvent(({ event, payload }) => {
        if (event === "taskProgress") {
          this.post({ type: "taskProgress", ...payload });
        }
      }),
    );
  }

  /** The tab that the page shows. */
  get tab(): ResultTab | undefined {
    const { tabs } = this.parts;
    return this.alone === null ? tabs.active : tabs.get(this.alone);
  }

  /** The rows that the page shows, and what of them is selected; null while it shows none. */
  get rows(): PageRows | null {
    return this.pageRows;
  }

  /** Whether the user can see the page. */
  get isVisible(): boolean {
    return this.isReady && this.place.visible;
  }

  /** Hands on a command of the palette; false when there is no page to do it. */
  do(action: PanelAction): boolean {
    if (!this.isReady) return false;
    this.post({ type: "do", action });
    return true;
  }

  dispose(): void {
    this.isReady = false;
    this.parts.left(this);
    this.parts.comparing.left(this);
    this.store.dispose();
  }

  /** Tells the page what it does not know yet. */
  private sync(): void {
    if (!this.isReady) return;
    const { runs, memories, ...view } = this.view();
    const text = JSON.stringify(view);
    if (text !== this.lastTabs) {
      this.lastTabs = text;
      this.post({ type: "tabs", ...view, runs, memories });
    } else {
      for (const run of runs) this.post({ type: "run", run });
    }
    const { tab } = this;
    if (tab !== undefined) this.parts.shown(tab);
  }

  private view(): TabsView & Required<Pick<TabsView, "memories">> {
    const { tabs } = this.parts;
    const own = this.alone === null ? undefined : tabs.get(this.alone);
    const shown =
      this.alone === null ? tabs.listed : own === undefined ? [] : [own];
    const runs = shown
      .map(({ run }) => run)
      .filter((run) => this.sent.get(run.runId) !== run);
    this.sent.clear();
    for (const { run } of shown) this.sent.set(run.runId, run);
    return {
      tabs: shown.map(viewOf),
      active: this.tab?.tabId ?? null,
      runs,
      alone: this.alone !== null,
      memories: this.alone === null ? this.memories.ofNew(shown) : {},
      timeZone: tabs.timeZone,
      compared: this.parts.comparing.viewFor(this),
    };
  }

  private async receive(message: PanelToHost): Promise<void> {
    switch (message.type) {
      case "ready":
        this.ready();
        return;
      case "page":
        this.post(await answerPage(this.parts.session, message, this.isShown));
        return;
      case "call":
        this.post(await answerCall(this.parts.session, message, this.isShown));
        return;
      case "tab":
        await this.parts.deed(message.tabId, message.deed);
        return;
      case "remember":
        await this.parts.memories.note(message.tabId, message.memory);
        return;
      case "focus":
        this.parts.focused(this, message.focused);
        return;
      case "shows":
        this.pageRows = message.rows;
        this.parts.comparing.pagesChanged();
        return;
      case "scrolled":
        this.parts.comparing.scrolled(this, message.place);
        return;
      case "compare":
        await this.parts.comparing.do(this, message.deed, message.at);
        return;
      case "cancel":
        await executeCommand("viaduct.cancelRun");
        return;
      case "copy": {
        const { area, headers } = message;
        const { tabs, session } = this.parts;
        if (tabs.ofResult(area.resultId) !== undefined) {
          const { timeZone } = tabs;
          const wish = { format: "tsv", headers, table: "", timeZone } as const;
          await copyCells(session, area, wish);
        }
        return;
      }
      case "exactWay":
        await executeCommand("viaduct.showExactValues", message);
        return;
      case "savePicture":
        await savePicture(message);
        return;
      case "errorAction":
        await this.act(message);
        return;
    }
  }

  private readonly isShown = (resultId: string): boolean =>
    this.parts.tabs.ofResult(resultId) !== undefined;

  /** A page that loads knows nothing, whatever an earlier one was sent. */
  private ready(): void {
    this.isReady = true;
    this.pageRows = null;
    this.sent.clear();
    this.memories.forget();
    const { runs, memories, ...view } = this.view();
    this.lastTabs = JSON.stringify(view);
    this.post({ type: "state", ...view, runs, memories });
    const { tab } = this;
    if (tab !== undefined) this.parts.shown(tab);
    this.parts.comparing.used(this);
  }

  private async act({
    runId,
    index,
    action,
  }: Extract<PanelToHost, { type: "errorAction" }>): Promise<void> {
    // Only what the shown error offers can be asked for, whatever the page sends.
    const tab = this.parts.tabs.ofRun(runId);
    const error = tab?.run.statements[index]?.outcome?.error;
    if (tab === undefined || error?.actions.includes(action) !== true) {
      return;
    }
    if (
      action === "retry" ||
      action === "goToError" ||
      action === "attachWithWrites"
    ) {
      await this.parts.actions.carryOut(action, tab, index);
    } else {
      // In a hybrid run the user is asked which attachment is meant.
      const { native, target } = tab.run;
      const alias = error.alias ?? (native ? target : undefined);
      await carryOut(action, alias === undefined ? error : { ...error, alias });
    }
  }

  /** Tells the page something. */
  post(message: HostToPanel): void {
    void this.place.webview.postMessage(message);
  }
}
